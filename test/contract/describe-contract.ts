import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { controlSimulator } from "../support/control-simulator.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { attachmentCases } from "./cases/attachments.ts";
import { connectionCases } from "./cases/connection.ts";
import { disconnectParticipantCases } from "./cases/disconnect-participant.ts";
import { documentedErrorCases, unsupportedCases } from "./cases/documented-errors.ts";
import { getTranscriptCases } from "./cases/get-transcript.ts";
import { sendEventCases } from "./cases/send-event.ts";
import { sendMessageCases } from "./cases/send-message.ts";
import type { Client } from "./client.ts";
import { comparable } from "./comparable.ts";
import type { ContractCase } from "./contract-case.ts";
import { ContractChat } from "./contract-chat.ts";
import { amazonConnect, proxy, type Target } from "./target.ts";

/** Everything a program does through an SDK. */
export const contractCases: readonly ContractCase[] = [
  ...connectionCases,
  ...sendMessageCases,
  ...sendEventCases,
  ...getTranscriptCases,
  ...attachmentCases,
  ...disconnectParticipantCases,
  ...documentedErrorCases,
  ...unsupportedCases,
];

/**
 * Runs the contract with one client: each case at Amazon Connect, then, unchanged but for endpoint and token, through the
 * proxy. What the client sees is the same, or what the case's listed difference says.
 */
export function describeContract(client: Client): void {
  let system: TestSystem;
  let switches: object;
  let targets: readonly [Target, Target];

  beforeAll(async () => {
    system = await startTestSystem();
    switches = (await controlSimulator(system.simulator.url, "GET", "switches")) as object;
    targets = [amazonConnect(system), proxy(system)];
  });

  afterEach(resetSimulator);

  afterAll(async () => {
    await system.close();
  });

  async function resetSimulator() {
    await system.simulator.faults([]);
    await system.simulator.switches(switches);
    await controlSimulator(system.simulator.url, "PUT", "quotas", { enforce: false });
  }

  /** By functions that have met no fault yet: one that has leaves the operation alone for a moment. */
  async function seenAt(target: Target, { start, run }: ContractCase): Promise<unknown> {
    system.restartFunctions();
    const caller = client.connectTo(target.endpoint, "once");
    const chat = await ContractChat.open(system, target, caller, start);
    const seen = await run(chat);
    await resetSimulator();
    return comparable(seen, chat.startedAt);
  }

  describe(`${client.name} sees the same through the proxy`, () => {
    const known = contractCases.filter(
      ({ operations, needs }) =>
        operations.every((operation) => client.operations.includes(operation)) &&
        (needs === undefined || !client.leavesOut.includes(needs)),
    );

    it.each(known.filter(({ difference }) => !difference))("$title", async (contract) => {
      const direct = await seenAt(targets[0], contract);
      const proxied = await seenAt(targets[1], contract);

      expect(direct).toMatchObject(contract.expected as object);
      expect(proxied).toEqual(direct);
    });

    it.each(
      known.filter(({ difference }) => difference),
    )("but $difference.name: $title", async (contract) => {
      const direct = await seenAt(targets[0], contract);
      const proxied = await seenAt(targets[1], contract);

      expect(direct).toMatchObject(contract.expected as object);
      expect(proxied).toMatchObject(contract.difference?.expected as object);
      expect(proxied).not.toEqual(direct);
    });

    it("but wording: refuses with a text of the proxy's own", async () => {
      const texts: string[] = [];
      for (const target of targets) {
        const chat = await ContractChat.open(system, target, client.connectTo(target.endpoint, "once"));
        const outcome = await chat.call("SendMessage", { ContentType: "text/html", Content: "Hello" });
        if ("error" in outcome) texts.push(outcome.error.message);
      }

      expect(texts).toHaveLength(2);
      expect(texts[1]).not.toBe(texts[0]);
    });

    it("and sends a message once, however often it has to try", async () => {
      const seen: unknown[] = [];
      system.restartFunctions();
      for (const target of targets) {
        const chat = await ContractChat.open(system, target, client.connectTo(target.endpoint, "its own"));
        await system.simulator.faults([{ operation: "SendMessage", cut: "after", times: 1 }]);
        await system.simulator.forgetCalls();
        const outcome = await chat.call("SendMessage", { ContentType: "text/plain", Content: "once" });
        const calls = await system.simulator.calls("SendMessage");
        const { Transcript } = await chat.get("GetTranscript");
        const clientTokens = new Set(calls.map(({ ClientToken }) => ClientToken));
        seen.push(
          comparable({ outcome, Transcript, sameClientToken: clientTokens.size === 1 }, chat.startedAt),
        );
      }

      expect(seen[0]).toMatchObject({ Transcript: [{ Content: "once" }], sameClientToken: true });
      expect(seen[1]).toEqual(seen[0]);
    });
  });
}
