import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand } from "@aws-sdk/lib-dynamodb";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ChatError } from "../../../lambdas/errors.ts";
import { defaultLimits } from "../../../lambdas/rate-limits/limits.ts";
import { admissionTerms, admit } from "../../../lambdas/sessions/admit.ts";
import { ArrivalMemory } from "../../../lambdas/sessions/arrival-memory.ts";
import type { Handle } from "../../../lambdas/sessions/handle.ts";
import { judgeSession } from "../../../lambdas/sessions/judge-session.ts";
import { connectionSecret, newSecret } from "../../../lambdas/sessions/keys.ts";
import { newLease } from "../../../lambdas/sessions/lease.ts";
import { disconnection } from "../../../lambdas/sessions/session-admission.ts";
import { ended } from "../../../lambdas/sessions/session-end.ts";
import type { SessionItem } from "../../../lambdas/sessions/session-item.ts";
import { connectionTokenStored, renewalLease } from "../../../lambdas/sessions/session-leases.ts";
import { createSessionStore, type SessionStore } from "../../../lambdas/sessions/session-store.ts";
import { newTicket, type Ticket } from "../../../lambdas/sessions/ticket.ts";
import { createSession } from "../../../lambdas/start/create-session.ts";
import { type DynamoDb, startDynamoDb } from "../../../local/dynamodb.ts";
import { FakeClock } from "../../support/fake-clock.ts";
import { type Expected, SessionModel } from "./session-model.ts";
import { socketsUnderTest } from "./sockets-under-test.ts";

const stepsPerRun = 125;
const runs = 80;
const leaseMs = 12_000;
const noRenewalMs = 60_000;
const durationMinutes = 1_440;
const settings = { sessionsValidFrom: 0, limits: defaultLimits, realTime: "relay" } as const;

let database: DynamoDb;
let documents: DynamoDBDocumentClient;
let store: SessionStore;

beforeAll(async () => {
  database = await startDynamoDb();
  const client = new DynamoDBClient({
    endpoint: database.url,
    region: "eu-central-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
  });
  documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  store = createSessionStore(documents, "sessions");
});

afterAll(async () => {
  documents.destroy();
  await database.close();
});

const generation = fc.constantFrom("current", "previous", "wrong");
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("use"),
      cell: fc.constantFrom("message", "typing"),
      handle: generation,
      parallel: fc.integer({ min: 1, max: 4 }),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("connect"),
      right: fc.boolean(),
      parallel: fc.integer({ min: 1, max: 3 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("advance"),
      milliseconds: fc.oneof(
        fc.integer({ min: 0, max: 8_000 }),
        fc.integer({ min: 0, max: 60_000 }),
        fc.constantFrom(1_800_000, 3_599_999, 3_600_000, 3_600_001, 7_199_999, 7_200_000),
      ),
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("open") }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant("close"), which: fc.nat({ max: 9 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("renew"), parallel: fc.integer({ min: 1, max: 3 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("disconnect"), handle: generation, finishes: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("revoke"), really: fc.integer({ min: 0, max: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("newContainer") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("newChat") }) },
);

type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

it("agrees with a reference model over 10,000 random steps, parallel callers included", async () => {
  let steps = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: stepsPerRun, maxLength: stepsPerRun }), async (script) => {
      const chat = new ChatUnderTest();
      await chat.start();
      for (const next of script) {
        await chat.run(next);
        steps += 1;
      }
    }),
    { numRuns: runs },
  );
  process.stdout.write(`session item: ${steps} steps compared with the reference model\n`);
  expect(steps).toBeGreaterThanOrEqual(10_000);
}, 300_000);

/** One chat, as the product has it and as the model says. */
class ChatUnderTest {
  readonly #clock = new FakeClock();
  readonly #relay = socketsUnderTest(database.url, this.#clock);
  #memory = new ArrivalMemory();
  #model = new SessionModel(0, 0);
  /** Every socket that ever was open, the latest first. */
  #sockets: string[] = [];
  #participant: Handle = { kind: "participant", selector: "none", secret: Buffer.alloc(32) };

  async start(): Promise<void> {
    const contact = {
      contactId: crypto.randomUUID(),
      participantId: "customer",
      participantToken: "token of Connect",
    };
    const connect = {
      startChatContact: () => Promise.reject(new Error("not asked for")),
      startContactStreaming: () => Promise.reject(new Error("not asked for")),
      stopContact: async () => {},
    };
    const startSettings = { streamingTopicArn: undefined };
    const services = { clock: this.#clock, sessions: store, connect, settings, startSettings };
    const { signal } = new AbortController();
    this.#participant = { kind: "participant", selector: contact.contactId, secret: newSecret() };
    await createSession(
      services,
      this.#participant,
      { ...contact, subject: undefined },
      durationMinutes,
      signal,
    );
    this.#model = new SessionModel(this.#clock.now(), durationMinutes * 60_000);
    this.#sockets = [];
  }

  async run(step: Step): Promise<void> {
    const now = this.#clock.now();
    switch (step.kind) {
      case "advance":
        return this.#clock.advance(step.milliseconds);
      case "newContainer":
        this.#memory = new ArrivalMemory();
        return;
      case "newChat":
        return this.start();
      case "use": {
        const [handle, generation] = this.#connection(step.handle);
        const limit = defaultLimits[step.cell];
        return this.#compare(
          step.parallel,
          () => this.#outcome(handle, step.cell),
          () => this.#model.use(now, generation, step.cell, limit),
        );
      }
      case "connect": {
        const handle = step.right ? this.#participant : wrong(this.#participant);
        return this.#compare(
          step.parallel,
          () => this.#outcome(handle, "connection"),
          () => this.#model.connect(now, step.right, defaultLimits.connection),
        );
      }
      case "open":
        return this.#open(now);
      case "close":
        return this.#close(now, step.which);
      case "renew":
        return this.#renew(now, step.parallel);
      case "disconnect":
        return this.#disconnect(now, step.handle, step.finishes);
      case "revoke":
        if (step.really > 0) return;
        await store.update(this.#participant.selector, ended(now));
        this.#model.end();
    }
  }

