import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { forgetSocket } from "../../../lambdas/relay/forget-socket.ts";
import { openSocket } from "../../../lambdas/relay/open-socket.ts";
import { createRelayServices, type RelayServices } from "../../../lambdas/relay/relay-services.ts";
import { connectionIdOf, socketEntry } from "../../../lambdas/sessions/entries.ts";
import { generousLimits } from "../../support/operation-members.ts";
import { inOrder, mergedOrders } from "../../support/ordered-calls.ts";
import { connectPage, type RelayedChat, startRelayedChat } from "../../support/relay-chat.ts";
import { connectEvent, scanTable } from "../../support/relay-function.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

const hour = 3_600_000;
/** Each order is a chat of its own. */
const ordersTimeout = 120_000;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay", RATE_LIMITS: generousLimits });
  await system.simulator.switches({ streamDrop: 1 });
});

afterAll(async () => {
  await system.close();
});

const container = () => createRelayServices(process.env, { clock: system.clock, log: () => undefined });

async function open(services: RelayServices, chat: RelayedChat, connectionId: string): Promise<void> {
  const { ticket } = await connectPage(system, chat.participantHandle);
  await openSocket(services, connectEvent(ticket, {}, connectionId));
}

describe("the goodbye of the last socket, beside the opening of another", () => {
  // The goodbye makes four calls (record, set, look, mark), the opening two (place, record).
  it.each([
    ["in the same millisecond", 0],
    ["a second later", 1_000],
  ])(
    "never leaves an open socket without its mark, %s, in whatever order their calls come",
    async (_n, later) => {
      const orders = mergedOrders("goodbye", 4, "opening", 2);
      expect(orders).toHaveLength(15);
      for (const order of orders) {
        const chat = await startRelayedChat(system);
        const [first, second] = [randomUUID(), randomUUID()];
        await open(container(), chat, first);
        const { ticket } = await connectPage(system, chat.participantHandle);
        await system.advance(later);
        const turns = inOrder(order);
        await Promise.all([
          turns.run("goodbye", container(), (services) => forgetSocket(services, first)),
          turns.run("opening", container(), (services) =>
            openSocket(services, connectEvent(ticket, {}, second)),
          ),
        ]);
        const item = await system.readSession(chat.contactId);

        expect([...(item?.so ?? [])].map(connectionIdOf), order.join(" ")).toEqual([second]);
        expect(item?.ox, order.join(" ")).toBe(system.clock.now() + 2 * hour);
      }
    },
    ordersTimeout,
  );

  it(
    "of two last sockets at once closes the mark, in whatever order their calls come",
    async () => {
      for (const order of mergedOrders("one", 4, "other", 4)) {
        const chat = await startRelayedChat(system);
        const ids = [randomUUID(), randomUUID()];
        for (const id of ids) await open(container(), chat, id);
        const turns = inOrder(order);
        await Promise.all(
          ids.map((id, index) =>
            turns.run(index === 0 ? "one" : "other", container(), (services) => forgetSocket(services, id)),
          ),
        );
        const item = await system.readSession(chat.contactId);

        expect({ so: item?.so, ox: item?.ox, ix: item?.ix }, order.join(" ")).toEqual({
          so: undefined,
          ox: undefined,
          ix: system.clock.now() + hour,
        });
      }
    },
    ordersTimeout,
  );
});

it("forgets both records of a socket, and is fine when asked twice", async () => {
  const chat = await startRelayedChat(system);
  const id = randomUUID();
  await open(container(), chat, id);
  await forgetSocket(container(), id);
  await forgetSocket(container(), id);

  expect((await scanTable("relay")).filter(({ pk }) => pk === `socket#${id}`)).toEqual([]);
  expect((await system.readSession(chat.contactId))?.so).toBeUndefined();
});

it("closes the mark though entries of sockets that ended hours ago are left in the set", async () => {
  const chat = await startRelayedChat(system);
  const [old, id] = [randomUUID(), randomUUID()];
  await open(container(), chat, old);
  await system.advance(2 * hour);
  await open(container(), chat, id);
  await forgetSocket(container(), id);

  expect((await system.readSession(chat.contactId))?.ox).toBeUndefined();
});

it("takes a socket from its chat that its table has forgotten already", async () => {
  const chat = await startRelayedChat(system);
  const id = randomUUID();
  await open(container(), chat, id);
  const services = container();
  await services.store.takeSocket(id);
  const entry = socketEntry(id, system.clock.now());
  await forgetSocket(services, id, { chat: chat.contactId, entry });

  const item = await system.readSession(chat.contactId);
  expect([item?.so, item?.ox]).toEqual([undefined, undefined]);
});
