import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import {
  generousLimits,
  type Member,
  type OperationInput,
  operationInputs,
} from "../support/operation-members.ts";
import { costOf, expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
  await system.simulator.switches({ attachmentsPerChat: 10_000 });
  chat = await openChat(system);
});

afterAll(async () => {
  await system.close();
});

/** A copy of `body` with one member, dotted below a structure, set; or left out where the value is undefined. */
function withMember(body: unknown, name: string, value: unknown): unknown {
  const [head = "", ...rest] = name.split(".");
  const copy: Record<string, unknown> = { ...(body as object) };
  copy[head] = rest.length === 0 ? value : withMember(copy[head], rest.join("."), value);
  return Array.isArray(body) ? Object.values(copy) : copy;
}

const call = ({ path, handle, body }: OperationInput, name: string, value: unknown) =>
  costOf(system, () => send(system.url, path, { bearer: chat[handle], body: withMember(body, name, value) }));

const mark = "MARKED-VALUE";
const wrongTypes: Readonly<Record<Member["type"], readonly unknown[]>> = {
  text: [987_654_321, true, false, [], [mark], {}, { [mark]: mark }],
  choice: [987_654_321, true, [mark], { [mark]: mark }, mark, "", `${mark}\0`, "__proto__", "toString"],
  integer: [mark, "60", "", true, [], [60], {}, 60.5, 2 ** 53, -(2 ** 53), 1e300],
  flag: [mark, "true", 987_654_321, 0, 1, [], {}],
  list: [mark, 987_654_321, true, {}, { 0: mark, length: 1 }],
  structure: [mark, 987_654_321, true, [], [mark]],
};

/** Values of a member just outside its bounds, and, for text, ones that no agent could be shown. */
function outside({ type, min, max }: Member): readonly unknown[] {
  const none: readonly unknown[] = [];
  const below = min === undefined ? none : [min - 1];
  const above = max === undefined ? none : [max + 1];
  if (type === "integer") return [...below, ...above, ...(min === undefined ? none : [-1 - min])];
  if (type === "list") return [...below, ...above].map((length) => Array(Number(length)).fill("WEBSOCKET"));
  if (type !== "text") return none;
  const broken = ["\ud800", "\udc00a", "a\ud83d", "\udc00\ud800", "a\0b", "\0"].map((text) => mark + text);
  return [
    ...below.map((length) => "x".repeat(Number(length))),
    ...above.flatMap((length) => [mark.padEnd(Number(length), "x"), "\u{1f600}".repeat(Number(length))]),
    ...broken,
  ];
}

/** Values of a member at its bounds; text in characters of one and of two UTF-16 units. */
function inside({ type, min, max }: Member): readonly unknown[] {
  const bounds = [min, max].filter((bound) => bound !== undefined);
  if (type === "integer") return bounds;
  if (type === "text") return bounds.flatMap((length) => ["x".repeat(length), "\u{1f600}".repeat(length)]);
  return [];
}

/** How a member may be absent; an entry of a list can only be null, which is no entry. */
function absent({ name, required }: Member): readonly unknown[] {
  if (!name.endsWith(".0")) return [undefined, null];
  return required ? [null] : [];
}

describe.each(operationInputs)("$name", (operation) => {
  describe.each(operation.members)("$name", (member) => {
    async function expectRefused(value: unknown): Promise<void> {
      const { result, ...cost } = await call(operation, member.name, value);
      expectRefusal(result, invalid("InvalidInput"));
      expect(result.body["message"]).toContain(`'${member.name}`);
      expect(result.text).not.toMatch(/MARKED|987654321|xxx|\u{1f600}/u);
      expect(cost).toEqual({ upstream: [], database: [] });
    }

    async function expectTaken(value: unknown): Promise<void> {
      if (operation.name === "DisconnectParticipant") chat = await openChat(system);
      const { result } = await call(operation, member.name, value);
      expect(result.body["reason"]).not.toBe("InvalidInput");
      expect(result.status).toBeLessThan(500);
    }

    it("is refused by name, without its value and without a call, when of a wrong type", async () => {
      for (const value of wrongTypes[member.type]) await expectRefused(value);
    });

    it("is refused just outside its bounds, or when it is no text", async () => {
      for (const value of outside(member)) await expectRefused(value);
    });

    it("is taken at its bounds", async () => {
      for (const value of inside(member)) await expectTaken(value);
    });

    it(member.required ? "is demanded, and null is not it" : "may be left out or null", async () => {
      for (const value of absent(member)) {
        if (member.required) await expectRefused(value);
        else await expectTaken(value);
      }
    });
  });
});

it("names a few of many faults and stays short", async () => {
  const many = Array.from({ length: 5_000 }, (_each, index) => index);
  const { result } = await costOf(system, () =>
    send(system.url, "/participant/connection", { bearer: chat.participantHandle, body: { Type: many } }),
  );

  expectRefusal(result, invalid("InvalidInput"));
  expect(result.text.length).toBeLessThan(2_000);
});
