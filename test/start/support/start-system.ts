import { randomUUID } from "node:crypto";
import { createHandler } from "../../../lambdas/chain.ts";
import type { ReaperReport } from "../../../lambdas/reaper/reap-starts.ts";
import { createReaperHandler } from "../../../lambdas/reaper/reaper-handler.ts";
import { createReaperServices } from "../../../lambdas/reaper/reaper-services.ts";
import { startOperations } from "../../../lambdas/registries/start-chat.ts";
import { createStartServices } from "../../../lambdas/start/start-services.ts";
import { lambdaContext } from "../../../local/gateway/lambda-context.ts";
import { emptyPost } from "../../support/direct-functions.ts";
import { beginLife, type Life } from "../../support/fated-calls.ts";
import { scanTable } from "../../support/relay-function.ts";
import type { SimulatedContact } from "../../support/simulator-control.ts";
import type { TestSystem } from "../../support/test-system.ts";

/** What a start came to. */
export interface StartOutcome {
  /** 0 where the function died. */
  readonly status: number;
  readonly contactId: string | undefined;
  readonly handle: string | undefined;
  readonly reason: string | undefined;
}

/** The function that starts chats and the reaper, invoked without HTTP, so that their calls can have fates. */
export interface StartSystem {
  /** Ids of contacts that Connect has started, and of those whose id was written down. */
  readonly started: string[];
  readonly recorded: Set<string>;
  start(life?: Life, members?: object): Promise<StartOutcome>;
  /** Undefined where the function died. @throws when the function throws */
  reap(life?: Life): Promise<ReaperReport | undefined>;
  /** Every record of the table of starts. */
  records(): Promise<Record<string, unknown>[]>;
  /** What is wrong among these contacts at rest, in a sentence each. */
  wrongAmong(contactIds: readonly string[]): Promise<string[]>;
}

/** On the tables of a system, which is to be in the mode `relay`: its starts make every call that there is. */
export function createStartSystem(system: TestSystem): StartSystem {
  const { clock, logs } = system;
  const substitutes = { clock, log: logs.push.bind(logs) };
  const starting = createStartServices(process.env, substitutes);
  const reaping = createReaperServices(process.env, substitutes);
  const started: string[] = [];
  const recorded = new Set<string>();
  const context = (functionName: string, remainingMs: number) => {
    const now = () => Date.now();
    return lambdaContext({ functionName, requestId: randomUUID(), deadline: now() + remainingMs, now });
  };

  // Inside the fates, so that what took effect is seen whoever was told of it.
  const connect: typeof starting.connect = {
    ...starting.connect,
    startChatContact: async (input, signal) => {
      const contact = await starting.connect.startChatContact(input, signal);
      started.push(contact.contactId);
      return contact;
    },
  };
  const startRecords: typeof starting.startRecords = {
    ...starting.startRecords,
    update: async (pk, update) => {
      const applied = await starting.startRecords.update(pk, update);
      const contactId = update.ExpressionAttributeValues[":ci"];
      if (applied && typeof contactId === "string") recorded.add(contactId);
      return applied;
    },
  };

  return {
    started,
    recorded,
    start: async (life = beginLife(new Map()), members = {}) => {
      const handler = createHandler(
        "start-chat",
        {
          ...starting,
          connect: life.through(connect),
          sessions: life.through(starting.sessions),
          starts: life.through(starting.starts),
          startRecords: life.through(startRecords),
        },
        startOperations,
      );
      const body = JSON.stringify({ ContactFlowId: "support", Username: "Jane", ...members });
      const event = { ...emptyPost(randomUUID()), resource: "/chat", body };
      const result = await life.live(() => handler(event, context("start-chat", 10_000)));
      const answer = JSON.parse(result?.body ?? "{}");
      const chat = answer.data?.startChatResult;
      return {
        status: result?.statusCode ?? 0,
        contactId: chat?.ContactId,
        handle: chat?.ParticipantToken,
        reason: answer.reason,
      };
    },
    reap: async (life = beginLife(new Map())) => {
      const { store } = reaping;
      const handler = createReaperHandler({
        ...reaping,
        connect: life.through(reaping.connect),
        store: {
          ...life.through({
            update: store.update,
            remove: store.remove,
            updateSession: store.updateSession,
          }),
          due: async function* (now) {
            yield* await life.call(() => pagesOf(store.due(now)));
          },
        },
      });
      return life.live(() => handler({}, context("reaper", 50_000)));
    },
    records: () => scanTable("starts"),
    wrongAmong: async (contactIds) => {
      const contacts = await system.simulator.contacts();
      const found = await Promise.all(
        contacts
          .filter(({ ContactId }) => contactIds.includes(ContactId))
          .map(async (contact) =>
            whatIsWrong(contact, await system.readSession(contact.ContactId), recorded),
          ),
      );
      return found.flat();
    },
  };
}

async function pagesOf<Page>(pages: AsyncIterable<Page>): Promise<Page[]> {
  const all: Page[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

function whatIsWrong(
  { ContactId, Status }: SimulatedContact,
  session: { readonly st: string } | undefined,
  recorded: ReadonlySet<string>,
): string[] {
  const lives = session?.st === "a";
  if (lives && Status === "ENDED") return [`${ContactId} has a session, and was stopped`];
  if (lives && !recorded.has(ContactId)) return [`${ContactId} has a session, and was never recorded`];
  if (!lives && Status !== "ENDED" && recorded.has(ContactId)) return [`${ContactId} was left`];
  return [];
}
