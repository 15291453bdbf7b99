import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { functionTimeouts } from "../../lambdas/routes.ts";
import { dueAfterMs, repeatedForMs } from "../../lambdas/start/start-record.ts";
import { beginLife, type Fate } from "../support/fated-calls.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { createStartSystem, type StartOutcome, type StartSystem } from "./support/start-system.ts";

/** Calls of a start: the limit, the record, Connect, the contact, streaming, the session, the end of the record. */
const calls = 7;

/** Calls of a run of the reaper that stops a contact: the search, no session any more, Connect, the end of the record. */
const callsOfReaper = 4;

let system: TestSystem;
let starts: StartSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
  starts = createStartSystem(system);
});

// The limit of a moment ago would take a second call.
beforeEach(() => system.advance(1_000));

afterAll(() => system.close());

const tokens = [
  ["without a ClientToken", () => ({})],
  ["with a ClientToken", () => ({ ClientToken: crypto.randomUUID() })],
] as const;

function each(fates: readonly Fate[], end: number) {
  return fates.flatMap((fate) => Array.from({ length: end }, (_, at) => ({ fate, at })));
}

/** Every contact that was started since, with what is wrong about it once the reaper has run. */
async function atRest(from: number): Promise<string[]> {
  await system.advance(dueAfterMs);
  await starts.reap();
  const open = (await starts.records()).filter(({ due, rx }) => due !== undefined || rx === undefined);
  return [...(await starts.wrongAmong(starts.started.slice(from))), ...open.map(() => "a record is left")];
}

/** A handle that was answered opens its chat. */
async function expectLife({ status, contactId }: StartOutcome): Promise<void> {
  if (status === 200) expect(await system.readSession(String(contactId))).toMatchObject({ st: "a" });
}

it("gives a start more time than Lambda gives its function, and its reaper less than a minute", () => {
  expect(dueAfterMs).toBeGreaterThanOrEqual(2 * functionTimeouts["start-chat"].lambda * 1_000);
  expect(functionTimeouts.reaper.lambda).toBeLessThan(60);
});

describe.each(tokens)("a start %s", (_, members) => {
  it("makes as many calls as the tests below let die", async () => {
    const life = beginLife(new Map());
    expect((await starts.start(life, members())).status).toBe(200);
    expect(life.calls).toBe(calls);
  });

  it.each(
    each(["dies before", "dies after", "fails before", "fails after"], calls),
  )("that $fate call $at leaves no recorded contact without a session, and no session without a contact", async ({
    fate,
    at,
  }) => {
    const from = starts.started.length;
    const outcome = await starts.start(beginLife(new Map([[at, fate]])), members());
    await expectLife(outcome);
    const tooEarly = await starts.reap();

    expect(tooEarly).toMatchObject({ stopped: 0, closed: 0 });
    expect(await atRest(from)).toEqual([]);
    await expectLife(outcome);
  });

  it.each([
    2, 3, 4, 5,
  ])("that fails call %i, and fails or dies once more while it is undone, leaves neither", async (at) => {
    const second = each(["dies before", "dies after", "fails before", "fails after"], 4);
    for (const { fate, at: later } of second) {
      for (const first of ["fails before", "fails after"] as const) {
        const from = starts.started.length;
        const fates = new Map<number, Fate>([
          [at, first],
          [at + 1 + later, fate],
        ]);
        await starts.start(beginLife(fates), members());

        expect([first, later, fate, await atRest(from)]).toEqual([first, later, fate, []]);
      }
    }
  });

  it.each(
    each(["stalls"], calls),
  )("that stands still before call $at until the reaper has been there gets no session that is not its own", async ({
    at,
    fate,
  }) => {
    const from = starts.started.length;
    const life = beginLife(new Map([[at, fate]]));
    const late = starts.start(life, members());
    await life.stalled;
    await system.advance(dueAfterMs);
    await starts.reap();
    life.wake();
    const outcome = await late;

    await expectLife(outcome);
    expect(await atRest(from)).toEqual([]);
    await expectLife(outcome);
  });
});

