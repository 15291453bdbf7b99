import { createHash, createSecretKey, hkdfSync, type KeyObject } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { parseHandle } from "../../lambdas/sessions/handle.ts";
import { connectionSecret, sealingKey, wrappingKey } from "../../lambdas/sessions/keys.ts";
import { open } from "../../lambdas/sessions/sealing.ts";
import type { SessionItem } from "../../lambdas/sessions/session-item.ts";
import { openChat, send } from "../support/chat.ts";
import {
  createConnection,
  type ParticipantOperation,
  sendMessage,
} from "../support/participant-operations.ts";
import { accessDenied, costOf, expectRefusal, fingerprint } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;
let other: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem();
});

beforeEach(async () => {
  chat = await openChat(system);
  other = await openChat(system);
});

afterAll(async () => {
  await system.close();
});

const call = ({ path, body }: ParticipantOperation, bearer: string) =>
  send(system.url, path, { bearer, body });

async function itemOf(pk: string): Promise<SessionItem> {
  const item = await system.readSession(pk);
  if (item === undefined) throw new Error(`no item ${pk}`);
  return item;
}

/** Writes one attribute over the condition and seal of everybody, as one could who holds the table. */
async function write(pk: string, attribute: string, value: unknown): Promise<void> {
  await system.sessions.update(pk, {
    UpdateExpression: "SET #attribute = :value",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeNames: { "#attribute": attribute },
    ExpressionAttributeValues: { ":value": value },
  });
}

const flipped = (bytes: Uint8Array, at: number) =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

/** What may happen to sealed bytes; `foreign` are those of another chat in the same place. */
const damages: Readonly<Record<string, (bytes: Uint8Array, foreign: Uint8Array) => Uint8Array>> = {
  "swapped for another chat's": (_bytes, foreign) => foreign,
  "cut to one byte": (bytes) => bytes.subarray(0, 1),
  "cut to a nonce": (bytes) => bytes.subarray(0, 12),
  "cut to less than a tag": (bytes) => bytes.subarray(0, 15),
  "cut to a nonce and a tag": (bytes) => Buffer.concat([bytes.subarray(0, 12), bytes.subarray(-16)]),
  "cut by its last byte": (bytes) => bytes.subarray(0, -1),
  "longer by a byte": (bytes) => Buffer.concat([bytes, Buffer.alloc(1)]),
  "flipped in its nonce": (bytes) => flipped(bytes, 0),
  "flipped in its middle": (bytes) => flipped(bytes, 20),
  "flipped in its tag": (bytes) => flipped(bytes, bytes.length - 1),
};

const places = [
  { attribute: "wc", operation: sendMessage, handle: "connectionHandle", holds: "the wrapped key" },
  { attribute: "ct", operation: sendMessage, handle: "connectionHandle", holds: "the connection token" },
  {
    attribute: "pt",
    operation: createConnection,
    handle: "participantHandle",
    holds: "the participant token",
  },
] as const;

describe.each(places)("$holds in the table", ({ attribute, operation, handle }) => {
  it.each(
    Object.entries(damages),
  )("opens nothing when %s, and opens again when put back", async (_name, damage) => {
    const sound = (await itemOf(chat.contactId))[attribute] ?? new Uint8Array();
    const foreign = (await itemOf(other.contactId))[attribute] ?? new Uint8Array();
    await write(chat.contactId, attribute, damage(sound, foreign));

    const { result, upstream } = await costOf(system, () => call(operation, chat[handle]));
    const refused = await call(operation, "no handle at all");
    await write(chat.contactId, attribute, sound);
    const again = await call(operation, chat[handle]);

    expectRefusal(result, accessDenied);
    expect(fingerprint(result)).toBe(fingerprint(refused));
    expect(upstream).toEqual([]);
    expect(again.status).toBe(200);
  });
});

it("opens nothing in the place of another seal of the same chat", async () => {
  const { pt, wc } = await itemOf(chat.contactId);
  await write(chat.contactId, "ct", pt);
  const swapped = await call(sendMessage, chat.connectionHandle);
  await write(chat.contactId, "ct", wc);
  const wrapped = await call(sendMessage, chat.connectionHandle);

  expectRefusal(swapped, accessDenied);
  expectRefusal(wrapped, accessDenied);
});

it.each([
  ["hc", sendMessage, "connectionHandle"],
  ["hp", createConnection, "participantHandle"],
] as const)("refuses a handle whose hash %s was cut, without a crash", async (attribute, operation, handle) => {
  const { [attribute]: hash } = await itemOf(chat.contactId);
  await write(chat.contactId, attribute, hash.subarray(0, 31));

  expectRefusal(await call(operation, chat[handle]), accessDenied);
});

it("gives a whole copy of another chat's item to nobody: neither handle opens the tokens", async () => {
  const stolen = await itemOf(other.contactId);
  for (const name of ["pt", "ct", "wc", "cx", "cv", "g"] as const) {
    await write(chat.contactId, name, stolen[name]);
  }
  const { upstream } = await costOf(system, async () => {
    expectRefusal(await call(sendMessage, chat.connectionHandle), accessDenied);
    expectRefusal(await call(createConnection, chat.participantHandle), accessDenied);
  });
  expect(upstream).toEqual([]);
});

it("yields no token to whoever holds the whole table and every setting, but does to the holder of a handle", async () => {
  const item = await itemOf(chat.contactId);
  const known = [
    ...(await system.scan()).flatMap((each) => Object.values(each)),
    ...Object.values(process.env),
  ];
  const keys = known.flatMap((value) => keysMadeFrom(value, item.pk));
  const secret = parseHandle(chat.participantHandle)?.secret ?? Buffer.alloc(0);

  expect(keys.length).toBeGreaterThan(500);
  expect(keys.flatMap((key) => opened(item, key))).toEqual([]);
  expect(opened(item, sealingKey(secret))).toEqual(["pt", "ct"]);
  expect(opened(item, wrappingKey(connectionSecret(secret, 1)))).toEqual(["wc"]);
});

/** The keys one could make of a stored value: its own 32 bytes, its hash, and what is derived from either. */
function keysMadeFrom(value: unknown, pk: string): KeyObject[] {
  const bytes = value instanceof Uint8Array ? Buffer.from(value) : Buffer.from(String(value));
  const roots = [
    bytes.subarray(0, 32),
    bytes.subarray(-32),
    bytes.subarray(12, 44),
    createHash("sha256").update(bytes).digest(),
    createHash("sha256").update(pk).update(bytes).digest(),
  ].filter((root) => root.length === 32);
  const purposes = ["seal", "wrap", "conn|1", ""];
  const derived = [...roots, bytes].flatMap((root) =>
    purposes.map((purpose) => Buffer.from(hkdfSync("sha256", root, "", purpose, 32))),
  );
  const twice = derived.flatMap((root) => [sealingKey(root), wrappingKey(root)]);
  return [...[...roots, ...derived].map((key) => createSecretKey(key)), ...twice];
}

/** Which of an item's sealed attributes a key opens, in the places they are in. */
function opened(item: SessionItem, key: KeyObject): string[] {
  const seals = [
    { name: "pt", kind: "participant-token", version: 0 },
    { name: "ct", kind: "connection-token", version: item.cv },
    { name: "wc", kind: "sealing-key", version: item.g },
  ] as const;
  return seals
    .filter(({ name, kind, version }) => {
      try {
        return open(key, item[name] ?? new Uint8Array(), { pk: item.pk, kind, version }).length > 0;
      } catch {
        return false;
      }
    })
    .map(({ name }) => name);
}
