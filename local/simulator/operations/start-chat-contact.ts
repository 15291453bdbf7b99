import { randomUUID } from "node:crypto";
import type { Contact, Participant } from "../chat/contact.ts";
import { messageTypeLimits, supportableTypes } from "../chat/content-types.ts";
import { ServiceError } from "../errors.ts";
import type { Input } from "../input.ts";
import type { Services } from "../services.ts";
import type { Switches } from "../switches.ts";
import type { ConnectOperation } from "./operation.ts";

/** Bytes of all attribute names and values together (API reference, StartChatContact). */
const longestAttributes = 32_768;

/** Default ChatDurationInMinutes: 25 hours. */
const defaultDurationInMinutes = 1500;

/**
 * StartChatContact: a contact that waits for its customer, and ends if nobody connects within five minutes.
 * PersistentChat, RelatedContactId, SegmentAttributes and CustomerId are accepted and change nothing.
 */
export const startChatContact: ConnectOperation = {
  service: "connect",
  name: "StartChatContact",
  idempotent: true,
  run(input, services) {
    const { contacts, quotas, switches, tokens, chats } = services;
    input.optionalText("ClientToken", { max: 500 });
    const contact = readContact(input);
    requireKnown(contact, switches);
    quotas.checkConcurrentChats(() => contacts.countActive(contact.instanceId));
    contacts.add(contact);
    const { customer, initialMessage } = contact;
    if (initialMessage) chats.say(contact, customer, initialMessage.ContentType, initialMessage.Content);
    planTheEnd(contact, services);
    return {
      ContactId: contact.contactId,
      ParticipantId: customer.id,
      ParticipantToken: tokens.issueParticipantToken({ contact, participant: customer }),
    };
  },
};

function readContact(input: Input): Contact {
  const contactId = randomUUID();
  const types = readContentTypes(input);
  const customer: Participant = {
    id: randomUUID(),
    role: "CUSTOMER",
    displayName: input.structure("ParticipantDetails").text("DisplayName", { min: 1, max: 256 }),
    state: "invited",
  };
  return {
    contactId,
    initialContactId: contactId,
    instanceId: input.text("InstanceId", { min: 1, max: 100 }),
    contactFlowId: input.text("ContactFlowId", { min: 1, max: 500 }),
    attributes: readAttributes(input),
    initialMessage: readInitialMessage(input, types),
    chatDurationInMinutes:
      input.optionalWholeNumber("ChatDurationInMinutes", { min: 60, max: 10_080 }) ??
      defaultDurationInMinutes,
    supportedMessagingContentTypes: types,
    status: "WAITING",
    endedReason: undefined,
    customer,
    participants: [customer],
    transcript: [],
    agentOnlyItems: [],
    attachments: new Map(),
    streamings: [],
    takenOver: false,
  };
}

function readContentTypes(input: Input): string[] {
  const types = input.optionalTexts("SupportedMessagingContentTypes", {}) ?? ["text/plain"];
  if (types.some((type) => !supportableTypes.includes(type))) {
    throw input.refuse("SupportedMessagingContentTypes", "Member must be a supported content type");
  }
  if (!types.includes("text/plain")) {
    throw input.refuse("SupportedMessagingContentTypes", "Member must contain text/plain");
  }
  return types;
}

function readAttributes(input: Input): Record<string, string> {
  const attributes = input.optionalStructure("Attributes")?.asTexts() ?? {};
  const names = Object.keys(attributes);
  if (!names.every((name) => /^[A-Za-z0-9_-]+$/.test(name))) {
    throw input.refuse("Attributes", "Keys can include only alphanumeric, dash, and underscore characters");
  }
  const bytes = Buffer.byteLength(names.join("") + Object.values(attributes).join(""));
  if (bytes > longestAttributes) {
    throw input.refuse("Attributes", `Member must have at most ${longestAttributes} bytes in UTF-8`);
  }
  return attributes;
}

function readInitialMessage(input: Input, types: string[]): Contact["initialMessage"] {
  const message = input.optionalStructure("InitialMessage");
  if (!message) return undefined;
  const ContentType = message.text("ContentType", { min: 1, max: 100 });
  if (!types.includes(ContentType) || messageTypeLimits[ContentType] === undefined) {
    throw message.refuse("ContentType", "Member must be one of the contact's content types");
  }
  return { ContentType, Content: message.text("Content", { min: 1, max: 16_384 }) };
}

function requireKnown(contact: Contact, { knownInstances, knownFlows }: Switches): void {
  if (knownInstances && !knownInstances.includes(contact.instanceId)) {
    throw new ServiceError("ResourceNotFoundException", "Instance not found");
  }
  if (knownFlows && !knownFlows.includes(contact.contactFlowId)) {
    throw new ServiceError("ResourceNotFoundException", "Contact flow not found");
  }
}

function planTheEnd(contact: Contact, { chats, switches, timeline }: Services): void {
  timeline.after(switches.connectWithinSeconds * 1000, function endUnlessConnected() {
    if (contact.status === "WAITING") chats.end(contact, "nobody connected in time");
  });
  timeline.after(contact.chatDurationInMinutes * 60_000, function endAfterItsDuration() {
    chats.end(contact, "the chat's duration has passed");
  });
}