  /** All at once for the product, one after the other for the model: the outcomes must be the same, in any order. */
  async #compare(parallel: number, act: () => Promise<Expected>, expect_: () => Expected): Promise<void> {
    const acted = await Promise.all(Array.from({ length: parallel }, act));
    const expected = Array.from({ length: parallel }, expect_);
    const sorted = (outcomes: Expected[]) => outcomes.map((outcome) => JSON.stringify(outcome)).sort();
    expect(sorted(acted)).toEqual(sorted(expected));
    await this.#compareItem();
  }

  async #compareItem(): Promise<void> {
    const item = await readItem(this.#participant.selector);
    expect(item).toMatchObject({
      st: this.#model.ended ? "e" : "a",
      g: this.#model.generation,
      ix: this.#model.idleAt,
      cv: this.#model.version,
    });
    expect(item?.ox ?? 0).toBe(this.#model.markedUntil);
    expect(this.#model.ended && (item?.pt ?? item?.ct ?? item?.wc)).toBeFalsy();
  }

  async #outcome(
    handle: Handle,
    cell: "message" | "typing" | "connection",
    ticket?: Ticket,
  ): Promise<Expected> {
    const services = { clock: this.#clock, sessions: store, memory: this.#memory, settings };
    try {
      const admission = await admit(services, handle, cell, { ticket });
      return admission.admitted ? "admitted" : { retryAfterMs: admission.retryAfterMs };
    } catch (error) {
      if (error instanceof ChatError && error.status === 403) return "denied";
      throw error;
    }
  }

  /** A page is given a ticket and opens a socket with it. */
  async #open(now: number): Promise<void> {
    const ticket = newTicket(this.#participant.selector, now);
    const admitted = await this.#outcome(this.#participant, "connection", ticket);
    expect(admitted).toEqual(this.#model.connect(now, true, defaultLimits.connection));
    if (admitted !== "admitted") return;
    const connectionId = randomUUID();
    const outcome = await this.#relay.open(ticket, connectionId);
    expect(outcome).toBe(this.#model.open(now, connectionId));
    if (outcome === "open") this.#sockets.unshift(connectionId);
    await this.#compareItem();
  }

  async #close(now: number, which: number): Promise<void> {
    const connectionId = this.#sockets[which];
    if (connectionId === undefined) return;
    await this.#relay.close(connectionId);
    this.#model.close(now, connectionId);
    await this.#compareItem();
  }

  async #renew(now: number, parallel: number): Promise<void> {
    const { version } = this.#model;
    const { selector } = this.#participant;
    const attempts = Array.from({ length: parallel }, () =>
      store.update(selector, renewalLease(version, now, newLease(now, leaseMs))),
    );
    const won = (await Promise.all(attempts)).filter(({ applied }) => applied).length;
    const expected = Array.from({ length: parallel }, () => this.#model.lease(now, version, leaseMs));
    expect(won).toBe(expected.filter(Boolean).length);
    if (won === 0) return;
    const sealed = Buffer.from("sealed");
    const stored = connectionTokenStored(version + 1, sealed, now + 86_400_000, now + noRenewalMs);
    await store.update(selector, stored);
    this.#model.store(version, now + noRenewalMs);
    await this.#compareItem();
  }

  async #disconnect(now: number, which: "current" | "previous" | "wrong", finishes: boolean): Promise<void> {
    const [handle, generation] = this.#connection(which);
    const terms = admissionTerms({ clock: this.#clock, settings }, handle, "disconnect");
    const ask = (branch: "idle" | "burst") =>
      store.update(handle.selector, disconnection(terms, branch, newLease(now, leaseMs)));
    const first = await ask("idle");
    const outcome = first.applied ? first : await ask("burst");
    const verdict = outcome.applied ? "mine" : judgeSession(outcome.item, terms).kind;
    const expected = this.#model.disconnect(now, generation, leaseMs, defaultLimits.disconnect);
    expect(verdict).toBe(expected);
    if (expected !== "mine" || !finishes) return;
    await store.update(handle.selector, ended(now));
    this.#model.end();
    await this.#compareItem();
  }

  #connection(which: "current" | "previous" | "wrong"): [Handle, number] {
    const generation = this.#model.generation - (which === "previous" ? 1 : 0);
    const secret = connectionSecret(this.#participant.secret, generation);
    const handle: Handle = { kind: "connection", selector: this.#participant.selector, secret };
    return which === "wrong" ? [wrong(handle), 0] : [handle, generation];
  }
}

async function readItem(pk: string): Promise<SessionItem | undefined> {
  const command = new GetCommand({ TableName: "sessions", Key: { pk }, ConsistentRead: true });
  return (await documents.send(command)).Item as SessionItem | undefined;
}

function wrong(handle: Handle): Handle {
  return { ...handle, secret: Buffer.alloc(32, 7) };
}
