import { randomUUID } from "node:crypto";
import type { SNSEvent } from "aws-lambda";
import { streamingFilter } from "../../lambdas/relay/streaming-filter.ts";
import { functionTimeouts } from "../../lambdas/routes.ts";
import { type GatewayClock, machineClock } from "../gateway/clock.ts";
import { type Invoke, invokeInTime } from "../gateway/invoke-in-time.ts";
import { toSnsEvent } from "./sns-event.ts";

/** Attributes of a message, all of type String. */
export type MessageAttributes = Readonly<Record<string, string>>;

/** What a topic is made of. */
export interface LocalTopicOptions {
  readonly invoke: Invoke<"relay", SNSEvent>;
  /** Default: the machine's clock. */
  readonly clock?: GatewayClock;
  /** Told the last error of a message that was given up. */
  readonly onFailure: (functionName: "relay", error: unknown) => void;
}

/** An SNS topic with one subscription: the relay function's, under {@link streamingFilter}. */
export interface LocalTopic {
  /** Accepts a message. Resolves before it is delivered, as SNS does. */
  publish(topicArn: string, message: string, attributes: MessageAttributes): Promise<void>;
  /** Stops retries and waits for nothing. */
  close(): void;
}

/**
 * Waits before the second and the third try, in milliseconds. Lambda waits one and two minutes, which would help no
 * one here.
 */
const retryDelaysMs = [1_000, 2_000];

/**
 * Makes a topic that invokes the relay function as SNS and Lambda's asynchronous invocation do: an event that failed is
 * tried twice more (after 1 and 2 seconds, where Lambda takes minutes) and then given up. Messages have no order.
 */
export function createLocalTopic({ invoke, clock = machineClock, onFailure }: LocalTopicOptions): LocalTopic {
  const closing = new AbortController();
  const timeouts = { lambda: functionTimeouts.relay.lambda };

  async function deliver(event: SNSEvent, requestId: string): Promise<void> {
    for (let attempt = 0; !closing.signal.aborted; attempt++) {
      const outcome = await invokeInTime(
        invoke,
        { functionName: "relay", event, requestId, timeouts },
        clock,
      );
      const delay = retryDelaysMs[attempt];
      if (outcome.kind === "answered" || closing.signal.aborted) {
        return;
      }
      if (delay === undefined) {
        return onFailure("relay", outcome.error);
      }
      await clock.sleep(delay, closing.signal).catch(() => {});
    }
  }

  return {
    publish: async (topicArn, message, attributes) => {
      if (passesFilter(attributes) && !closing.signal.aborted) {
        const messageId = randomUUID();
        const event = toSnsEvent({ topicArn, messageId, message, attributes, time: clock.now() });
        void deliver(event, messageId);
      }
    },
    close: () => closing.abort(),
  };
}

/** Every attribute of the policy must be there, with one of its values. */
function passesFilter(attributes: MessageAttributes): boolean {
  return Object.entries(streamingFilter).every(([name, values]) =>
    values.some((value) => value === attributes[name]),
  );
}
