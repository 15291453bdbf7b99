import type { Clock } from "../../../lambdas/clock.ts";
import { forgetSocket } from "../../../lambdas/relay/forget-socket.ts";
import { openSocket } from "../../../lambdas/relay/open-socket.ts";
import { createRelayServices } from "../../../lambdas/relay/relay-services.ts";
import { formatTicket, type Ticket } from "../../../lambdas/sessions/ticket.ts";
import { connectEvent } from "../../support/relay-function.ts";
import type { SocketOutcome } from "./session-model.ts";

/** The relay's part in a session. */
export interface SocketsUnderTest {
  open(ticket: Ticket, connectionId: string): Promise<SocketOutcome>;
  close(connectionId: string): Promise<void>;
}

/** The relay on the database at `url`, before a gateway whose sockets are heard all the time. */
export function socketsUnderTest(url: string, clock: Clock): SocketsUnderTest {
  const env = {
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: url,
    ALLOWED_ORIGINS: "https://www.example.com",
    SESSIONS_TABLE: "sessions",
    RELAY_TABLE: "relay",
    RELAY_MANAGEMENT_URL: "http://127.0.0.1:9",
  };
  Object.assign(process.env, env);
  const gateway = {
    post: async () => "sent" as const,
    close: async () => undefined,
    lastHeard: async () => clock.now(),
  };
  const services = { ...createRelayServices(env, { clock, log: () => undefined }), gateway };
  return {
    open: async (ticket, connectionId) => {
      const event = connectEvent(formatTicket(ticket), {}, connectionId);
      const { statusCode } = await openSocket(services, event);
      return statusCode === 200 ? "open" : "refused";
    },
    close: (connectionId) => forgetSocket(services, connectionId),
  };
}
