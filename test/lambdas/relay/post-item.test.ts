import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIdOf } from "../../../lambdas/sessions/entries.ts";
import { type FaultyManagement, startFaultyManagement } from "../../support/faulty-management.ts";
import { type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { chatItem, createRelayFunction, itemEvent } from "../../support/relay-function.ts";
import { openSubscribed, type RelaySocket } from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

/** Longest text that Connect takes, in characters. */
const longest = 16_384;
const largestMessageBytes = 131_072;
const patience = { timeout: 10_000 };

let management: FaultyManagement;
let system: TestSystem;
let chat: RelayedChat;
let socket: RelaySocket;

beforeAll(async () => {
  management = await startFaultyManagement();
  system = await startTestSystem({ REAL_TIME: "relay", RELAY_MANAGEMENT_URL: management.url });
  management.connectTo(system.managementUrl);
  await system.simulator.switches({ streamDrop: 1 });
});

beforeEach(async () => {
  chat = await startRelayedChat(system);
  socket = await openSubscribed(chat.socketUrl);
});

afterAll(async () => {
  await system.close();
  await management.close();
});

/** Sends an item to the chat. @returns it as it was sent, as it came, and the bytes of its frame */
async function pass(Content: string, ContentType = "text/plain") {
  const sent = chatItem(chat.contactId, { Content, ContentType });
  await createRelayFunction(system)(itemEvent(sent));
  await expect.poll(() => socket.items.length, patience).toBe(1);
  return { sent, came: socket.items[0], bytes: Buffer.byteLength(socket.frames.at(-1) ?? "") };
}

describe("an item that Connect may send", () => {
  it.each([
    ["one byte each", "x", 16_000],
    ["two bytes each", "ü", 32_768],
    ["three bytes each", "語", 49_152],
    ["four bytes and two units each", "😀", 32_768],
    ["a quote, escaped twice", '"', 65_536],
    ["a line break, escaped twice", "\n", 49_152],
    ["a control character, escaped twice", "\u0001", 114_688],
  ])("arrives whole with 16,384 characters of %s", async (_name, character, atLeast) => {
    const { sent, came, bytes } = await pass(character.repeat(longest / character.length));

    expect(came).toEqual(sent);
    expect(bytes).toBeGreaterThanOrEqual(atLeast);
    expect(bytes).toBeLessThanOrEqual(largestMessageBytes);
  });
});

describe("an item larger than API Gateway sends", () => {
  it("arrives cut, with an ellipsis", async () => {
    const { came, bytes } = await pass("語".repeat(60_000));

    expect(bytes).toBeLessThanOrEqual(largestMessageBytes);
    expect(bytes).toBeGreaterThan(largestMessageBytes - 10);
    expect(came?.["Content"]).toMatch(/^語{40000,}…$/);
  });

  it("arrives as a note where it is no text", async () => {
    const { sent, came } = await pass(
      `{"a":"${"x".repeat(140_000)}"}`,
      "application/vnd.amazonaws.connect.message.interactive",
    );
    const Content = expect.stringMatching(/^This message is too long/);

    expect(came).toEqual({ ...sent, ContentType: "text/plain", Content });
  });
});

it("arrives within one frame where the gateway takes no more", async () => {
  const [entry = ""] = (await system.readSession(chat.contactId))?.so ?? [];
  management.fail({ method: "POST", connectionId: connectionIdOf(entry) }, 413, 1);
  const { came, bytes } = await pass("語".repeat(longest));

  expect(bytes).toBeLessThanOrEqual(32_768);
  expect(came?.["Content"]).toMatch(/^語{10000,}…$/);
});
