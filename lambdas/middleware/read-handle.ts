import { accessDenied } from "../errors.ts";
import { requestHeader } from "../request-header.ts";
import { type Handle, parseHandle } from "../sessions/handle.ts";
import type { Routed, Step, WithHandle } from "./step.ts";

/**
 * Reads the session handle from `X-Amz-Bearer`, where the Participant Service has its tokens; nowhere else. A malformed
 * handle, or one of the other kind, is refused here, with no database call.
 *
 * @throws {ChatError} the 403 answer
 */
export function readHandle(): Step<Routed & WithHandle> {
  return {
    before: function readBearer({ event, context }) {
      if (context.route.handle === "none") return;
      const bearer = requestHeader(event, "x-amz-bearer");
      if (bearer === undefined) throw accessDenied("no handle");
      if (bearer === "ambiguous") throw accessDenied("several handles");
      const handle: Handle | undefined = parseHandle(bearer.value);
      if (handle === undefined) throw accessDenied("malformed handle");
      if (handle.kind !== context.route.handle) throw accessDenied(`a ${handle.kind} handle`);
      context.handle = handle;
    },
  };
}
