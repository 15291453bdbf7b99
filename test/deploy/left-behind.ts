import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { Account } from "./account.ts";
import { stackName } from "./deployment.ts";

/** Every item of the sessions table. */
export async function storedItems({ tables }: Account, TableName: string) {
  const { Items = [] } = await tables.send(new ScanCommand({ TableName, ConsistentRead: true }));
  return Items;
}

/** An item as text, its bytes as they are: a token stored unsealed would be seen. */
export function asText(item: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(item, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
}

/** Physical ids of the stack's resources of a type. */
export async function resourcesOf({ cloudFormation }: Account, type: string): Promise<string[]> {
  const { StackResourceSummaries = [] } = await cloudFormation
    .listStackResources({ StackName: stackName })
    .promise();
  return StackResourceSummaries.filter(({ ResourceType }) => ResourceType === type).map(
    ({ PhysicalResourceId = "" }) => PhysicalResourceId,
  );
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
