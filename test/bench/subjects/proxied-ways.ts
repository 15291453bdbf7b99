import { randomUUID } from "node:crypto";
import { ConnectParticipantClient } from "@aws-sdk/client-connectparticipant";
import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { createHandler, type Handler } from "../../../lambdas/chain.ts";
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

/** Ways to do it: the two calls by the SDK alone, the handler, the gateway, the handler whose services answer at once, and Amazon Connect's call alone. */
export type ProxiedWays = Readonly<Record<"bare" | "handler" | "gateway" | "own" | "connect", Operation>>;

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
  readonly at: number;
  readonly pk: string;
  readonly update: ItemUpdate;
  readonly item: SessionItem;
  readonly command: Command;
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
    participant: { ...services.participant, send: async () => recorded.answer as never },
  }));
  const database = createDatabase();
  // Set up as the function's own client is (lambdas/connect/participant-service.ts), so that only our code makes the difference.
  const participant = new ConnectParticipantClient({
    maxAttempts: 1,
    disableClockSkewCorrection: true,
    requestHandler: { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  const callConnect = async () => void (await participant.send(again(recorded.command)));
  const bare = async () => {
    await database.send(updateAgain(recorded));
    await callConnect();
  };
  return {
    bare,
    handler: () => invoke(handler, event),
    gateway: async () => void (await callUrl(url, request)),
    own: () => invoke(own, event),
    connect: callConnect,
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
        const at = Date.now();
        const outcome = await services.sessions.update(pk, update);
        Object.assign(seen, { at, pk, update, item: outcome.item });
        return outcome;
      },
    },
    participant: {
      ...services.participant,
      send: async (command: never, signal: AbortSignal) => {
        const answer = await services.participant.send(command, signal);
        Object.assign(seen, { command, answer });
        return answer as never;
      },
    },
  }));
  await run(handler);
  return seen as Recorded;
}

/** The very update, with its times moved on to now. */
function updateAgain({ at, pk, update }: Recorded): UpdateCommand {
  const by = Date.now() - at;
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
function again(command: Command): Command {
  const input: object = command.input;
  const Class = command.constructor as new (input: object) => Command;
  return new Class({ ...input, ...("ClientToken" in input && { ClientToken: randomUUID() }) });
}
