import { expect, it } from "vitest";
import { outputOf } from "../contract/client.ts";
import type { BrowserSystem } from "./browser-system.ts";
import { ChatPage } from "./chat-page.ts";
import { watchTraffic } from "./traffic.ts";

const event = "application/vnd.amazonaws.connect.event.";

/** Calls of the database in a whole chat that may come on top of one for each operation. */
const mostExtraCalls = 4;

/** Counts what the database is asked while a person chats with an agent. */
export function describeDatabaseCalls(world: () => BrowserSystem): void {
  it("asks the database once for each operation of a human chat", async () => {
    const { system, targets, newVisitor, pageUrl, agent } = world();
    const visitor = await newVisitor();
    const { operations } = watchTraffic(visitor, targets[1].endpoint);
    const tokens = await targets[1].startChat({});
    const before = system.databaseCalls.length;
    const counts: Record<string, { times: number; calls: number }> = {};
    let counted = before;

    /** Seconds that a person takes, then what happens, and what the database was asked for it. */
    async function after(seconds: number, act: () => Promise<unknown>): Promise<void> {
      await system.advance(seconds * 1_000);
      await visitor.clock.fastForward(seconds * 1_000);
      const from = operations.length;
      await act();
      if (operations.length === from) return;
      const name = operations.slice(from).join(" and ").replaceAll("/participant/", "");
      const { times = 0, calls = 0 } = counts[name] ?? {};
      counts[name] = { times: times + 1, calls: calls + system.databaseCalls.length - counted };
      counted = system.databaseCalls.length;
    }

    await visitor.clock.install();
    const page = await ChatPage.open(visitor, pageUrl);
    await after(2, () => page.connect(targets[1].endpoint, tokens));
    for (const maxResults of [15, 100]) {
      await after(0.1, async () => outputOf(await page.call("getTranscript", { maxResults })));
    }
    await agent(tokens.ContactId, "join");
    for (let turn = 0; turn < 14; turn++) {
      await after(3, async () => outputOf(await page.call("sendEvent", { contentType: `${event}typing` })));
      await after(7, async () => {
        const message = { contentType: "text/plain", message: `question ${turn}` };
        outputOf(await page.call("sendMessage", message));
      });
      if (turn % 3 === 2) {
        await after(3, async () => {
          outputOf(await page.call("sendMessage", { contentType: "text/plain", message: "and then?" }));
        });
      }
      await after(9, async () => undefined);
      const { Id } = await agent(tokens.ContactId, "message", `answer ${turn}`);
      await page.message(`answer ${turn}`);
      for (const [kind, seconds] of [
        ["delivered", 0.3],
        ["read", 2],
      ] as const) {
        const content = JSON.stringify({ messageId: Id });
        const contentType = `${event}message.${kind}`;
        await after(seconds, async () => outputOf(await page.call("sendEvent", { contentType, content })));
      }
    }
    await after(20, async () => outputOf(await page.call("disconnectParticipant")));

    const total = system.databaseCalls.length - before;
    process.stdout.write(
      `database calls of a chat through chatjs: ${operations.length} operations, ${total} calls ` +
        `${JSON.stringify(counts)}\n`,
    );
    await visitor.close();
    expect(operations.length).toBeGreaterThanOrEqual(50);
    for (const name of ["message", "event", "transcript"]) {
      expect(counts[name]?.calls, name).toBe(counts[name]?.times);
    }
    expect(total - operations.length).toBeLessThanOrEqual(mostExtraCalls);
  });
}
