import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import type { Publish } from "../../local/simulator/streaming/notification.ts";
import { ownerCredentials, place } from "./account.ts";

/** Publishes as Amazon Connect does, to the topics of the account at `endpoint`: the simulator's way to Amazon SNS. */
export function publishToTopic(endpoint: string): Publish {
  const topics = new SNSClient({ endpoint, region: place.region, credentials: ownerCredentials });
  return async (TopicArn, Message, attributes) => {
    const MessageAttributes = Object.fromEntries(
      Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: "String", StringValue }]),
    );
    await topics.send(new PublishCommand({ TopicArn, Message, MessageAttributes }));
  };
}
