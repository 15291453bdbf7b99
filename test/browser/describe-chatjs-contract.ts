import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { comparable } from "../contract/comparable.ts";
import type { Target } from "../contract/target.ts";
import type { BrowserSystem } from "./browser-system.ts";
import { ChatPage } from "./chat-page.ts";
import { type ChatjsCase, chatjsCases } from "./chatjs-cases.ts";

/** Before a case, in milliseconds; before one with a fault there is room for the tries of chatjs, which are three. */
const paceMs = 2_000;
const faultPaceMs = 15_000;

/**
 * How far the servers' clock is behind when the cases begin, in milliseconds. By the end it is as far ahead, and never so
 * far off (4 minutes) that an AWS SDK would try refused calls again with a corrected clock.
 */
const headStartMs = 220_000;

/** The longest case, in milliseconds: three tries of chatjs, with its own pauses, at both targets. */
const caseTimeoutMs = 30_000;

/** Runs the contract with chatjs: one chat at each target, in which each case is one call. */
export function describeChatjsContract(world: () => BrowserSystem): void {
  const pages: ChatPage[] = [];

  beforeAll(async () => {
    const { system } = world();
    await system.advance(Date.now() - headStartMs - system.clock.now());
    for (const target of world().targets) pages.push(await openChat(world(), target));
  });

  afterEach(() => world().system.simulator.faults([]));

  async function seenAt(index: 0 | 1, { method, args, fault }: ChatjsCase): Promise<unknown> {
    const { system } = world();
    await system.advance(index === 0 ? (fault ? faultPaceMs : paceMs) : 0);
    await system.simulator.faults(fault ? [fault] : []);
    const startedAt = system.clock.now();
    const page = pages[index];
    const outcome = await (method === "sendFile"
      ? page?.sendFile("note.txt", "text/plain", "my notes")
      : page?.call(method, args));
    return comparable(outcome, startedAt);
  }

  describe("amazon-connect-chatjs sees the same through the proxy", { timeout: caseTimeoutMs }, () => {
    it.each(chatjsCases.filter(({ difference }) => !difference))("$title", async (contract) => {
      const direct = await seenAt(0, contract);
      const proxied = await seenAt(1, contract);

      expect(direct).toMatchObject(contract.expected);
      expect(withoutTimes(proxied)).toEqual(withoutTimes(direct));
    });

    it.each(
      chatjsCases.filter(({ difference }) => difference),
    )("but $difference.name: $title", async (contract) => {
      const direct = await seenAt(0, contract);
      const proxied = await seenAt(1, contract);

      expect(direct).toMatchObject(contract.expected);
      expect(proxied).toMatchObject(contract.difference?.expected ?? {});
      expect(proxied).not.toEqual(direct);
    });
  });
}

async function openChat({ newVisitor, pageUrl, agent }: BrowserSystem, target: Target): Promise<ChatPage> {
  const tokens = await target.startChat({});
  const page = await ChatPage.open(await newVisitor(), pageUrl);
  await page.connect(target.endpoint, tokens);
  await agent(tokens.ContactId, "join");
  return page;
}

/** The two chats of this suite take turns, so what was said in one was not said at the same time in the other. */
function withoutTimes(seen: unknown): unknown {
  return JSON.parse(JSON.stringify(seen).replace(/start \+ -\d+(\.\d+)? s/g, "earlier"));
}
