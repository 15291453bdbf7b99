import type { SNSEvent, SNSMessage } from "aws-lambda";

/** A message as a topic delivers it. */
export interface PublishedMessage {
  readonly topicArn: string;
  readonly messageId: string;
  readonly message: string;
  readonly attributes: Readonly<Record<string, string>>;
  /** When it was published, in milliseconds since the epoch. */
  readonly time: number;
}

/** SNS writes a null where the published type of its event knows a missing member alone. */
type Notification = Omit<SNSMessage, "Subject"> & { readonly Subject: null };

/** The event of a message: one record, always. Its signature is nobody's, for Lambda's subscribers check none. */
export function toSnsEvent({ topicArn, messageId, message, attributes, time }: PublishedMessage): SNSEvent {
  const [, , , region = "us-east-1"] = topicArn.split(":");
  const sns = `https://sns.${region}.amazonaws.com`;
  const subscriptionArn = `${topicArn}:00000000-0000-4000-8000-000000000000`;
  const notification: Notification = {
    Type: "Notification",
    MessageId: messageId,
    TopicArn: topicArn,
    Subject: null,
    Message: message,
    Timestamp: new Date(time).toISOString(),
    SignatureVersion: "1",
    Signature: "local",
    SigningCertUrl: `${sns}/local.pem`,
    UnsubscribeUrl: `${sns}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`,
    MessageAttributes: Object.fromEntries(
      Object.entries(attributes).map(([name, value]) => [name, { Type: "String", Value: value }]),
    ),
  };
  const record = { EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscriptionArn };
  return { Records: [{ ...record, Sns: notification as unknown as SNSMessage }] };
}
