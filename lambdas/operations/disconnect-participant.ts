import { DisconnectParticipantCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { clientToken } from "../input/schemas.ts";
import { admitDisconnection } from "../sessions/admit-disconnection.ts";
import { withConnectionToken } from "../sessions/connection-token.ts";
import { ended } from "../sessions/session-end.ts";
import { disconnectionGivenBack } from "../sessions/session-leases.ts";
import { sessionOperation } from "./operation.ts";

/**
 * DisconnectParticipant: the customer leaves, and the session ends with everything sealed in it. Repeated with the
 * same handle it is answered from state: one call upstream however often it is asked. Without a ClientToken every try
 * has the chat's own, so that Connect answers one after another that got through, and died, the same.
 */
export const disconnectParticipant = sessionOperation({
  input: z.object({ ClientToken: clientToken }),
  admit: async (services, handle, signal) => {
    const session = await admitDisconnection(services, handle, signal);
    return session ? { session } : { answer: {} };
  },
  run: async (services, input, session, signal) => {
    const { pk, dl } = session.item;
    const request = { ClientToken: input.ClientToken ?? `disconnect-${pk}` };
    const { send } = services.participant.prepare(
      () => new DisconnectParticipantCommand({ ...request, ConnectionToken: undefined }),
      signal,
    );
    await withConnectionToken(services, session, signal, send).catch(async (error: unknown) => {
      if (dl) await services.sessions.update(pk, disconnectionGivenBack(dl));
      throw error;
    });
    await services.sessions.update(pk, ended(services.clock.now()));
    return {};
  },
});
