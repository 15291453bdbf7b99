import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Account } from "./account.ts";
import { stackName } from "./owner.ts";

/** The names of the stack's tables; the relay's is undefined in the mode `direct`. */
export async function tablesOf(account: Account) {
  const names = await resourcesOf(account, "AWS::DynamoDB::Table");
  const relay = names.find((name) => name.includes("Relay"));
  const starts = names.find((name) => name.includes("Starts")) ?? "";
  const [sessions = ""] = names.filter((name) => name !== relay && name !== starts);
  return { sessions, starts, relay };
}

/** Every item of a table. */
export async function storedItems({ tables }: Account, TableName: string) {
  const items: Record<string, unknown>[] = [];
  let ExclusiveStartKey: Record<string, unknown> | undefined;
  do {
    const page = await tables.send(new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey }));
    items.push(...(page.Items ?? []));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return items;
}

/** An item as text, its bytes as they are: a token stored unsealed would be seen. */
export function asText(item: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(item, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
}

/** Physical ids of the stack's resources of a type. */
export async function resourcesOf({ cloudFormation }: Account, type: string): Promise<string[]> {
  const ids: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await cloudFormation
      .listStackResources({ StackName: stackName, ...(NextToken && { NextToken }) })
      .promise();
    const ofType = (page.StackResourceSummaries ?? []).filter(({ ResourceType }) => ResourceType === type);
    ids.push(...ofType.map(({ PhysicalResourceId = "" }) => PhysicalResourceId));
    NextToken = page.NextToken;
  } while (NextToken);
  return ids;
}

/** Every line in a log group. */
export async function logLines({ logs }: Account, logGroupName: string): Promise<string[]> {
  const lines: string[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.filterLogEvents({ logGroupName, ...(nextToken && { nextToken }) }).promise();
    lines.push(...(page.events ?? []).map(({ message = "" }) => message));
    nextToken = page.nextToken;
  } while (nextToken);
  return lines;
}

/** Runs the reaper once, beside its schedule. What was due before is done afterwards. @returns its report */
export async function reap(account: Account): Promise<unknown> {
  const names = await resourcesOf(account, "AWS::Lambda::Function");
  const FunctionName = names.find((name) => name.includes("reaper")) ?? "";
  const { Payload } = await account.functions.invoke({ FunctionName, Payload: "{}" }).promise();
  return JSON.parse(String(Payload));
}
