import { describe, expect, it, vi } from "vitest";
import { send } from "../support/chat.ts";
import type { ChatItem } from "../support/customer-socket.ts";
import { connectPage } from "../support/relay-chat.ts";
import { openSubscribed } from "../support/relay-socket.ts";
import type { Deployment } from "./deployment.ts";
import { startLoad } from "./live-load.ts";

/** How long the last items may take, in milliseconds: the relay of an emulated account is not fast. */
const patience = { timeout: 40_000, interval: 100 };

/** Deploys another configuration over the running one. */
export function describeUpdate(deployment: () => Deployment): void {
  describe("an update in place, with a chat going on", () => {
    it("fails no request, loses no message and closes no socket, and the handle goes on to work", async () => {
      const { endpoint, simulator, lines } = deployment();
      const load = await startLoad(endpoint, simulator);
      const { chat } = load;
      const tab = await openSubscribed(
        (await connectPage({ url: endpoint }, chat.participantHandle)).socketUrl,
      );
      const sockets = lines.sockets.sockets.filter(({ address }) => address.includes(chat.contactId));
      const seenByTab = (await transcriptOf(simulator, chat.contactId)).length;

      await deployment().update("update under load", { messageMaxLength: "100", logRetentionDays: "7" });
      const { failures, messages, answers, others } = await load.stop();
      const said = await transcriptOf(simulator, chat.contactId);
      await vi
        .waitUntil(() => textsIn(chat.socket.items).length >= said.length, patience)
        .catch(() => undefined);
      await vi
        .waitUntil(() => textsIn(tab.items).length >= said.length - seenByTab, patience)
        .catch(() => undefined);

      expect(failures).toEqual([]);
      for (const { length } of [messages, answers]) expect(length).toBeGreaterThan(10);
      expect(others).toBeGreaterThan(10);
      expect(said.filter((text) => text.startsWith("message"))).toEqual(messages);
      expect(said.filter((text) => text.startsWith("agent"))).toEqual(answers);
      // Every message of both sides once on the socket that was open all the while; in the tab every one since it was
      // there.
      const received = textsIn(chat.socket.items);
      expect(said.filter((text) => !received.includes(text))).toEqual([]);
      expect(received).toHaveLength(said.length);
      const late = said.slice(seenByTab);
      expect(late.filter((text) => !textsIn(tab.items).includes(text))).toEqual([]);
      expect(new Set(textsIn(tab.items)).size).toBe(textsIn(tab.items).length);
      expect(sockets.map(({ isOpen }) => isOpen)).toEqual([true, true]);
      tab.send(JSON.stringify({ topic: "aws/heartbeat" }));
      await vi.waitUntil(() => tab.frames.at(-1) === JSON.stringify({ topic: "aws/heartbeat" }), patience);

      const say = (Content: string) =>
        send(endpoint, "/participant/message", {
          bearer: chat.connectionHandle,
          body: { ContentType: "text/plain", Content },
        });
      expect((await say("a".repeat(100))).status).toBe(200);
      expect((await say("a".repeat(101))).status).toBe(400);
      await send(endpoint, "/participant/disconnect", { bearer: chat.connectionHandle });
      await vi.waitUntil(() => sockets.every(({ isOpen }) => !isOpen), patience);
      expect([chat.socket, tab].map(({ items }) => items.at(-1)?.["ContentType"])).toEqual([end, end]);
      process.stdout.write(
        `update under load: ${messages.length + others} requests, no failure; ${said.length} messages, each once on the open socket\n`,
      );
    });
  });
}

const end = "application/vnd.amazonaws.connect.event.chat.ended";

/** Texts of the messages, in order. */
function textsIn(items: readonly ChatItem[]): string[] {
  return items.filter(({ Type }) => Type === "MESSAGE").map(({ Content }) => String(Content));
}

async function transcriptOf(simulator: Deployment["simulator"], contactId: string): Promise<string[]> {
  return textsIn(
    (await simulator.contacts()).find(({ ContactId }) => ContactId === contactId)?.Transcript ?? [],
  );
}
