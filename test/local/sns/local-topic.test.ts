import type { Context, SNSEvent } from "aws-lambda";
import { beforeEach, describe, expect, test } from "vitest";
import { createLocalTopic, type LocalTopic } from "../../../local/sns/local-topic.ts";
import { ManualClock } from "../gateway/manual-clock.ts";

const topicArn = "arn:aws:sns:eu-west-2:000000000000:chat-stream";
const visible = { MessageVisibility: "ALL" };

let clock: ManualClock;
let seen: { event: SNSEvent; context: Context }[];
let failures: string[];

beforeEach(() => {
  clock = new ManualClock();
  seen = [];
  failures = [];
});

function createTopic(behaviour: () => Promise<unknown>): LocalTopic {
  return createLocalTopic({
    clock,
    invoke: (_name, event, context) => {
      seen.push({ event, context });
      return behaviour();
    },
    onFailure: (name, error) => failures.push(`${name}: ${error}`),
  });
}

describe("a message", () => {
  test("is delivered as the event SNS gives to Lambda, member by member", async () => {
    const topic = createTopic(() => Promise.resolve());
    await topic.publish(topicArn, '{"Type":"MESSAGE"}', { MessageVisibility: "CUSTOMER", ContactId: "c" });
    expect(seen[0]?.event).toEqual({
      Records: [
        {
          EventSource: "aws:sns",
          EventVersion: "1.0",
          EventSubscriptionArn: expect.stringMatching(new RegExp(`^${topicArn}:[0-9a-f-]{36}$`)),
          Sns: {
            Type: "Notification",
            MessageId: expect.stringMatching(/^[0-9a-f-]{36}$/),
            TopicArn: topicArn,
            Subject: null,
            Message: '{"Type":"MESSAGE"}',
            Timestamp: "2026-04-09T12:34:56.789Z",
            SignatureVersion: "1",
            Signature: expect.any(String),
            SigningCertUrl: expect.stringMatching(/^https:\/\/sns\.eu-west-2\./),
            UnsubscribeUrl: expect.stringMatching(/^https:\/\/sns\.eu-west-2\./),
            MessageAttributes: {
              MessageVisibility: { Type: "String", Value: "CUSTOMER" },
              ContactId: { Type: "String", Value: "c" },
            },
          },
        },
      ],
    });
    expect(seen[0]?.context.awsRequestId).toBe(seen[0]?.event.Records[0]?.Sns.MessageId);
    expect(seen[0]?.context.getRemainingTimeInMillis()).toBe(20_000);
  });

  test.each([
    ["of visibility ALL", { MessageVisibility: "ALL" }, 1],
    ["of visibility CUSTOMER", { MessageVisibility: "CUSTOMER" }, 1],
    ["of visibility AGENT", { MessageVisibility: "AGENT" }, 0],
    ["of a visibility in other letters", { MessageVisibility: "all" }, 0],
    ["without a visibility", { ContactId: "c" }, 0],
  ])("%s is delivered %o → %i times", async (_what, attributes, times) => {
    const topic = createTopic(() => Promise.resolve());
    await topic.publish(topicArn, "{}", attributes as Record<string, string>);
    expect(seen).toHaveLength(times);
  });

  test("is accepted before the function has ended", async () => {
    const topic = createTopic(() => new Promise(() => {}));
    await topic.publish(topicArn, "{}", visible);
    await topic.publish(topicArn, "{}", visible);
    expect(seen).toHaveLength(2);
  });
});

describe("a message the function fails on", () => {
  const fail = () => Promise.reject(new Error("no table"));

  test("is tried again after one and after two seconds, the same each time, then given up", async () => {
    const topic = createTopic(fail);
    await topic.publish(topicArn, "{}", visible);
    await clock.advance(0);
    expect(clock.pending).toEqual([1_000]);
    await clock.advance(1_000);
    expect(seen).toHaveLength(2);
    expect(clock.pending).toEqual([2_000]);
    expect(failures).toEqual([]);
    await clock.advance(2_000);
    expect(seen.map(({ event }) => event)).toEqual(Array(3).fill(seen[0]?.event));
    expect(new Set(seen.map(({ context }) => context.awsRequestId)).size).toBe(1);
    expect(failures).toEqual(["relay: Error: no table"]);
    expect(clock.pending).toEqual([]);
  });

  test("once is done when the second try succeeds", async () => {
    const topic = createTopic(() => (seen.length === 1 ? fail() : Promise.resolve()));
    await topic.publish(topicArn, "{}", visible);
    await clock.advance(0);
    await clock.advance(1_000);
    expect(seen).toHaveLength(2);
    expect(clock.pending).toEqual([]);
    expect(failures).toEqual([]);
  });

  test("by not ending is tried again when Lambda has stopped it", async () => {
    const topic = createTopic(() => (seen.length === 1 ? new Promise(() => {}) : Promise.resolve()));
    await topic.publish(topicArn, "{}", visible);
    await clock.advance(20_000);
    await clock.advance(1_000);
    expect(seen).toHaveLength(2);
  });

  test("is not tried again once the topic is closed, nor is a new one taken", async () => {
    const topic = createTopic(fail);
    await topic.publish(topicArn, "{}", visible);
    await clock.advance(0);
    topic.close();
    await clock.advance(1_000);
    await topic.publish(topicArn, "{}", visible);
    expect(seen).toHaveLength(1);
    expect(failures).toEqual([]);
  });
});
