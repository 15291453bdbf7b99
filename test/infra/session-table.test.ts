import { beforeAll, describe, expect, test } from "vitest";
import { deployments, propertiesOf, resources, type Synthesized } from "./synthesize.ts";

describe.each(deployments)("the sessions table of %s", (_, deploy) => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
  });

  test("is found by one key, paid per request, expires items, and can be restored to any point", () => {
    expect(propertiesOf(synthesized, "AWS::DynamoDB::Table")).toEqual([
      expect.objectContaining({
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
        BillingMode: "PAY_PER_REQUEST",
        TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      }),
    ]);
  });

  test("is encrypted with a key of the customer's own, which rotates", () => {
    const [keyId] = Object.keys(resources(synthesized, "AWS::KMS::Key"));

    expect(propertiesOf(synthesized, "AWS::DynamoDB::Table")[0].SSESpecification).toEqual({
      SSEEnabled: true,
      SSEType: "KMS",
      KMSMasterKeyId: { "Fn::GetAtt": [keyId, "Arn"] },
    });
    expect(propertiesOf(synthesized, "AWS::KMS::Key")[0].EnableKeyRotation).toBe(true);
  });

  test("cannot be deleted by mistake, and stays with its key when the stack goes", () => {
    expect(propertiesOf(synthesized, "AWS::DynamoDB::Table")[0].DeletionProtectionEnabled).toBe(true);
    for (const type of ["AWS::DynamoDB::Table", "AWS::KMS::Key", "AWS::Logs::LogGroup"]) {
      for (const resource of Object.values(resources(synthesized, type))) {
        expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
      }
    }
  });
});
