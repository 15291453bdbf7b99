import type { DeniedCall } from "./denied-call.ts";
import { arnOf } from "./resolve-template.ts";
import { settings } from "./synthesize.ts";

const id = settings.instanceArn.replace(/^.*\//, "");
const instance = arnOf("connect", `instance/${id}`);
const supportFlow = `${instance}/contact-flow/${settings.contactFlows.support}`;
const contact = `${instance}/contact/44444444-4444-4444-8444-444444444444`;
const agent = `${instance}/agent/55555555-5555-4555-8555-555555555555`;
const otherInstance = instance.replace(id, "99999999-9999-4999-8999-999999999999");

/** Calls of Amazon Connect that must be denied, in either mode. */
// biome-ignore format: a table reads by its columns
export const deniedConnectCalls: readonly DeniedCall[] = [
  ["chat", "connect:StartChatContact", supportFlow, "it serves chats that were started, and starts none"],
  ["connection", "connect:StartChatContact", supportFlow, "it hands out connections to chats that were started"],
  ["attachments", "connect:StartChatContact", supportFlow, "it moves the files of chats that were started"],
  ["chat", "connect:StopContact", contact, "it disconnects its own participant, and stops nobody's contact"],
  ["connection", "connect:StopContact", contact, "an end is no business of connections"],
  ["attachments", "connect:StopContact", contact, "an end is no business of files"],
  ["connection", "connect:StartContactStreaming", instance, "it sends no chat anywhere else"],
  ["chat", "connect:StartContactStreaming", instance, "it sends no chat anywhere else"],
  ["attachments", "connect:StartContactStreaming", instance, "it sends no chat anywhere else"],
  ["start-chat", "connect:StartContactStreaming", otherInstance, "the chats of another instance are not ours to hear"],
  ["every function", "connect:StopContactStreaming", instance, "a chat that goes on has somebody who listens"],
  ["start-chat", "connect:StartChatContact", `${instance}/contact-flow/77777777-7777-4777-8777-777777777777`, "the owner did not list this flow"],
  ["start-chat", "connect:StartChatContact", contact, "a chat that goes on from another's contact would show its transcript"],
  ["start-chat", "connect:StartChatContact", supportFlow.replace(instance, otherInstance), "another instance is not ours, even with a flow of the same id"],
  ["start-chat", "connect:StartChatContact", supportFlow.replace("111122223333", "444455556666"), "another account is not ours"],
  ["start-chat", "connect:StartChatContact", supportFlow.replace("eu-west-2", "us-east-1"), "the instance lives in one Region"],
  ["start-chat", "connect:StopContact", contact.replace(instance, otherInstance), "contacts of another instance are not ours to stop"],
  ["start-chat", "connect:StopContact", contact.replace("111122223333", "444455556666"), "contacts of another account are not ours to stop"],
  ["every function", "connect:StartOutboundVoiceContact", "*", "calls cost money and reach people who never asked"],
  ["every function", "connect:StartOutboundChatContact", supportFlow, "nobody is written to who did not start a chat"],
  ["every function", "connect:StartTaskContact", supportFlow, "agents' work lists are not for visitors to fill"],
  ["every function", "connect:CreateParticipant", contact, "nobody joins the chat of others"],
  ["every function", "connect:DescribeContact", contact, "what Connect knows of a contact is for agents"],
  ["every function", "connect:GetContactAttributes", contact, "attributes hold what the company knows of a customer"],
  ["every function", "connect:UpdateContactAttributes", contact, "attributes are set at the start and by flows"],
  ["every function", "connect:TransferContact", contact, "flows and agents decide where a chat goes"],
  ["every function", "connect:SearchContacts", instance, "the chats of others are no business of a proxy"],
  ["every function", "connect:ListContactFlows", `${instance}/contact-flow/*`, "flows are listed in the settings, and not looked for"],
  ["every function", "connect:DescribeContactFlow", supportFlow, "a flow shows how the company works"],
  ["every function", "connect:UpdateContactFlowContent", supportFlow, "a flow decides what happens to every customer"],
  ["every function", "connect:DescribeInstance", instance, "the settings say all that is needed of the instance"],
  ["every function", "connect:ListUsers", instance, "agents' names are no business of a proxy"],
  ["every function", "connect:DescribeUser", agent, "agents' names are no business of a proxy"],
  ["every function", "connect:GetFederationToken", instance, "it would sign in to Connect's own console"],
];

/** Those that only the mode `direct` denies. */
// biome-ignore format: a table reads by its columns
export const deniedInDirect: readonly DeniedCall[] = [
  ["start-chat", "connect:StartContactStreaming", instance, "browsers hear Connect themselves, and nobody else does"],
];

/** Those of the function that only the mode `relay` has. */
// biome-ignore format: a table reads by its columns
export const deniedToRelay: readonly DeniedCall[] = [
  ["relay", "connect:StartChatContact", supportFlow, "it passes on what is said, and starts nothing"],
  ["relay", "connect:StopContact", contact, "it closes sockets, and stops nobody's contact"],
  ["relay", "connect:StartContactStreaming", instance, "it hears what it is sent, and asks for no more"],
];
