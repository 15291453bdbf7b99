import { relayAttributes } from "../../lambdas/relay/relay-rights.ts";
import type { FunctionName } from "../../lambdas/routes.ts";
import { ended } from "../../lambdas/sessions/session-end.ts";
import type { ItemUpdate } from "../../lambdas/sessions/session-item.ts";
import {
  lastSocketClosed,
  socketOpened,
  socketSubscribed,
  socketsClosed,
  ticketHeld,
  ticketsDropped,
} from "../../lambdas/sessions/session-sockets.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import { itemContext } from "./item-attributes.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";
import { settings } from "./synthesize.ts";

/** A call that only the mode `relay` makes: what for, by whom, and the call. */
export type RelayCall = readonly [purpose: string, name: FunctionName, call: AwsCall];

const Key = { pk: { S: "44444444-4444-4444-8444-444444444444" } };
const now = 1_767_600_000_000;
const socketTerms = { ticket: "t", socket: "s", now, openUntil: now, validFrom: 0, most: 5 };

/** Every update that the relay makes on a session. */
const updates: Readonly<Record<string, ItemUpdate>> = {
  "lets a socket in": socketOpened(socketTerms),
  "notes that a socket subscribed": socketSubscribed("s", now),
  "forgets sockets": socketsClosed(["s"]),
  "starts the idle time as the last socket goes": lastSocketClosed({ ox: now }, now),
  "asks whether a ticket would open a socket": ticketHeld("t"),
  "drops tickets that nobody used": ticketsDropped(["t"]),
  "ends a session": ended(now),
  "ends a session whose sockets know": ended(now, true),
};

/** The calls of the mode `relay` that no journey is recorded of. */
export function relayCallsIn({ table, relay }: Deployment): readonly RelayCall[] {
  if (relay === undefined) return [];
  const instance = arnOf("connect", `instance/${settings.instanceArn.replace(/^.*\//, "")}`);
  const streaming = { action: "connect:StartContactStreaming" };
  const names = relayAttributes.read.map((name) => [`#${name}`, name] as const);
  const read = {
    Key,
    ProjectionExpression: names.map(([alias]) => alias).join(", "),
    ExpressionAttributeNames: Object.fromEntries(names),
  };
  return [
    ["has a chat streamed, as the reference has it", "start-chat", { ...streaming, resource: instance }],
    [
      "has a chat streamed, as samples have it",
      "start-chat",
      { ...streaming, resource: `${instance}/contact/${Key.pk.S}` },
    ],
    [
      "looks which sockets a chat has",
      "relay",
      { action: "dynamodb:GetItem", resource: table, context: itemContext("GetItem", read) },
    ],
    ...Object.entries(updates).map(([purpose, update]): RelayCall => {
      const context = itemContext("UpdateItem", { Key, ...update });
      return [purpose, "relay", { action: "dynamodb:UpdateItem", resource: table, context }];
    }),
    ...["DeleteItem", "GetItem", "PutItem", "UpdateItem"].map(
      (operation): RelayCall => [
        `keeps its own table: ${operation}`,
        "relay",
        { action: `dynamodb:${operation}`, resource: relay.table },
      ],
    ),
    ...["DELETE", "GET", "POST"].map(
      (method): RelayCall => [
        `manages a socket: ${method}`,
        "relay",
        {
          action: "execute-api:ManageConnections",
          resource: arnOf("execute-api", `${relay.apiId}/prod/${method}/@connections/L0SM9cOFvHcCIhw=`),
        },
      ],
    ),
  ];
}
