import { describe, expect, it } from "vitest";
import type { Deployment } from "./deployment.ts";
import { logLines, resourcesOf, storedItems, tablesOf } from "./left-behind.ts";
import { stackName } from "./owner.ts";

/** Removes the stack. */
export function describeRemoval(deployment: () => Deployment): void {
  describe("the removal of the stack", () => {
    it("removes APIs, functions, topic and the tables of relay and starts, and leaves sessions and logs", async () => {
      const { account } = deployment();
      const { sessions, starts, relay = "" } = await tablesOf(account);
      const logGroups = await resourcesOf(account, "AWS::Logs::LogGroup");
      const before = (await storedItems(account, sessions)).length;
      const inUse = await countOf(account);
      await deployment().destroy();

      expect(inUse).toEqual({ functions: 7, apis: 1, socketApis: 1, topics: 1 });
      const stack = account.cloudFormation.describeStacks({ StackName: stackName }).promise();
      await expect(stack).rejects.toThrow("does not exist");
      expect(await countOf(account)).toEqual({ functions: 0, apis: 0, socketApis: 0, topics: 0 });
      await expect(storedItems(account, relay)).rejects.toThrow("not found");
      await expect(storedItems(account, starts)).rejects.toThrow("not found");
      expect(await storedItems(account, sessions)).toHaveLength(before);
      for (const group of logGroups) expect(await logLines(account, group), group).toBeInstanceOf(Array);
    });
  });
}

/** How many there are of what the account has because of the stack alone. */
async function countOf({ functions, apis, socketApis, topics }: Deployment["account"]) {
  return {
    functions: (await functions.listFunctions().promise()).Functions?.length,
    apis: (await apis.getRestApis().promise()).items?.length,
    socketApis: (await socketApis.getApis().promise()).Items?.length,
    topics: (await topics.listTopics().promise()).Topics?.length,
  };
}
