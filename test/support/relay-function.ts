import { randomUUID } from "node:crypto";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { SNSEvent } from "aws-lambda";
import type { Clock } from "../../lambdas/clock.ts";
import { createRelayHandler, type RelayEvent } from "../../lambdas/relay/relay-handler.ts";
import { createRelayServices } from "../../lambdas/relay/relay-services.ts";
import type { SocketEvent, SocketResult } from "../../lambdas/relay/socket-event.ts";
import { lambdaContext } from "../../local/gateway/lambda-context.ts";
import { toSnsEvent } from "../../local/sns/sns-event.ts";
import { HurriedClock } from "./hurried-clock.ts";
import type { TestSettings, TestSystem } from "./test-system.ts";

/** Invokes a relay function; an invocation that Lambda repeats has the same `requestId`. */
export type RelayFunction = (event: RelayEvent, requestId?: string) => Promise<SocketResult>;

/** A container of its own of the relay function, on the tables of a system, under other settings or another clock. */
export function createRelayFunction(
  { clock, logs }: Pick<TestSystem, "clock" | "logs">,
  settings: TestSettings = {},
  ownClock: Clock = new HurriedClock(clock),
): RelayFunction {
  const substitutes = { clock: ownClock, log: logs.push.bind(logs) };
  const handler = createRelayHandler(createRelayServices({ ...process.env, ...settings }, substitutes));
  return (event, requestId = randomUUID()) => {
    const now = () => Date.now();
    return handler(event, lambdaContext({ functionName: "relay", requestId, deadline: now() + 20_000, now }));
  };
}

/** Somebody wants to open a socket. */
export function connectEvent(
  ticket: string | undefined,
  headers: Record<string, string> = {},
  connectionId: string = randomUUID(),
): SocketEvent {
  return {
    requestContext: { eventType: "CONNECT", connectionId },
    headers,
    ...(ticket !== undefined && { queryStringParameters: { ticket } }),
  };
}

/** Something was said on a socket. */
export function frameEvent(connectionId: string, body: string): SocketEvent {
  return { requestContext: { eventType: "MESSAGE", connectionId }, body };
}

/** A socket is gone. */
export function disconnectEvent(connectionId: string): SocketEvent {
  return { requestContext: { eventType: "DISCONNECT", connectionId } };
}

/** An item of a chat; its text is what makes it another than the last. */
export function chatItem(contactId: string, members: Readonly<Record<string, unknown>> = {}) {
  return {
    Id: randomUUID(),
    InitialContactId: contactId,
    ContactId: contactId,
    Type: "MESSAGE",
    ContentType: "text/plain",
    ...members,
  };
}

/** SNS brings an item, or any other text. */
export function itemEvent(item: object | string, visibility = "ALL"): SNSEvent {
  return toSnsEvent({
    topicArn: "arn:aws:sns:eu-central-1:111122223333:chat-stream",
    messageId: randomUUID(),
    message: typeof item === "string" ? item : JSON.stringify(item),
    attributes: { MessageVisibility: visibility },
    time: 0,
  });
}

/** Every item of a table of the system. */
export async function scanTable(tableName: string): Promise<Record<string, unknown>[]> {
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}));
  const { Items = [] } = await documents.send(new ScanCommand({ TableName: tableName }));
  documents.destroy();
  return Items;
}
