import type { Account } from "./account.ts";
import { resourcesOf } from "./left-behind.ts";

/**
 * Takes the statement that refuses plain HTTP out of the policies of the stack's topic and bucket, and nothing else:
 * the emulator speaks no TLS, and checks. That the statements are there is asserted by test/infra/relay.test.ts and
 * quarantine-bucket.test.ts.
 */
export async function allowPlainHttp(account: Account): Promise<void> {
  const { topics, buckets } = account;
  for (const Bucket of await resourcesOf(account, "AWS::S3::Bucket")) {
    await buckets.deleteBucketPolicy({ Bucket }).promise();
  }
  for (const TopicArn of await resourcesOf(account, "AWS::SNS::Topic")) {
    const { Attributes = {} } = await topics.getTopicAttributes({ TopicArn }).promise();
    const policy = JSON.parse(Attributes["Policy"] ?? "{}") as Policy;
    const Statement = policy.Statement.filter(
      ({ Effect, Condition }) => Effect !== "Deny" || Condition?.Bool?.["aws:SecureTransport"] !== "false",
    );
    const AttributeValue = JSON.stringify({ ...policy, Statement });
    await topics.setTopicAttributes({ TopicArn, AttributeName: "Policy", AttributeValue }).promise();
  }
}

interface Policy {
  readonly Statement: readonly {
    readonly Effect: string;
    readonly Condition?: { readonly Bool?: Readonly<Record<string, string>> };
  }[];
}
