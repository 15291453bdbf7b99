import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it, vi } from "vitest";
import { send } from "../support/chat.ts";
import { startRelayedChat } from "../support/relay-chat.ts";
import { openRelaySocket } from "../support/relay-socket.ts";
import { place } from "./account.ts";
import { withDenial } from "./deny.ts";
import type { Deployment } from "./deployment.ts";
import { functionCalls } from "./function-calls.ts";
import { tablesOf } from "./left-behind.ts";

const heartbeat = JSON.stringify({ topic: "aws/heartbeat" });

/** Shows that the emulator enforces the functions' rights, and records what they were used for. */
export function describeRights(deployment: () => Deployment): void {
  describe("a function that lacks a right", () => {
    it("starts no chat, and stops the contact that it began", async () => {
      const { account, endpoint, simulator } = deployment();
      const stops = async () => (await simulator.calls("StopContact")).length;
      const before = await stops();
      const body = { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } };
      const { sessions } = await tablesOf(account);
      const answer = await withDenial(
        account,
        "startchat",
        "dynamodb:PutItem",
        () => send(endpoint, "/chat", { body }),
        `arn:aws:dynamodb:${place.region}:${place.account}:table/${sessions}`,
      );

      expect(answer).toMatchObject({ status: 503, body: { reason: "Unavailable" } });
      expect((await simulator.contacts()).at(-1)).toMatchObject({ Status: "ENDED" });
      expect(await stops()).toBe(before + 1);
    });

    it("writes on no socket, and goes on when it has the right again", async () => {
      const { account, endpoint, lines } = deployment();
      const socket = await openRelaySocket((await startRelayedChat({ url: endpoint })).socketUrl);
      const refusals = () =>
        lines.functions.flatMap(({ exchanges }) =>
          exchanges.filter(({ path, answer }) => path.includes("/@connections/") && answer.status === 403),
        );
      await withDenial(account, "relay", "execute-api:ManageConnections", async () => {
        socket.send(heartbeat);
        await vi.waitUntil(() => refusals().length > 0, { timeout: 10_000 });
      });
      expect(socket.frames).toEqual([]);
      socket.send(heartbeat);
      await vi.waitUntil(() => socket.frames.length > 0, { timeout: 10_000 });

      expect(socket.frames).toEqual([heartbeat]);
      socket.close();
    });
  });

  describe("the functions' calls of AWS", () => {
    it("are few, and recorded for the test of the policies (.artifacts/deployed-calls.json)", async () => {
      const exchanges = deployment().lines.functions.flatMap((line) => line.exchanges);
      const ofConnect = exchanges.filter(({ path }) => !path.startsWith("/participant/"));
      const calls = await functionCalls(deployment().account, ofConnect);
      await mkdir(".artifacts", { recursive: true });
      await writeFile(".artifacts/deployed-calls.json", `${JSON.stringify(calls, null, 2)}\n`);
      const actionsOf = (which: (functionName: string) => boolean) =>
        new Set(calls.filter(({ functionName }) => which(functionName)).map(({ action }) => action));
      const isRelay = (functionName: string) => functionName.includes("relay");

      const isRevoke = (functionName: string) => functionName.includes("revoke");
      // It runs by a schedule, so now and then.
      const isReaper = (functionName: string) => functionName.includes("reaper");

      expect(actionsOf((name) => !isRelay(name) && !isRevoke(name) && !isReaper(name))).toEqual(
        new Set([
          "dynamodb:DeleteItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "connect:StartChatContact",
          "connect:StartContactStreaming",
          "connect:StopContact",
        ]),
      );
      expect(actionsOf(isRelay)).toEqual(
        new Set([
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "execute-api:ManageConnections",
        ]),
      );
      expect(actionsOf(isRevoke)).toEqual(
        new Set([
          "dynamodb:DeleteItem",
          "dynamodb:GetItem",
          "dynamodb:UpdateItem",
          "connect:StopContact",
          "execute-api:ManageConnections",
        ]),
      );
    });
  });
}
