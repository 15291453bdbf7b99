import { relayAttributes } from "../../lambdas/relay/relay-rights.ts";
import { revocationAttributes } from "../../lambdas/revocation/revocation-rights.ts";
import type { ItemUpdate } from "../../lambdas/sessions/session-item.ts";
import { revocationFinished, revoked } from "../../lambdas/sessions/session-revocation.ts";
import { lastSocketClosed, socketsClosed } from "../../lambdas/sessions/session-sockets.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import { itemContext } from "./item-attributes.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";
import { settings } from "./synthesize.ts";

/** A call of the function that revokes: what for, and the call. */
export type RevocationCall = readonly [purpose: string, call: AwsCall];

const Key = { pk: { S: "44444444-4444-4444-8444-444444444444" } };
const now = 1_767_600_000_000;

/** Every update that a revocation makes on a session, in either mode and in the mode `relay`. */
const updates: Readonly<Record<string, ItemUpdate>> = {
  "ends a session": revoked(now, "an invocation"),
  "notes that nothing is left to do": revocationFinished(now),
};
const socketUpdates: Readonly<Record<string, ItemUpdate>> = {
  "forgets sockets": socketsClosed(["s"]),
  "starts the idle time as the last socket goes": lastSocketClosed({ ox: now }, now),
};

/** The calls of a revocation, of which no journey is recorded. */
export function revocationCallsIn({ table, relay }: Deployment): readonly RevocationCall[] {
  const instance = arnOf("connect", `instance/${settings.instanceArn.replace(/^.*\//, "")}`);
  const read = (attributes: readonly string[]) =>
    itemContext("GetItem", { Key, ProjectionExpression: attributes.join(", ") });
  return [
    ["stops a contact", { action: "connect:StopContact", resource: `${instance}/contact/${Key.pk.S}` }],
    [
      "sweeps all sessions",
      { action: "dynamodb:Scan", resource: table, context: read(revocationAttributes.swept) },
    ],
    ["finds a subject's sessions", { action: "dynamodb:Query", resource: `${table}/index/by-subject` }],
    [
      "looks whether a revocation is unfinished",
      { action: "dynamodb:GetItem", resource: table, context: read(["pk", "rv"]) },
    ],
    ...Object.entries({ ...updates, ...(relay && socketUpdates) }).map(
      ([purpose, update]): RevocationCall => {
        const context = itemContext("UpdateItem", { Key, ...update });
        return [purpose, { action: "dynamodb:UpdateItem", resource: table, context }];
      },
    ),
    ...(relay === undefined
      ? []
      : ([
          [
            "looks which sockets a chat has",
            { action: "dynamodb:GetItem", resource: table, context: read(relayAttributes.read) },
          ],
          ["forgets a socket", { action: "dynamodb:DeleteItem", resource: relay.table }],
          [
            "closes a socket",
            {
              action: "execute-api:ManageConnections",
              resource: arnOf("execute-api", `${relay.apiId}/prod/DELETE/@connections/L0SM9cOFvHcCIhw=`),
            },
          ],
        ] satisfies RevocationCall[])),
  ];
}