describe("a run of the reaper", () => {
  const left = () => starts.start(beginLife(new Map([[4, "dies before"]])));

  it("makes as many calls as the tests below let die", async () => {
    await left();
    await system.advance(dueAfterMs);
    const life = beginLife(new Map());

    expect(await starts.reap(life)).toMatchObject({ stopped: 1, left: 0, lagMs: 0 });
    expect(life.calls).toBe(callsOfReaper);
  });

  it.each(
    each(["dies before", "dies after", "fails before", "fails after"], callsOfReaper),
  )("that $fate call $at is finished by the next", async ({ fate, at }) => {
    const from = starts.started.length;
    await left();
    await system.advance(dueAfterMs);
    await starts.reap(beginLife(new Map([[at, fate]]))).catch(() => undefined);

    expect(await atRest(from)).toEqual([]);
    expect((await system.simulator.contacts()).at(-1)?.Status).toBe("ENDED");
  });

  it("stops four contacts a second at most", async () => {
    for (let count = 0; count < 3; count++) {
      await left();
      await system.advance(1_000);
    }
    await system.advance(dueAfterMs);
    system.clock.slept.length = 0;

    expect(await starts.reap()).toMatchObject({ stopped: 3, left: 0 });
    expect(system.clock.slept).toEqual([250, 250]);
  });

  it("that overlaps another does no harm", async () => {
    const from = starts.started.length;
    await left();
    await starts.start(beginLife(new Map([[6, "dies before"]])));
    await system.advance(dueAfterMs);
    const reports = await Promise.all([starts.reap(), starts.reap(), starts.reap()]);

    expect(reports.every((report) => report?.left === 0)).toBe(true);
    expect(await atRest(from)).toEqual([]);
  });
});

describe("a start that comes while the same one is under way", () => {
  it("waits for it, and is answered the same", async () => {
    const members = { ClientToken: crypto.randomUUID() };
    const life = beginLife(new Map([[5, "stalls"]]));
    const first = starts.start(life, members);
    await life.stalled;
    const { sleep } = system.clock;
    const slept: number[] = [];
    system.clock.sleep = async (milliseconds) => {
      slept.push(milliseconds);
      life.wake();
      await first;
    };
    onTestFinished(() => {
      system.clock.sleep = sleep;
    });
    const second = await starts.start(undefined, members);

    expect(second).toEqual(await first);
    expect(slept).toEqual([200]);
  });

  it("waits for a second at most", async () => {
    const members = { ClientToken: crypto.randomUUID() };
    const life = beginLife(new Map([[5, "stalls"]]));
    const first = starts.start(life, members);
    await life.stalled;
    system.clock.slept.length = 0;

    expect(await starts.start(undefined, members)).toMatchObject({ status: 503, reason: "Unavailable" });
    expect(system.clock.slept.reduce((sum, each) => sum + each, 0)).toBe(1_000);
    life.wake();
    await first;
  });
});

describe("a start that died once its session was there", () => {
  it("is closed by the reaper, which leaves the chat alone, and can still be repeated", async () => {
    const members = { ClientToken: crypto.randomUUID() };
    await starts.start(beginLife(new Map([[6, "dies before"]])), members);
    const contactId = starts.started.at(-1);
    const early = await starts.start(undefined, members);
    await system.advance(dueAfterMs);
    const report = await starts.reap();
    const repeated = await starts.start(undefined, members);

    expect(early.status).toBe(503);
    expect(report).toMatchObject({ closed: 1, stopped: 0 });
    expect(repeated).toMatchObject({ status: 200, contactId });
    await expectLife(repeated);
  });
});

describe("a start that died before Connect's answer was written", () => {
  it("is given the same contact when it is repeated before the reaper comes", async () => {
    const members = { ClientToken: crypto.randomUUID() };
    await starts.start(beginLife(new Map([[2, "dies after"]])), members);
    const contactId = starts.started.at(-1);
    await system.advance(dueAfterMs);

    expect(await starts.start(undefined, members)).toMatchObject({ status: 200, contactId });
  });

  it("is given the same contact at once where its function lived to see that no answer came", async () => {
    const members = { ClientToken: crypto.randomUUID() };
    expect((await starts.start(beginLife(new Map([[2, "fails after"]])), members)).status).toBe(500);
    const contactId = starts.started.at(-1);

    expect(await starts.start(undefined, members)).toMatchObject({ status: 200, contactId });
  });

  it("leaves a contact that Connect ends by itself, because nobody connects to it", async () => {
    await starts.start(beginLife(new Map([[2, "dies after"]])));
    await system.advance(dueAfterMs);
    expect(await starts.reap()).toMatchObject({ forgotten: 1, stopped: 0 });
    await system.advance(repeatedForMs);

    expect((await system.simulator.contacts()).at(-1)?.Status).toBe("ENDED");
  });
});
