import type { DeniedCall } from "./denied-call.ts";
import { reading, updating } from "./denied-relay-calls.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";
import { settings } from "./synthesize.ts";

const sessions = ({ table }: Deployment) => table;
const bySubject = ({ table }: Deployment) => `${table}/index/by-subject`;
const otherIndex = ({ table }: Deployment) => `${table}/index/by-handle`;
const revokeFunction = ({ functions }: Deployment) => functions.revoke;
const instance = arnOf("connect", `instance/${settings.instanceArn.replace(/^.*\//, "")}`);
const contact = `${instance}/contact/44444444-4444-4444-8444-444444444444`;
const closing = ({ relay }: Deployment, stage = "prod", method = "DELETE") =>
  arnOf("execute-api", `${relay?.apiId}/${stage}/${method}/@connections/L0SM9cOFvHcCIhw=`);

/** Calls that must be denied and have to do with the function that revokes, in either mode. */
// biome-ignore format: a table reads by its columns
export const deniedRevocationCalls: readonly DeniedCall[] = [
  ["every function", "lambda:InvokeFunction", revokeFunction, "only the owner ends the chats of others"],
  ["every function but revoke", "dynamodb:Query", bySubject, "whose chats are whose is asked by the owner alone"],
  ["every function", "dynamodb:Scan", bySubject, "nobody needs the subjects of all chats"],
  ["revoke", "dynamodb:Query", otherIndex, "an index of more than keys would show more"],
  ["revoke", "dynamodb:PutItem", sessions, "it ends sessions, and makes none"],
  ["revoke", "dynamodb:Scan", sessions, "the sweep sees which chats go on, and no whole session", reading("ALL_ATTRIBUTES", ["pk"])],
  ["revoke", "dynamodb:Scan", sessions, "the sweep never sees a hash", reading("SPECIFIC_ATTRIBUTES", ["pk", "hp"])],
  ["revoke", "dynamodb:Scan", sessions, "the sweep never sees a token, sealed either", reading("SPECIFIC_ATTRIBUTES", ["pk", "pt"])],
  ["revoke", "dynamodb:GetItem", sessions, "a whole session has hashes and sealed tokens", reading("ALL_ATTRIBUTES", ["pk"])],
  ["revoke", "dynamodb:GetItem", sessions, "it never sees the hash of a handle", reading("SPECIFIC_ATTRIBUTES", ["pk", "hp"])],
  ["revoke", "dynamodb:GetItem", sessions, "it never sees a participant token, sealed either", reading("SPECIFIC_ATTRIBUTES", ["pk", "pt"])],
  ["revoke", "dynamodb:GetItem", sessions, "it never sees a connection token, sealed either", reading("SPECIFIC_ATTRIBUTES", ["pk", "ct"])],
  ["revoke", "dynamodb:GetItem", sessions, "it never sees a key, wrapped either", reading("SPECIFIC_ATTRIBUTES", ["pk", "wc"])],
  ["revoke", "dynamodb:UpdateItem", sessions, "what it removes is not its to see", updating("ALL_OLD", ["pk", "pt"])],
  ["revoke", "dynamodb:UpdateItem", sessions, "the new item has hashes", updating("ALL_NEW", ["pk", "st"])],
  ["revoke", "dynamodb:UpdateItem", sessions, "another hash would be another handle", updating("NONE", ["pk", "hp"])],
  ["revoke", "dynamodb:UpdateItem", sessions, "a chat stays its subject's", updating("NONE", ["pk", "su"])],
  ["revoke", "connect:StartChatContact", `${instance}/contact-flow/${settings.contactFlows.support}`, "it ends chats, and starts none"],
  ["revoke", "connect:StartContactStreaming", instance, "it ends chats, and sends none anywhere"],
  ["revoke", "connect:StopContact", contact.replace("instance/1", "instance/9"), "contacts of another instance are not ours to stop"],
  ["revoke", "connect:StopContact", contact.replace("111122223333", "444455556666"), "contacts of another account are not ours to stop"],
];

/** Those that only the mode `relay` knows. */
// biome-ignore format: a table reads by its columns
export const deniedRevocationInRelay: readonly DeniedCall[] = [
  ["revoke", "execute-api:ManageConnections", (deployment) => closing(deployment, "prod", "GET"), "it closes sockets, and asks nothing of them"],
  ["revoke", "execute-api:ManageConnections", (deployment) => closing(deployment, "test"), "another stage has other people's sockets"],
];
