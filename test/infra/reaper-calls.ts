import { reaperAttributes } from "../../lambdas/reaper/reaper-rights.ts";
import { sessionPrevented, startUndone } from "../../lambdas/sessions/session-start.ts";
import {
  finished,
  isAttempt,
  isPastRepeating,
  isStillWithoutContact,
} from "../../lambdas/start/start-record.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import { itemContext } from "./item-attributes.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";
import { settings } from "./synthesize.ts";

/** A call of the reaper: what for, and the call. */
export type ReaperCall = readonly [purpose: string, call: AwsCall];

const Key = { pk: { S: "44444444-4444-4444-8444-444444444444" } };
const now = 1_767_600_000_000;

/** The calls of the reaper, of which no journey is recorded. */
export function reaperCallsIn({ table, starts, failures }: Deployment): readonly ReaperCall[] {
  const instance = arnOf("connect", `instance/${settings.instanceArn.replace(/^.*\//, "")}`);
  const search = {
    ProjectionExpression: reaperAttributes.swept.join(", "),
    FilterExpression: "due <= :now OR (attribute_not_exists(due) AND rx <= :now)",
  };
  const on = (operation: string, resource: string, members: object): AwsCall => ({
    action: `dynamodb:${operation}`,
    resource,
    context: itemContext(operation, operation === "Scan" ? { ...members } : { Key, ...members }),
  });
  return [
    ["searches the starts", on("Scan", starts, search)],
    ["forgets a start", on("DeleteItem", starts, isStillWithoutContact("n", now))],
    ["forgets an answer that is past repeating", on("DeleteItem", starts, isPastRepeating("n", now))],
    ["removes what is done", on("DeleteItem", starts, isAttempt("n"))],
    ["closes a start", on("UpdateItem", starts, finished("n", now))],
    ["keeps a session from being created", on("UpdateItem", table, sessionPrevented(now))],
    ["ends a session that is nobody's", on("UpdateItem", table, startUndone(now))],
    ["stops a contact", { action: "connect:StopContact", resource: `${instance}/contact/${Key.pk.S}` }],
    ["leaves word of a run that failed", { action: "sqs:SendMessage", resource: failures }],
  ];
}
