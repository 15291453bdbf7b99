import type { DeniedCall } from "./denied-call.ts";
import type { CallContext } from "./evaluate-policy.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";

const sessions = ({ table }: Deployment) => table;
const relayTable = (deployment: Deployment) => relayOf(deployment).table;
const topic = (deployment: Deployment) => relayOf(deployment).topic;
const key = (deployment: Deployment) => relayOf(deployment).key;
const socket = (deployment: Deployment) => socketOf(relayOf(deployment).apiId);
const otherStage = (deployment: Deployment) => socketOf(relayOf(deployment).apiId, "test");
const relayFunction = ({ functions }: Deployment) => functions.relay;

/** Calls that must be denied and have to do with what the mode `relay` adds. */
// biome-ignore format: a table reads by its columns
export const deniedRelayCalls: readonly DeniedCall[] = [
  ["relay", "dynamodb:PutItem", sessions, "an item that is put replaces a session; only a start makes one"],
  ["relay", "dynamodb:GetItem", sessions, "a whole session has hashes and sealed tokens", reading("ALL_ATTRIBUTES", ["pk"])],
  ["relay", "dynamodb:GetItem", sessions, "a request that names nothing gets the whole session", reading("ALL_ATTRIBUTES", [])],
  ["relay", "dynamodb:GetItem", sessions, "it never sees the hash of a handle", reading("SPECIFIC_ATTRIBUTES", ["pk", "hp"])],
  ["relay", "dynamodb:GetItem", sessions, "it never sees the hash of a connection handle", reading("SPECIFIC_ATTRIBUTES", ["pk", "hc"])],
  ["relay", "dynamodb:GetItem", sessions, "it never sees a participant token, sealed either", reading("SPECIFIC_ATTRIBUTES", ["pk", "pt"])],
  ["relay", "dynamodb:GetItem", sessions, "it never sees a connection token, sealed either", reading("SPECIFIC_ATTRIBUTES", ["pk", "ct"])],
  ["relay", "dynamodb:GetItem", sessions, "it never sees a key, wrapped either", reading("SPECIFIC_ATTRIBUTES", ["pk", "wc"])],
  ["relay", "dynamodb:GetItem", sessions, "tickets are compared where they are kept", reading("SPECIFIC_ATTRIBUTES", ["pk", "tk"])],
  ["relay", "dynamodb:UpdateItem", sessions, "the old item has hashes and sealed tokens", updating("ALL_OLD", ["pk", "ox"])],
  ["relay", "dynamodb:UpdateItem", sessions, "the new item has hashes and sealed tokens", updating("ALL_NEW", ["pk", "ox"])],
  ["relay", "dynamodb:UpdateItem", sessions, "what it removes is not its to see", updating("UPDATED_OLD", ["pk", "pt"])],
  ["relay", "dynamodb:UpdateItem", sessions, "what it writes it knows", updating("UPDATED_NEW", ["pk", "so"])],
  ["relay", "dynamodb:UpdateItem", sessions, "another hash would be another handle", updating("NONE", ["pk", "hp"])],
  ["relay", "dynamodb:UpdateItem", sessions, "another hash would be another connection handle", updating("NONE", ["pk", "hc"])],
  ["relay", "dynamodb:UpdateItem", sessions, "generations are for those who hold a handle", updating("NONE", ["pk", "g"])],
  ["relay", "dynamodb:UpdateItem", sessions, "limits are for those who hold a handle", updating("NONE", ["pk", "t-message"])],

  ["every function but relay", "dynamodb:GetItem", relayTable, "who has sockets is the relay's business"],
  ["every function but relay", "dynamodb:PutItem", relayTable, "a false socket would hear a chat"],
  ["every function but relay", "dynamodb:UpdateItem", relayTable, "what was delivered is the relay's business"],
  ["every function but relay and revoke", "dynamodb:DeleteItem", relayTable, "who has sockets is the relay's business"],
  ["every function", "dynamodb:Scan", relayTable, "nobody needs the sockets of all chats"],
  ["every function", "dynamodb:Query", relayTable, "a socket is found by its key alone"],
  ["every function", "dynamodb:BatchWriteItem", relayTable, "a batch knows no conditions"],
  ["every function", "dynamodb:UpdateTimeToLive", relayTable, "it would keep for ever what is to be forgotten"],
  ["every function", "dynamodb:DeleteTable", relayTable, "one bug would close every socket"],

  ["every function but relay", "execute-api:ManageConnections", socket, "only the relay speaks to browsers by itself"],
  ["relay", "execute-api:ManageConnections", otherStage, "another stage has other people's sockets"],
  ["relay", "execute-api:ManageConnections", (deployment) => socket(deployment).replace("eu-west-2", "us-east-1"), "sockets of another Region are not ours"],
  ["relay", "execute-api:ManageConnections", (deployment) => socket(deployment).replace("111122223333", "444455556666"), "sockets of another account are not ours"],
  ["every function", "execute-api:InvalidateCache", (deployment) => socket(deployment).replace("@connections/", "orders/"), "the API is served, and not administered"],

  ["every function", "sns:Publish", topic, "only Amazon Connect says what was said"],
  ["every function", "sns:Subscribe", topic, "another subscriber would hear every chat"],
  ["every function", "sns:SetTopicAttributes", topic, "it would let others publish"],
  ["every function", "sns:SetSubscriptionAttributes", topic, "the filter keeps from customers what only agents may see"],
  ["every function", "sns:DeleteTopic", topic, "one bug would silence every chat"],
  ["every function", "kms:Decrypt", key, "SNS opens what it delivers by itself"],
  ["every function", "kms:Decrypt", key, "SNS opens what it delivers by itself, in nobody's name", { "kms:ViaService": "sns.eu-west-2.amazonaws.com" }],
  ["every function", "kms:GenerateDataKey", key, "only Amazon Connect publishes", { "kms:ViaService": "sns.eu-west-2.amazonaws.com" }],
  ["every function", "lambda:InvokeFunction", relayFunction, "what was said comes from Amazon Connect, and who speaks from a socket"],
];

function relayOf({ relay }: Deployment): NonNullable<Deployment["relay"]> {
  if (relay === undefined) throw new Error("there is no relay in the mode direct");
  return relay;
}

function socketOf(apiId: string, stage = "prod"): string {
  return arnOf("execute-api", `${apiId}/${stage}/POST/@connections/L0SM9cOFvHcCIhw=`);
}

/** Condition keys of a read. */
export function reading(select: string, attributes: readonly string[]): CallContext {
  return { "dynamodb:Select": select, "dynamodb:Attributes": attributes };
}

/** Condition keys of an update. */
export function updating(returnValues: string, attributes: readonly string[]): CallContext {
  return { "dynamodb:ReturnValues": returnValues, "dynamodb:Attributes": attributes };
}
