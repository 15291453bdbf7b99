import { randomUUID } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createHandler } from "../../lambdas/chain.ts";
import { chatOperations } from "../../lambdas/registries/chat.ts";
import { createServices, type Services } from "../../lambdas/services.ts";
import { lambdaContext } from "../../local/gateway/lambda-context.ts";
import { startChat } from "../support/chat.ts";
import { emptyPost } from "../support/direct-functions.ts";
import { beginLife, type Fate, type Fates } from "../support/fated-calls.ts";
import { generousLimits } from "../support/operation-members.ts";
import { participantRequest } from "../support/patient-clients.ts";
import { connectPage } from "../support/relay-chat.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

/** Chats that are played at a time, and how many times. */
const together = 20;
const rounds = 12;

/** Between two tries of a client's, in milliseconds: longer than any lease, so that what a dead function held is free. */
const repeatAfterMs = 15_000;

/** A client gives up after so many; no request has so many fates. */
const mostTries = 5;

let system: TestSystem;
let services: Services;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay", RATE_LIMITS: generousLimits });
  services = createServices(process.env, { clock: system.clock, log: system.logs.push.bind(system.logs) });
});

afterAll(() => system.close());

/** What befalls the tries of each request of a chat: three messages and the disconnect. */
type Schedule = readonly (readonly Fates[])[];

const fates: fc.Arbitrary<Fates> = fc
  .array(
    fc.tuple(
      fc.nat({ max: 4 }),
      fc.constantFrom<Fate>("dies before", "dies after", "fails before", "fails after"),
    ),
    { maxLength: 2 },
  )
  .map((entries) => new Map(entries));
const schedule: fc.Arbitrary<Schedule> = fc.array(fc.array(fates, { maxLength: mostTries - 1 }), {
  minLength: 4,
  maxLength: 4,
});

/** One try, by a function that has these fates. @returns its status; 0 where it died */
async function attempt(life: Fates, event: ReturnType<typeof participantRequest>): Promise<number> {
  const { through, live } = beginLife(life);
  const { sessions, participant } = services;
  const handler = createHandler(
    "chat",
    {
      ...services,
      sessions: through(sessions),
      participant: {
        ...through(participant),
        // To make a request ready is no call yet.
        prepare: (makeCommand, signal) => through(participant.prepare(makeCommand, signal)),
      },
    },
    chatOperations,
  );
  const now = () => Date.now();
  const context = lambdaContext({
    functionName: "chat",
    requestId: randomUUID(),
    deadline: now() + 10_000,
    now,
  });
  const result = await live(() => handler({ ...emptyPost(randomUUID()), ...event }, context));
  return result?.statusCode ?? 0;
}

interface Visitor {
  readonly contactId: string;
  readonly bearer: string;
  readonly schedule: Schedule;
}

/** Does the same for every chat, each repeating its request with the same ClientToken until it succeeds. */
async function doInEach(
  visitors: readonly Visitor[],
  turn: number,
  eventOf: (visitor: Visitor) => ReturnType<typeof participantRequest>,
): Promise<string[]> {
  let open = visitors.map((visitor) => ({ visitor, event: eventOf(visitor) }));
  for (let tries = 0; tries < mostTries && open.length > 0; tries++) {
    const statuses = await Promise.all(
      open.map(({ visitor, event }) => attempt(visitor.schedule[turn]?.[tries] ?? new Map(), event)),
    );
    const told = statuses.filter((status) => ![0, 200, 500, 503].includes(status));
    if (told.length > 0) return told.map((status) => `answered ${status}`);
    open = open.filter((_, index) => statuses[index] !== 200);
    await system.advance(repeatAfterMs);
  }
  return open.map(({ visitor }) => `${visitor.contactId} never succeeded`);
}

/** What is wrong once every chat has said all and left. */
async function playRound(schedules: readonly Schedule[]): Promise<string[]> {
  const visitors = await Promise.all(
    schedules.map(async (each): Promise<Visitor> => {
      const { contactId, participantHandle } = await startChat(system.url);
      const { connectionHandle } = await connectPage(system, participantHandle);
      return { contactId, bearer: connectionHandle, schedule: each };
    }),
  );
  const texts = ["one", "two", "three"];
  const wrong: string[] = [];
  for (const [turn, Content] of texts.entries()) {
    const say = ({ bearer }: Visitor) =>
      participantRequest("message", bearer, {
        ContentType: "text/plain",
        Content,
        ClientToken: randomUUID(),
      });
    wrong.push(...(await doInEach(visitors, turn, say)));
  }
  const leave = ({ bearer }: Visitor) => participantRequest("disconnect", bearer, {});
  wrong.push(...(await doInEach(visitors, texts.length, leave)));
  const contacts = new Map((await system.simulator.contacts()).map((each) => [each.ContactId, each]));
  for (const { contactId } of visitors) {
    const contact = contacts.get(contactId);
    const said = contact?.Transcript.filter(({ Type }) => Type === "MESSAGE").map(({ Content }) => Content);
    if (said?.join() !== texts.join()) wrong.push(`${contactId} has ${said?.join()}`);
    if (contact?.Status !== "ENDED") wrong.push(`${contactId} goes on at Connect`);
    if ((await system.readSession(contactId))?.st !== "e")
      wrong.push(`${contactId} has a session that lives`);
  }
  return wrong;
}

it("says each message once and ends each chat, after any crashes and faults, for clients that repeat what was not answered", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(schedule, { minLength: together, maxLength: together }), async (schedules) => {
      expect(await playRound(schedules)).toEqual([]);
    }),
    { seed: 20_260_106, numRuns: rounds, endOnFailure: true },
  );
}, 120_000);
