import type { Clock } from "../../../lambdas/clock.ts";
import type { RelayServices } from "../../../lambdas/relay/relay-services.ts";
import { createRelayServices } from "../../../lambdas/relay/relay-services.ts";
import { createCommonServices } from "../../../lambdas/services.ts";
import { admit } from "../../../lambdas/sessions/admit.ts";
import type { Handle } from "../../../lambdas/sessions/handle.ts";
import { newSecret } from "../../../lambdas/sessions/keys.ts";
import { formatTicket, newTicket } from "../../../lambdas/sessions/ticket.ts";
import { createSession } from "../../../lambdas/start/create-session.ts";
import { startDynamoDb } from "../../../local/dynamodb.ts";

/** The relay's services on an embedded database, and what gives a chat its session and its tickets. */
export interface RelaySystem {
  readonly services: RelayServices;
  /** Starts a chat's session. */
  startSession(clock: Clock): Promise<Handle>;
  /** What the address of one more socket says after `?ticket=`. */
  ticketFor(handle: Handle, clock: Clock): Promise<string>;
  close(): Promise<void>;
}

/** Any topic will do. */
export const topicArn = "arn:aws:sns:eu-central-1:111122223333:chat-stream";

/** Longer than any schedule, and than any test. */
const durationMinutes = 1_440;

/** Starts one. One per test file: the AWS SDK takes its endpoints from the process's environment. */
export async function startRelaySystem(managementUrl: string): Promise<RelaySystem> {
  const database = await startDynamoDb();
  const env = {
    REAL_TIME: "relay",
    RELAY_TABLE: "relay",
    RELAY_MANAGEMENT_URL: managementUrl,
    SESSIONS_TABLE: "sessions",
    ALLOWED_ORIGINS: "https://www.example.com",
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_ENDPOINT_URL_DYNAMODB: database.url,
  };
  Object.assign(process.env, env);
  const common = createCommonServices(env);
  const { signal } = new AbortController();
  return {
    services: createRelayServices(env, { log: () => {} }),
    startSession: async (clock) => {
      const contact = {
        contactId: crypto.randomUUID(),
        participantId: "customer",
        participantToken: "token of Connect",
      };
      const connect = {
        startChatContact: () => Promise.reject(new Error("not asked for")),
        startContactStreaming: async () => {},
        stopContact: async () => {},
      };
      const startSettings = { streamingTopicArn: topicArn };
      const handle: Handle = { kind: "participant", selector: contact.contactId, secret: newSecret() };
      await createSession(
        { ...common, clock, connect, startSettings },
        handle,
        { ...contact, subject: undefined },
        durationMinutes,
        signal,
      );
      return handle;
    },
    ticketFor: async (handle, clock) => {
      const ticket = newTicket(handle.selector, clock.now());
      const { admitted } = await admit({ ...common, clock }, handle, "connection", { ticket });
      if (!admitted) throw new Error("no ticket");
      return formatTicket(ticket);
    },
    close: database.close,
  };
}
