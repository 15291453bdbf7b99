import type { DeniedCall } from "./denied-call.ts";
import { reading, updating } from "./denied-relay-calls.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";
import { settings } from "./synthesize.ts";

const sessions = ({ table }: Deployment) => table;
const starts = (deployment: Deployment) => deployment.starts;
const failures = (deployment: Deployment) => deployment.failures;
const reaper = ({ functions }: Deployment) => functions.reaper;
const instance = arnOf("connect", `instance/${settings.instanceArn.replace(/^.*\//, "")}`);
const contact = `${instance}/contact/44444444-4444-4444-8444-444444444444`;

/** Calls that must be denied and have to do with the reaper, its table or its queue, in either mode. */
// biome-ignore format: a table reads by its columns
export const deniedReaperCalls: readonly DeniedCall[] = [
  ["every function but start-chat", "dynamodb:PutItem", starts, "only who starts a chat says so"],
  ["every function", "dynamodb:GetItem", starts, "a start is read by the write that it is in the way of"],
  ["every function", "dynamodb:Query", starts, "a start is found by its key alone"],
  ["every function but reaper", "dynamodb:Scan", starts, "nobody else needs the starts of others"],
  ["every function", "dynamodb:BatchWriteItem", starts, "a batch knows no conditions"],
  ["every function", "dynamodb:DeleteTable", starts, "what is recorded there would be left"],
  ["chat", "dynamodb:UpdateItem", starts, "it serves chats that were started"],
  ["connection", "dynamodb:UpdateItem", starts, "it serves chats that were started"],
  ["attachments", "dynamodb:UpdateItem", starts, "it serves chats that were started"],
  ["revoke", "dynamodb:UpdateItem", starts, "it ends chats, and starts none"],
  ["reaper", "dynamodb:Scan", starts, "a whole record has the answer of a start, sealed", reading("ALL_ATTRIBUTES", ["pk"])],
  ["reaper", "dynamodb:Scan", starts, "it never sees the answer of a start, sealed either", reading("SPECIFIC_ATTRIBUTES", ["pk", "an"])],
  ["reaper", "dynamodb:Scan", starts, "with Connect's ClientToken a start would be repeated", reading("SPECIFIC_ATTRIBUTES", ["pk", "u"])],
  ["reaper", "dynamodb:UpdateItem", starts, "the answer of a start is not its to change", updating("NONE", ["pk", "an"])],
  ["reaper", "dynamodb:UpdateItem", starts, "the new record has the answer of a start", updating("ALL_NEW", ["pk", "due"])],
  ["reaper", "dynamodb:DeleteItem", starts, "what it removes is not its to see", updating("ALL_OLD", ["pk", "n"])],
  ["reaper", "dynamodb:PutItem", sessions, "it ends sessions, and makes none"],
  ["reaper", "dynamodb:UpdateItem", sessions, "the new item has hashes", updating("ALL_NEW", ["pk", "st"])],
  ["reaper", "dynamodb:UpdateItem", sessions, "what it removes is not its to see", updating("ALL_OLD", ["pk", "pt"])],
  ["reaper", "dynamodb:UpdateItem", sessions, "another hash would be another handle", updating("NONE", ["pk", "hp"])],
  ["reaper", "dynamodb:UpdateItem", sessions, "how long a chat lasts is not its business", updating("NONE", ["pk", "ax"])],
  ["reaper", "connect:StartChatContact", `${instance}/contact-flow/${settings.contactFlows.support}`, "it ends what was started, and starts nothing"],
  ["reaper", "connect:StartContactStreaming", instance, "it ends what was started, and sends it nowhere"],
  ["reaper", "connect:StopContact", contact.replace("instance/1", "instance/9"), "contacts of another instance are not ours to stop"],
  ["reaper", "connect:StopContact", contact.replace("111122223333", "444455556666"), "contacts of another account are not ours to stop"],
  ["every function", "lambda:InvokeFunction", reaper, "the schedule alone runs the reaper"],
  ["every function but reaper", "sqs:SendMessage", failures, "what failed is for the reaper to say"],
  ["every function", "sqs:ReceiveMessage", failures, "failures are for the owner to read"],
  ["every function", "sqs:PurgeQueue", failures, "failures are for the owner to read"],
];
