import type { ScheduledEvent } from "aws-lambda";

/** What EventBridge invokes a function with by a schedule. @param time milliseconds since the epoch */
export function scheduledEvent(id: string, time: number): ScheduledEvent {
  return {
    version: "0",
    id,
    "detail-type": "Scheduled Event",
    source: "aws.events",
    account: "000000000000",
    time: new Date(time).toISOString(),
    region: "us-east-1",
    resources: ["arn:aws:events:us-east-1:000000000000:rule/reaper"],
    detail: {},
  };
}
