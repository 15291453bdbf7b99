import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hashSubject } from "../../../lambdas/start/subject-hash.ts";
import { openChat } from "../../support/chat.ts";
import { createRevokeFunction } from "../../support/revoke-function.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

const words = { reason: "stolen laptop", by: "assumed-role/Support/jo" };

describe("the record of a revocation", () => {
  it("says who asked for what, why and when, what was done, and nothing else", async () => {
    const { contactId } = await openChat(system);
    const { invoke, record } = createRevokeFunction(system);
    await invoke({ revoke: { contactId }, ...words });

    const common = {
      level: "info",
      at: "2026-01-05T09:00:00.000Z",
      requestId: expect.any(String),
      target: "session",
      contactId,
      ...words,
    };
    expect(record).toEqual([
      { ...common, event: "asked" },
      { ...common, event: "session-ended" },
      { ...common, event: "contact-stopped" },
      { ...common, event: "answered", revoked: 1, socketsClosed: 0, contactsStopped: 1, remaining: 0 },
    ]);
    expect(new Set(record.map(({ requestId }) => requestId)).size).toBe(1);
  });

  it("has a line for every session of all", async () => {
    const chats = [await openChat(system), await openChat(system)];
    const { revoke, record } = createRevokeFunction(system);
    await revoke({ all: true });
    const ended = record.filter(({ event }) => event === "session-ended").map((line) => line.contactId);

    expect(ended.sort()).toEqual(chats.map(({ contactId }) => contactId).sort());
    expect(new Set(record.map(({ target }) => target))).toEqual(new Set(["all"]));
  });

  it("names a subject by its hash alone", async () => {
    const { revoke, record } = createRevokeFunction(system);
    await revoke({ subject: "https://login.example.com|jane@example.com" });

    expect(record.map(({ event, subject }) => [event, subject])).toEqual(
      ["asked", "answered"].map((event) => [
        event,
        hashSubject("https://login.example.com|jane@example.com"),
      ]),
    );
    expect(JSON.stringify(record)).not.toContain("jane");
  });

  it("says what is left and why, in no word of Connect's", async () => {
    const { contactId } = await openChat(system);
    await system.simulator.faults([{ operation: "StopContact", status: 400, times: 1 }]);
    const { revoke, record } = createRevokeFunction(system);
    const answer = await revoke({ contactId });

    expect(answer.remaining).toBe(1);
    expect(record.slice(2)).toMatchObject([
      { level: "error", event: "session-left", detail: expect.stringContaining("could not be stopped") },
      { level: "warn", event: "answered", remaining: 1 },
    ]);
    expect(JSON.stringify(record)).not.toMatch(/arn:|instance/);
  });
});

describe("what the function is invoked with", () => {
  const contactId = "44444444-4444-4444-8444-444444444444";

  it.each([
    ["nothing", undefined],
    ["a text", "all"],
    ["no target", { ...words }],
    ["an empty target", { revoke: {}, ...words }],
    ["two targets", { revoke: { contactId, all: true }, ...words }],
    ["all that is not all", { revoke: { all: false }, ...words }],
    ["a misspelt member", { revoke: { contactId }, ...words, reasons: "none" }],
    ["a contact id that is none", { revoke: { contactId: "a b" }, ...words }],
    ["an empty subject", { revoke: { subject: "" }, ...words }],
    ["no reason", { revoke: { contactId }, by: words.by }],
    ["a blank reason", { revoke: { contactId }, ...words, reason: "  " }],
    ["a reason of two lines", { revoke: { contactId }, ...words, reason: "one\ntwo" }],
    ["a reason without end", { revoke: { contactId }, ...words, reason: "x".repeat(501) }],
    ["nobody", { revoke: { contactId }, reason: words.reason }],
    ["what the relay once took", { revokeSession: contactId }],
  ])("is refused where it has %s, and that is in the record without its words", async (_, event) => {
    const { invoke, record } = createRevokeFunction(system);

    await expect(invoke(event)).rejects.toThrow(/validation errors? detected/);
    expect(record).toEqual([
      {
        level: "warn",
        at: "2026-01-05T09:00:00.000Z",
        requestId: expect.any(String),
        event: "refused",
        detail: expect.not.stringMatching(/none|one\ntwo|xxx|assumed/),
      },
    ]);
  });
});
