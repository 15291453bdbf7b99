import { beforeAll, describe, expect, test } from "vitest";
import {
  deploymentsInModes,
  propertiesOf,
  type Resource,
  resources,
  type Synthesized,
} from "./synthesize.ts";

describe.each(deploymentsInModes)("the reaper of %s", (_, deploy) => {
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
  });

  const only = (type: string, id: RegExp): readonly [string, Resource] => {
    const found = Object.entries(resources(synthesized, type)).filter(([each]) => id.test(each));
    const [first] = found;
    if (first === undefined || found.length > 1) throw new Error(`there is not one ${type}`);
    return first;
  };

  test("runs every minute; a run that cannot begin in time is left out, and one that fails leaves word", () => {
    const [queueId] = only("AWS::SQS::Queue", /Failures/);
    const [functionId, { Properties }] = only("AWS::Lambda::Function", /reaper/);
    const queue = { "Fn::GetAtt": [queueId, "Arn"] };

    expect(propertiesOf(synthesized, "AWS::Events::Rule")).toEqual([
      expect.objectContaining({
        ScheduleExpression: "rate(1 minute)",
        State: "ENABLED",
        Targets: [
          {
            Arn: { "Fn::GetAtt": [functionId, "Arn"] },
            DeadLetterConfig: { Arn: queue },
            Id: expect.any(String),
            RetryPolicy: { MaximumEventAgeInSeconds: 120, MaximumRetryAttempts: 1 },
          },
        ],
      }),
    ]);
    expect(Properties["DeadLetterConfig"]).toEqual({ TargetArn: queue });
    expect(only("AWS::Lambda::EventInvokeConfig", /reaper/)[1].Properties).toMatchObject({
      MaximumEventAgeInSeconds: 120,
    });
  });

  test("has a queue of failures that is encrypted, takes nothing in the clear, and forgets", () => {
    const [queueId, { Properties }] = only("AWS::SQS::Queue", /Failures/);
    const [policy] = propertiesOf(synthesized, "AWS::SQS::QueuePolicy");

    expect(Properties).toEqual({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    expect(policy.Queues).toEqual([{ Ref: queueId }]);
    expect(policy.PolicyDocument.Statement).toContainEqual(
      expect.objectContaining({
        Effect: "Deny",
        Action: "sqs:*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      }),
    );
  });

  test("has a table of starts that is paid per request, encrypted with the sessions' key, can be restored, forgets, and goes with the stack", () => {
    const [, table] = only("AWS::DynamoDB::Table", /Starts/);
    const [keyId] = only("AWS::KMS::Key", /Sessions/);

    expect(table.Properties).toEqual({
      AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
      KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      BillingMode: "PAY_PER_REQUEST",
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: {
        SSEEnabled: true,
        SSEType: "KMS",
        KMSMasterKeyId: { "Fn::GetAtt": [keyId, "Arn"] },
      },
      TimeToLiveSpecification: { AttributeName: "ttl", Enabled: true },
    });
    expect(table.DeletionPolicy).toBe("Delete");
  });
});
