import type { Admitted, Deadlined, Step, WithCall, WithHandle } from "./step.ts";

/**
 * Admits the request to its session, as its operation demands: one database call. Some operations are answered by that
 * alone.
 *
 * @throws {ChatError} 403 for a handle that opens nothing, 429 beyond a limit, 503 when the database does not answer
 */
export function admitRequest<Served>(
  services: Served,
): Step<WithHandle & WithCall<Served> & Deadlined & Admitted> {
  return {
    before: async function admitCall({ context }) {
      const { call, handle, signal } = context;
      context.admitted =
        call.admit && handle ? await call.admit(services, handle, signal) : { session: undefined };
    },
  };
}
