import { type ChatError, invalid } from "../errors.ts";
import { originMatcher } from "../origins.ts";
import { requestHeader } from "../request-header.ts";
import { preflightHeaders } from "../response-headers.ts";
import type { Services } from "../services.ts";
import type { FromOrigin, Routed, Step } from "./step.ts";

/**
 * Lets only listed origins through, compared whole: scheme, host and port. A request without an Origin header is no
 * browser's; where a handle is needed it may pass (a handle in a header has no CSRF), to start a chat only where the
 * settings say so. Answers preflights itself.
 *
 * @throws {ChatError} 400 `OriginNotAllowed`; never 403, which chat clients read as "the chat has ended"
 */
export function requireOrigin({ settings }: Pick<Services, "settings">): Step<Routed & FromOrigin> {
  const isAllowed = originMatcher(settings.allowedOrigins);
  return {
    before: function checkOrigin({ event, context }) {
      const origin = requestHeader(event, "origin");
      if (origin === undefined) {
        const mayStart = settings.allowAppsWithoutOrigin || context.route.operation !== "start-chat-contact";
        if (!mayStart || event.httpMethod === "OPTIONS") throw originMissing();
        return;
      }
      if (origin === "ambiguous" || !isAllowed(origin.value)) throw originNotAllowed();
      context.origin = origin.value;
      if (event.httpMethod !== "OPTIONS") return;
      return { statusCode: 204, headers: preflightHeaders(origin.value, context.route.method), body: "" };
    },
  };
}

function originMissing(): ChatError {
  return invalid("OriginNotAllowed", "This API serves pages alone: the request has no Origin header.");
}

function originNotAllowed(): ChatError {
  return invalid("OriginNotAllowed", "This API does not serve the page's origin.");
}
