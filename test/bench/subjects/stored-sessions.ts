import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent, Context } from "aws-lambda";
import { createHandler, type Handler } from "../../../lambdas/chain.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import { createServices } from "../../../lambdas/services.ts";
import { formatHandle } from "../../../lambdas/sessions/handle.ts";
import { hashSecret, newSecret, sealingKey } from "../../../lambdas/sessions/keys.ts";
import {
  generationOf,
  sealConnectionToken,
  sealParticipantToken,
} from "../../../lambdas/sessions/session.ts";
import { type SessionItem, tatAttribute } from "../../../lambdas/sessions/session-item.ts";
import type { SessionStore } from "../../../lambdas/sessions/session-store.ts";
import { postEvent } from "../post-event.ts";

/** A chat function of its own whose services answer from memory: what is left is our own code. */
export interface StoredSessions {
  readonly handler: Handler;
  /** One event for each session. */
  readonly events: readonly APIGatewayProxyEvent[];
}

/** What {@link storeSessions} makes. */
export interface StoredOptions {
  readonly count: number;
  readonly path: string;
  readonly body: object;
  /** What Amazon Connect answers. */
  readonly answer: object;
  /** Called before each of the two answers. */
  readonly wait?: () => Promise<void>;
}

/** As long as tokens of Connect are. */
const token = "t".repeat(400);

/** Any context will do. */
export const context: Context = {
  awsRequestId: randomUUID(),
  getRemainingTimeInMillis: () => 10_000,
} as Context;

/** A message, as it is sent. */
export const message = {
  path: "/participant/message",
  body: { ContentType: "text/plain", Content: "hello" },
} as const;

/** What Amazon Connect answers to it. */
export const sent = {
  Id: "00000000-0000-0000-0000-000000000000",
  AbsoluteTime: new Date().toISOString(),
} as const;

/** The chat function on sessions of one's own; `connect` answers in the place of Amazon Connect. */
export function createChatFunction(
  sessions: Pick<SessionStore, "update">,
  connect: (input: object) => Promise<unknown>,
): Handler {
  const services = createServices(process.env);
  return createHandler(
    "chat",
    {
      ...services,
      sessions: { ...services.sessions, ...sessions },
      participant: {
        ...services.participant,
        prepare: (makeCommand) => ({ send: async () => (await connect(makeCommand().input)) as never }),
      },
    },
    chatOperations,
  );
}

/** Makes sessions, and the function that serves them. */
export function storeSessions({ count, path, body, answer, wait }: StoredOptions): StoredSessions {
  const items = new Map<string, SessionItem>();
  const events = Array.from({ length: count }, () => {
    const { item, bearer } = newStoredItem();
    items.set(item.pk, item);
    return JSON.parse(postEvent(path, body, bearer)) as APIGatewayProxyEvent;
  });
  const update: SessionStore["update"] = async (pk) => {
    await wait?.();
    return {
      applied: true,
      item: { ...(items.get(pk) as SessionItem), [tatAttribute("message")]: Date.now() },
    };
  };
  const connect = async () => {
    await wait?.();
    return answer;
  };
  return { handler: createChatFunction({ update }, connect), events };
}

/** Serves one request. @throws when it is refused */
export function serve({ handler, events }: StoredSessions, at: number): Promise<void> {
  return call(handler, events[at % events.length] as APIGatewayProxyEvent);
}

/** Invokes the function. @throws when it refuses */
export async function call(handler: Handler, event: APIGatewayProxyEvent): Promise<void> {
  const { statusCode, body } = await handler(event, context);
  if (statusCode !== 200) throw new Error(`${statusCode} ${body}`);
}

/** A session's item, of a chat that was connected, and its connection handle. */
export function newStoredItem(): { readonly item: SessionItem; readonly bearer: string } {
  const pk = randomUUID();
  const participantSecret = newSecret();
  const key = sealingKey(participantSecret);
  const { secret, wc } = generationOf(pk, participantSecret, 1);
  const now = Date.now();
  const later = now + 23 * 3_600_000;
  const item: SessionItem = {
    pk,
    st: "a",
    ca: now,
    ax: later,
    ttl: Math.ceil(later / 1_000),
    hp: hashSecret(participantSecret),
    hc: hashSecret(secret),
    g: 1,
    ix: later,
    wc,
    pt: sealParticipantToken(key, pk, token),
    cv: 1,
    ct: sealConnectionToken(key, pk, 1, token),
    cx: later,
  };
  return { item, bearer: formatHandle({ kind: "connection", selector: pk, secret }) };
}
