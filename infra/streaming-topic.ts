import { Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { SubscriptionFilter, Topic } from "aws-cdk-lib/aws-sns";
import { LambdaSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Construct } from "constructs";
import { streamingFilter } from "../lambdas/relay/streaming-filter.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import { acknowledge, findings } from "./acknowledged-findings.ts";
import type { ConnectInstance } from "./config.ts";
import { instanceArn } from "./connect-rights.ts";
import type { NodeFunction } from "./node-function.ts";

/** Properties of {@link StreamingTopic}. */
export interface StreamingTopicProps {
  readonly instance: ConnectInstance;
}

/**
 * The SNS topic that Amazon Connect publishes the items of our chats to, encrypted, for that one instance (Connect
 * administrator guide, "Enable real-time chat message streaming"). It stores nothing, so it goes with the stack.
 */
export class StreamingTopic extends Construct {
  readonly topic: Topic;
  readonly #instance: ConnectInstance;

  constructor(scope: Construct, id: string, { instance }: StreamingTopicProps) {
    super(scope, id);
    this.#instance = instance;
    const connect = new ServicePrincipal("connect.amazonaws.com");
    const ofInstance = {
      account: { "aws:SourceAccount": instance.account },
      arn: { "aws:SourceArn": instanceArn(instance) },
    };
    // A key of AWS's own could not be used by Amazon Connect: its policy knows the account's principals alone.
    const masterKey = new Key(this, "Key", {
      description: "Connect chat on its way to the relay",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
      pendingWindow: Duration.days(7),
    });
    // IfExists: no document says that Connect's calls reach KMS with these two keys, and without them every item would
    // be lost. Whoever gets past this statement is still stopped by the topic's policy, which demands both.
    masterKey.addToResourcePolicy(
      new PolicyStatement({
        principals: [connect],
        actions: ["kms:Decrypt", "kms:GenerateDataKey*"],
        resources: ["*"],
        conditions: { StringEqualsIfExists: ofInstance.account, ArnEqualsIfExists: ofInstance.arn },
      }),
    );
    this.topic = new Topic(this, "Topic", { masterKey, enforceSSL: true });
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [connect],
        actions: ["sns:Publish"],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: ofInstance.account, ArnEquals: ofInstance.arn },
      }),
    );
  }

  /**
   * Gives a function the right to have chats streamed, and tells it where to. The Service Authorization Reference
   * judges StartContactStreaming on the instance, samples of AWS's grant it on the contact: it is granted on both, of
   * the one instance.
   */
  grantUse({ lambda }: NodeFunction): void {
    const instance = instanceArn(this.#instance);
    lambda.addEnvironment(settingNames.streamingTopicArn, this.topic.topicArn);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ["connect:StartContactStreaming"],
        resources: [instance, `${instance}/contact/*`],
      }),
    );
  }

  /**
   * Delivers the items that a customer may see. What fails is tried twice more, within five minutes: later, pages
   * have read it from the transcript. There is no dead-letter queue: it would keep what visitors wrote.
   */
  deliverTo({ lambda }: NodeFunction): void {
    const filterPolicy = Object.fromEntries(
      Object.entries(streamingFilter).map(([attribute, values]) => [
        attribute,
        SubscriptionFilter.stringFilter({ allowlist: [...values] }),
      ]),
    );
    this.topic.addSubscription(new LambdaSubscription(lambda, { filterPolicy }));
    lambda.configureAsyncInvoke({ retryAttempts: 2, maxEventAge: Duration.minutes(5) });
    acknowledge(lambda, findings.noDeadLetters);
  }
}
