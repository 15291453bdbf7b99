import { beforeAll, describe, expect, it } from "vitest";
import { hasCanary, withoutDocumentedCredentials } from "../support/canary.ts";
import { type Deployment, stackName } from "./deployment.ts";
import { asText, logLines, resourcesOf, storedItems } from "./left-behind.ts";

/** Looks at what was stored, logged and answered, and at what stays of it when the stack goes. Comes last: it removes it. */
export function describeLeftBehind(deployment: () => Deployment): void {
  let table: string;
  let logGroups: readonly string[];

  beforeAll(async () => {
    [table = ""] = await resourcesOf(deployment().account, "AWS::DynamoDB::Table");
    logGroups = await resourcesOf(deployment().account, "AWS::Logs::LogGroup");
  });

  describe("what the chats leave behind", () => {
    it("is one item for each, with the attributes of a session and an end in the future", async () => {
      const items = await storedItems(deployment().account, table);

      expect(items.length).toBeGreaterThan(3);
      for (const item of items) {
        const known = /^(pk|st|ca|ax|ttl|hp|hc|g|ix|wc|pt|ct|cv|cx|rl|rn|dl|t-[a-z-]+)$/;
        expect(Object.keys(item).filter((name) => !known.test(name))).toEqual([]);
        const end = item["st"] === "a" ? Number(item["ax"]) : Date.now();
        expect(Number(item["ttl"]) * 1_000).toBeGreaterThan(end);
        expect(Number(item["ax"])).toBeGreaterThan(Date.now());
      }
    });

    it("is no token of Connect's: not in an item, a log line, or an answer of the API", async () => {
      const { account, apiLine, functionLines } = deployment();
      const items = (await storedItems(account, table)).map(asText);
      const lines = (await Promise.all(logGroups.map((group) => logLines(account, group)))).flat();
      const answers = apiLine.exchanges.map(
        ({ answer }) => withoutDocumentedCredentials(answer.body) + JSON.stringify(answer.headers),
      );

      const upstream = functionLines.flatMap(({ exchanges }) => exchanges.map(({ answer }) => answer.body));

      expect(upstream.some(hasCanary), "the functions hold tokens").toBe(true);
      expect([items.length, lines.length, answers.length].every((count) => count > 3)).toBe(true);
      expect([...items, ...lines, ...answers].filter(hasCanary)).toEqual([]);
    });

    it("is a log of named fields, without handles or words of the visitor", async () => {
      const { account } = deployment();
      const names = "level requestId operation status milliseconds contactId reason detail cause".split(" ");
      for (const group of logGroups.filter((name) => name.includes("ChatFunctions"))) {
        const lines = await logLines(account, group);
        const ours = lines.filter((line) => line.startsWith("{"));

        expect(ours.length, group).toBeGreaterThan(0);
        expect(
          ours.flatMap((line) => Object.keys(JSON.parse(line))).filter((key) => !names.includes(key)),
        ).toEqual([]);
        expect(lines.filter((line) => /ccbff_[a-z]+_[\w-]+\.|hello|Jane|message \d/.test(line))).toEqual([]);
      }
    });
  });

  describe("the removal of the stack", () => {
    it("removes API and functions, and leaves sessions and logs", async () => {
      const { account } = deployment();
      const before = (await storedItems(account, table)).length;
      await deployment().destroy();

      const stack = account.cloudFormation.describeStacks({ StackName: stackName }).promise();
      await expect(stack).rejects.toThrow("does not exist");
      expect((await account.functions.listFunctions().promise()).Functions).toEqual([]);
      expect((await account.apis.getRestApis().promise()).items).toEqual([]);
      expect(await storedItems(account, table)).toHaveLength(before);
      for (const group of logGroups) expect(await logLines(account, group), group).toBeInstanceOf(Array);
    });
  });
}
