import { beforeAll, describe, expect, test } from "vitest";
import { deploymentsInModes, type Resource, resources, type Synthesized } from "./synthesize.ts";

describe.each(deploymentsInModes)("the sessions table of %s", (_, deploy) => {
  let synthesized: Synthesized;
  let table: Resource;
  let keyId: string;
  let key: Resource;
  beforeAll(() => {
    synthesized = deploy();
    [, table] = sessionsOwn(synthesized, "AWS::DynamoDB::Table");
    [keyId, key] = sessionsOwn(synthesized, "AWS::KMS::Key");
  });

  test("is found by one key, paid per request, expires items, and can be restored to any point", () => {
    expect(table.Properties).toMatchObject({
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    });
  });

  test("finds the chats of a subject by an index that holds nothing but keys", () => {
    expect(table.Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: "by-subject",
        KeySchema: [{ AttributeName: "su", KeyType: "HASH" }],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ]);
  });

  test("is encrypted with a key of the customer's own, which rotates", () => {
    expect(table.Properties.SSESpecification).toEqual({
      SSEEnabled: true,
      SSEType: "KMS",
      KMSMasterKeyId: { "Fn::GetAtt": [keyId, "Arn"] },
    });
    expect(key.Properties.EnableKeyRotation).toBe(true);
  });

  test("cannot be deleted by mistake, and stays with its key and all logs when the stack goes", () => {
    const logGroups = Object.values(resources(synthesized, "AWS::Logs::LogGroup"));

    expect(table.Properties.DeletionProtectionEnabled).toBe(true);
    for (const resource of [table, key, ...logGroups]) {
      expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
  });
});

/** The one resource of a type that is neither the relay's nor of the starts. */
function sessionsOwn(synthesized: Synthesized, type: string): [string, Resource] {
  const [found, ...others] = Object.entries(resources(synthesized, type)).filter(
    ([id]) => !/Relay|Starts/.test(id),
  );
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${type}`);
  return found;
}
