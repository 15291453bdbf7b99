import { beforeAll, describe, expect, test } from "vitest";
import {
  deployedStack,
  deploymentsInModes,
  type Resource,
  resources,
  type Synthesized,
} from "./synthesize.ts";

describe.each(deploymentsInModes)("the bucket of uploads of %s", (_, deploy) => {
  let synthesized: Synthesized;
  let bucketId: string;
  let bucket: Resource;
  beforeAll(() => {
    synthesized = deploy();
    [bucketId, bucket] = onlyOf(synthesized, "AWS::S3::Bucket");
  });

  test("is private, encrypted, forgets after a day, and takes from the pages what they need to send", () => {
    expect(bucket.Properties).toEqual({
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" } }],
      },
      LifecycleConfiguration: {
        Rules: [
          {
            Status: "Enabled",
            ExpirationInDays: 1,
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 },
          },
        ],
      },
      CorsConfiguration: {
        CorsRules: [
          {
            AllowedOrigins: ["https://www.example.com", "https://shop.example.com"],
            AllowedMethods: ["PUT"],
            AllowedHeaders: ["content-type"],
            MaxAge: 7_200,
          },
        ],
      },
    });
  });

  test("has a policy that lets nobody in, and refuses what comes without TLS", () => {
    const [, policy] = onlyOf(synthesized, "AWS::S3::BucketPolicy");
    const arn = { "Fn::GetAtt": [bucketId, "Arn"] };

    expect(policy.Properties).toEqual({
      Bucket: { Ref: bucketId },
      PolicyDocument: {
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Deny",
            Principal: { AWS: "*" },
            Action: "s3:*",
            Resource: [arn, { "Fn::Join": ["", [arn, "/*"]] }],
            Condition: { Bool: { "aws:SecureTransport": "false" } },
          },
        ],
      },
    });
  });

  test("stays with its policy when the stack goes: it might hold a file, and then could not be deleted", () => {
    const [, policy] = onlyOf(synthesized, "AWS::S3::BucketPolicy");

    for (const resource of [bucket, policy]) {
      expect(resource).toMatchObject({ DeletionPolicy: "Retain", UpdateReplacePolicy: "Retain" });
    }
  });

  test("is named to the attachments function alone", () => {
    const told = Object.values(resources(synthesized, "AWS::Lambda::Function"))
      .map(({ Properties }) => Properties)
      .filter((fn) => JSON.stringify(fn).includes(bucketId));

    expect(told.map(({ Description }) => Description)).toEqual(["Connect chat: attachments"]);
    expect(told[0].Environment.Variables.QUARANTINE_BUCKET).toEqual({ Ref: bucketId });
  });
});

test("the stack needs no custom resource, which would be one function more", () => {
  expect(deployedStack().text).not.toMatch(/Custom::|AWS::CloudFormation::CustomResource/);
});

function onlyOf(synthesized: Synthesized, type: string): [string, Resource] {
  const [found, ...others] = Object.entries(resources(synthesized, type));
  if (found === undefined || others.length > 0) throw new Error(`there is not one ${type}`);
  return found;
}
