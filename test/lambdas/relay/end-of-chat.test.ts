import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectionIdOf } from "../../../lambdas/sessions/entries.ts";
import { ManualClock } from "../../local/gateway/manual-clock.ts";
import { send } from "../../support/chat.ts";
import { type FaultyManagement, startFaultyManagement } from "../../support/faulty-management.ts";
import { HurriedClock } from "../../support/hurried-clock.ts";
import { sendMessage } from "../../support/participant-operations.ts";
import {
  askConnection,
  isEnd,
  openTab,
  type RelayedChat,
  startRelayedChat,
} from "../../support/relay-chat.ts";
import { chatItem, createRelayFunction, itemEvent, scanTable } from "../../support/relay-function.ts";
import { openSubscribed, type RelaySocket } from "../../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

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

afterEach(() => {
  management.heal();
});

afterAll(async () => {
  await system.close();
  await management.close();
});

const session = () => system.readSession(chat.contactId);
const ended = () =>
  itemEvent(
    chatItem(chat.contactId, {
      Type: "EVENT",
      ContentType: "application/vnd.amazonaws.connect.event.chat.ended",
    }),
  );
const message = (Content: string) => itemEvent(chatItem(chat.contactId, { Content }));
const closed = () => expect.poll(() => socket.closedWith, patience).toBe(1000);

describe("the end of a chat", () => {
  it("comes last, after what it overtook by a second and a half", async () => {
    const moved = new ManualClock();
    const begun = moved.now();
    const clock = { now: () => system.clock.now() + moved.now() - begun, sleep: moved.sleep };
    const end = createRelayFunction(system, {}, clock)(ended());
    await expect.poll(() => moved.pending, patience).toEqual([2_000]);
    await moved.advance(1_500);
    await createRelayFunction(system)(message("wait for me"));
    await expect.poll(() => socket.items.length, patience).toBe(1);
    await moved.advance(500);
    await expect.poll(() => moved.pending, patience).toEqual([2_000]);
    expect(socket.closedWith).toBeUndefined();
    await moved.advance(2_000);
    await end;
    await closed();

    expect(socket.items.map((item) => (isEnd(item) ? "end" : item["Content"]))).toEqual([
      "wait for me",
      "end",
    ]);
  });

  it("takes two seconds, and gives its sockets two more to read it", async () => {
    const clock = new HurriedClock(system.clock);
    await createRelayFunction(system, {}, clock)(ended());

    expect(clock.now() - system.clock.now()).toBe(4_000);
    await closed();
  });

  it("closes every tab, and leaves nothing that was sealed, no ticket and no record of a socket", async () => {
    const ids = [...((await session())?.so ?? [])].map(connectionIdOf);
    const other = await openTab(system, chat);
    await createRelayFunction(system)(ended());
    await closed();
    await expect.poll(() => other.closedWith, patience).toBe(1000);
    const { st, pt, ct, wc, tk, so, sb, ox } = (await session()) ?? {};

    expect({ st, left: [pt, ct, wc, tk, so, sb, ox].filter((part) => part !== undefined) }).toEqual({
      st: "e",
      left: [],
    });
    expect([socket, other].map(({ items }) => items.map(isEnd))).toEqual([[true], [true]]);
    expect((await scanTable("relay")).filter(({ pk }) => ids.some((id) => pk === `socket#${id}`))).toEqual(
      [],
    );
  });

  it("is the end for both handles", async () => {
    await createRelayFunction(system)(ended());
    const { path, body } = sendMessage;

    expect((await askConnection(system, chat.participantHandle)).status).toBe(403);
    expect((await send(system.url, path, { bearer: chat.connectionHandle, body })).status).toBe(403);
  });

  it("is followed by nothing, even while the sockets are still open", async () => {
    const end = createRelayFunction(system)(ended());
    await expect.poll(() => socket.items.length, { ...patience, interval: 5 }).toBe(1);
    await expect.poll(async () => (await session())?.ce, { ...patience, interval: 5 }).toBeDefined();
    await createRelayFunction(system)(message("too late"));
    await end;
    await closed();

    expect(socket.items.map(isEnd)).toEqual([true]);
  });

  it("that a socket could not be sent ends the chat all the same, and closes that socket", async () => {
    const [entry = ""] = (await session())?.so ?? [];
    management.fail({ method: "POST", connectionId: connectionIdOf(entry) }, 500);
    await createRelayFunction(system)(ended());
    await closed();

    expect(socket.items).toEqual([]);
    expect((await session())?.st).toBe("e");
  });

  it("ends a chat that has no socket, too", async () => {
    socket.close();
    await expect.poll(async () => (await session())?.so, patience).toBeUndefined();
    await createRelayFunction(system)(ended());

    expect((await session())?.st).toBe("e");
  });
});
