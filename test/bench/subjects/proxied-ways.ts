import { randomUUID } from "node:crypto";
import { ConnectParticipantClient } from "@aws-sdk/client-connectparticipant";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { createHandler, type Handler } from "../../../lambdas/chain.ts";
import {
  createParticipantClient,
  type ParticipantService,
} from "../../../lambdas/connect/participant-service.ts";
import { attachmentOperations } from "../../../lambdas/registries/attachments.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import {
  createAttachmentServices,
  createDatabase,
  createServices,
  type Services,
} from "../../../lambdas/services.ts";
import type { ItemUpdate, SessionItem } from "../../../lambdas/sessions/session-item.ts";
import { callUrl, invoke, toEvent } from "./call.ts";
import type { Operation } from "./measure-in-turn.ts";

/** An operation that is one call of the database and one of Amazon Connect, again and again in the same chat. */
export interface ProxiedOperation {
  readonly path: string;
  readonly body: object;
  readonly function: "chat" | "attachments";
}

/**
 * Ways to do it: the two calls by the SDK alone, its clients set up as the handler's are or, `signed`, the
 * Participant Service's as it comes; the handler, the gateway, the handler whose services answer at once, and Amazon
 * Connect's call alone.
 */
export type ProxiedWays = Readonly<
  Record<"bare" | "signed" | "handler" | "gateway" | "own" | "connect", Operation>
>;

/** Puts something in the place of the two services. */
type Substitute = <Served extends Pick<Services, "sessions" | "participant">>(services: Served) => Served;

const functions: Readonly<Record<ProxiedOperation["function"], (substitute: Substitute) => Handler>> = {
  chat: (substitute) => createHandler("chat", substitute(createServices(process.env)), chatOperations),
  attachments: (substitute) =>
    createHandler("attachments", substitute(createAttachmentServices(process.env)), attachmentOperations),
};

/** A command of the SDK, whichever. */
type Command = Parameters<ConnectParticipantClient["send"]>[0];

/** What a request did: the update and the command it sent, and what came back. */
interface Recorded {
  readonly pk: string;
  readonly update: ItemUpdate;
  readonly item: SessionItem;
  readonly command: Command;
  readonly token: string;
  readonly answer: object;
}

/** The ways of one operation: by the handler, through the gateway at `url`, and its two calls by the SDK alone. */
export async function proxiedWays(
  { path, body, function: name }: ProxiedOperation,
  url: string,
  handle: string,
): Promise<ProxiedWays> {
  const request = { path, body, bearer: handle };
  const event = toEvent(request);
  const recorded = await record(functions[name], (handler) => invoke(handler, event));
  const handler = functions[name]((services) => services);
  const own = functions[name]((services) => ({
    ...services,
    sessions: { ...services.sessions, update: async () => ({ applied: true as const, item: recorded.item }) },
    participant: { ...services.participant, prepare: () => ({ send: async () => recorded.answer as never }) },
  }));
  const database = createDatabase();
  const callConnect = (client: ConnectParticipantClient) => async () =>
    void (await client.send(again(recorded)));
  const bothCalls = (client: ConnectParticipantClient) => async () => {
    await database.send(updateAgain(recorded));
    await callConnect(client)();
  };
  // As the function's own client, so that only our code makes the difference.
  const participant = createParticipantClient();
  return {
    bare: bothCalls(participant),
    signed: bothCalls(new ConnectParticipantClient({})),
    handler: () => invoke(handler, event),
    gateway: async () => void (await callUrl(url, request)),
    own: () => invoke(own, event),
    connect: callConnect(participant),
  };
}

async function record(
  create: (substitute: Substitute) => Handler,
  run: (handler: Handler) => Promise<void>,
): Promise<Recorded> {
  const seen: { -readonly [Part in keyof Recorded]?: Recorded[Part] } = {};
  const handler = create((services) => ({
    ...services,
    sessions: {
      ...services.sessions,
      update: async (pk: string, update: ItemUpdate) => {
        const outcome = await services.sessions.update(pk, update);
        Object.assign(seen, { pk, update, item: outcome.item });
        return outcome;
      },
    },
    participant: {
      ...services.participant,
      prepare: ((makeCommand, signal) => {
        const call = services.participant.prepare(makeCommand, signal);
        return {
          send: async (token) => {
            const answer = await call.send(token);
            Object.assign(seen, { command: makeCommand(), token, answer });
            return answer;
          },
        };
      }) satisfies ParticipantService["prepare"],
    },
  }));
  await run(handler);
  return seen as Recorded;
}

/** The very update, with its times moved on to now. */
function updateAgain({ pk, update }: Recorded): UpdateCommand {
  const by = Date.now() - Number(update.ExpressionAttributeValues[":now"]);
  const moved = (value: unknown) => (typeof value === "number" && value > 1e12 ? value + by : value);
  const values = Object.entries(update.ExpressionAttributeValues ?? {});
  return new UpdateCommand({
    TableName: process.env["SESSIONS_TABLE"],
    Key: { pk },
    ...update,
    ExpressionAttributeValues: Object.fromEntries(values.map(([name, value]) => [name, moved(value)])),
    ReturnValues: "ALL_NEW",
    ReturnValuesOnConditionCheckFailure: "ALL_OLD",
  });
}

/** The same command, with a ClientToken of its own where it has one: Connect would answer a repeated one from memory. */
function again({ command, token: ConnectionToken }: Recorded): Command {
  const input: object = command.input;
  const Class = command.constructor as new (input: object) => Command;
  return new Class({
    ...input,
    ConnectionToken,
    ...("ClientToken" in input && { ClientToken: randomUUID() }),
  });
}
