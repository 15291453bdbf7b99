import { describe, expect, it } from "vitest";
import { questions } from "../../../local/probe/question-list.ts";
import type { Switches } from "../../../local/simulator/switches.ts";
import { defaultSwitches } from "../../../local/simulator/switches.ts";
import { controlSimulator } from "../../support/control-simulator.ts";
import { askOne, findSwitch, probe, startProbed } from "./probe-simulator.ts";

/** Time enough for every window below, in milliseconds. */
const patienceMs = 12 * 60_000;

/** Each switch with the values that the probe must tell apart. Where its name is not the question's id, both are named. */
const settings: readonly { name: keyof Switches; id?: string; values: readonly unknown[] }[] = [
  { name: "absentType", values: ["both", "refuse"] },
  { name: "startPositionInclusive", values: [true, false] },
  { name: "endOfTranscript", values: ["missing", "empty"] },
  { name: "socketOverLimit", values: ["refuse", "close-oldest"] },
  { name: "socketsPerParticipant", values: [5, 3, 1] },
  { name: "idempotencySeconds", id: "idempotencySeconds (SendMessage)", values: [600, 60, 5, 0] },
  { name: "idempotencySeconds", id: "idempotencySeconds (StartChatContact)", values: [600, 60, 5, 0] },
  { name: "connectWithinSeconds", values: [300, 120] },
  { name: "connectionTokenSeconds", values: [86_400, 3_600] },
  { name: "socketUrlSeconds", values: [100, 30] },
  { name: "contentLimits", values: ["model", "per-type"] },
  { name: "typeInBody", values: [true, false] },
  { name: "attachmentInProgressItem", values: [true, false] },
  { name: "maxAttachmentBytes", values: [20 * 1024 * 1024, 20_000_000, 5_000_001] },
  { name: "attachmentsPerChat", values: [35, 3] },
  { name: "uploadUrlSeconds", values: [60, 900] },
  { name: "downloadUrlSeconds", values: [300, 120] },
];

/** Switches that are no questions: what the owner chose, and who the agent is. */
const noQuestions: readonly (keyof Switches)[] = [
  "agent",
  "knownFlows",
  "knownInstances",
  "streamDelayMs",
  "streamDrop",
  "streamDuplicates",
  "streamIdleEvents",
  "streamInitialMessage",
  "streamReceipts",
  "streamReorder",
  "streamSeed",
];

function questionFor(id: string) {
  const question = questions.find((candidate) => candidate.id === id);
  if (!question) throw new Error(`There is no question ${id}.`);
  return question;
}

describe("the probe finds every switch of the simulator", () => {
  const cases = settings.flatMap(({ name, id = name, values }) =>
    values.map((value) => ({ name, id, value })),
  );

  it.each(cases)("$id: $value", async ({ name, id, value }) => {
    expect(await findSwitch(questionFor(id), name, value as never, { patienceMs })).toBe(value);
  });

  it.each([0, 1_000, 4_100])("attachmentScanMs: %i, within a look", async (milliseconds) => {
    const found = await findSwitch(questionFor("attachmentScanMs"), "attachmentScanMs", milliseconds);
    expect(Number(found) - milliseconds).toBeGreaterThanOrEqual(0);
    expect(Number(found) - milliseconds).toBeLessThanOrEqual(250);
  });

  it("and leaves none out", () => {
    const found = [...settings.map(({ name }) => name), "attachmentScanMs", ...noQuestions];
    expect(new Set(found)).toEqual(new Set(Object.keys(defaultSwitches())));
  });
});

describe("the probe says how a window was seen", () => {
  it("brackets a length that is not a likely one", async () => {
    const answer = await askOne(
      questionFor("idempotencySeconds (SendMessage)"),
      { idempotencySeconds: 75 },
      { patienceMs },
    );
    expect(answer).toMatchObject({ outcome: "answered" });
    expect(answer.value).toMatch(/^at least 61\.\d seconds, at most 88\.\d seconds$/);
  });

  it.each([
    "idempotencySeconds (SendMessage)",
    "idempotencySeconds (StartChatContact)",
    "connectWithinSeconds",
  ])("%s: gives a lower bound when its patience ends first", async (id) => {
    const answer = await askOne(
      questionFor(id),
      { idempotencySeconds: 600, connectWithinSeconds: 600 },
      { patienceMs: 60_000 },
    );
    expect(answer.outcome).toBe("undecided");
    expect(answer.value).toMatch(/^not decided within 1 minute; at least 6\d(\.\d)? seconds$/);
    expect(answer.switches).toBeUndefined();
  });

  it("socketUrlEnforced: waits for the expiry, or says that it did not", async () => {
    const question = questionFor("socketUrlEnforced");
    expect(await askOne(question)).toMatchObject({ outcome: "answered", value: true });
    expect(await askOne(question, { socketUrlSeconds: 600 })).toMatchObject({
      outcome: "undecided",
      value: "not decided within 2 minutes; it advertises 600 seconds",
    });
  });
});

describe("the probe is not deceived", () => {
  it.each([
    "connectionTokenSeconds",
    "socketUrlSeconds",
    "uploadUrlSeconds",
    "downloadUrlSeconds",
  ] as const)("%s: by a clock of this machine that is wrong", async (id) => {
    const probed = await startProbed();
    await controlSimulator(probed.url, "PUT", "clock", { offsetSeconds: 3_600 });
    const { answers } = await probe(probed, [questionFor(id)]);
    expect(answers[0]?.value).toBe(defaultSwitches()[id]);
    expect(answers[0]?.evidence).toContain(` lay ${defaultSwitches()[id]} seconds ahead`);
  });

  it.each([
    ["contentLimits", "SendMessage"],
    ["maxAttachmentBytes", "StartAttachmentUpload"],
    ["attachmentsPerChat", "StartAttachmentUpload"],
    ["unknownAttachment", "GetAttachment"],
  ])("%s: by an instance that is busy", async (id, operation) => {
    const probed = await startProbed();
    await probed.control.faults([{ operation, status: 429 }]);
    const { answers } = await probe(probed, [questionFor(id)]);
    expect(answers[0]).toMatchObject({ outcome: "failed", value: "not answered" });
    expect(answers[0]?.evidence).toContain("ThrottlingException (429)");
  });
});

describe("the probe recommends", () => {
  it("the longest message that any type may have", async () => {
    const perType = await askOne(questionFor("contentLimits"), { contentLimits: "per-type" });
    const model = await askOne(questionFor("contentLimits"));
    expect(perType.recommendation).toBe("MESSAGE_MAX_LENGTH=12288");
    expect(model.recommendation).toBeUndefined();
  });
});
