import { mkdir, writeFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { send } from "../support/chat.ts";
import type { Deployment } from "./deployment.ts";
import { functionCalls } from "./function-calls.ts";
import { resourcesOf } from "./left-behind.ts";

/** Shows that the emulator enforces the functions' rights, and records what they were used for. */
export function describeRights(deployment: () => Deployment): void {
  describe("a function that lacks a right", () => {
    it("starts no chat, and stops the contact that it began", async () => {
      const { account, endpoint, simulator } = deployment();
      const roles = await resourcesOf(account, "AWS::IAM::Role");
      const RoleName = roles.find((name) => name.includes("startchat")) ?? "";
      const denial = { RoleName, PolicyName: "denial" };
      const Statement = { Effect: "Deny", Action: "dynamodb:PutItem", Resource: "*" };
      const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });

      await account.rights.putRolePolicy({ ...denial, PolicyDocument }).promise();
      const answer = await send(endpoint, "/chat", {
        body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } },
      });
      await account.rights.deleteRolePolicy(denial).promise();

      expect(answer).toMatchObject({ status: 503, body: { reason: "Unavailable" } });
      expect((await simulator.contacts()).at(-1)).toMatchObject({ Status: "ENDED" });
      expect(await simulator.calls("StopContact")).toHaveLength(1);
    });
  });

  describe("the functions' calls of AWS", () => {
    it("are few, and recorded for the test of the policies (.artifacts/deployed-calls.json)", async () => {
      const exchanges = deployment().functionLines.flatMap((line) => line.exchanges);
      const ofConnect = exchanges.filter(({ path }) => !path.startsWith("/participant/"));
      const calls = await functionCalls(deployment().account, ofConnect);
      await mkdir(".artifacts", { recursive: true });
      await writeFile(".artifacts/deployed-calls.json", `${JSON.stringify(calls, null, 2)}\n`);

      expect(new Set(calls.map(({ action }) => action))).toEqual(
        new Set([
          "dynamodb:PutItem",
          "dynamodb:UpdateItem",
          "connect:StartChatContact",
          "connect:StopContact",
        ]),
      );
    });
  });
}
