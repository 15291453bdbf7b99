import type { StartChatContactCommandInput } from "@aws-sdk/client-connect";
import * as z from "zod/mini";
import { invalid } from "../errors.ts";
import { clientToken, integer, list, text } from "../input/schemas.ts";
import { invalidMember, refuseLonger } from "../input/validate-input.ts";
import type { StartServices } from "../services.ts";
import type { StartSettings } from "../settings.ts";
import type { Principal } from "./principal.ts";

/** What a chat may carry (API reference, StartChatContact, SupportedMessagingContentTypes). */
const contentTypes = [
  "text/plain",
  "text/markdown",
  "application/json",
  "application/vnd.amazonaws.connect.message.interactive",
  "application/vnd.amazonaws.connect.message.interactive.response",
] as const;

/** Length of a chat for which the page names none, in minutes: Connect's own default, 25 hours. */
const defaultDurationMinutes = 1_500;

/** Largest sum of names and values, in UTF-8 bytes (API reference, StartChatContact, Attributes). */
const maximumAttributeBytes = 32_768;

/**
 * Members that would let a page reach past its own chat: another chat's transcript, another contact, a customer's
 * profile.
 */
const refused = [
  "PersistentChat",
  "RelatedContactId",
  "SourceContactId",
  "SegmentAttributes",
  "CustomerId",
] as const;

/** What a page may send: the request of AWS's start-chat sample. */
export const startInput = z.object({
  ContactFlowId: z.optional(text(1, 500)),
  ParticipantDetails: z.optional(z.object({ DisplayName: z.optional(text(1, 256)) })),
  Username: z.optional(text(1, 256)),
  Attributes: z.optional(z.record(text(1, 32_767), text(0, 32_767))),
  InitialMessage: z.optional(
    z.object({
      ContentType: z.enum(["text/plain", "text/markdown", "application/json"]),
      Content: text(1, 16_384),
    }),
  ),
  SupportedMessagingContentTypes: z.optional(list(z.enum(contentTypes), contentTypes.length)),
  ChatDurationInMinutes: z.optional(integer(60, 10_080)),
  ClientToken: clientToken,
  ...refusedMembers(),
});

/** A request that has the right shape. */
export type StartInput = z.infer<typeof startInput>;

/** A contact as Connect is asked for it, but for the instance and the ClientToken. */
export interface StartRequest
  extends Omit<
    StartChatContactCommandInput,
    "InstanceId" | "ClientToken" | "SupportedMessagingContentTypes"
  > {
  readonly ChatDurationInMinutes: number;
  readonly SupportedMessagingContentTypes: string[];
}

/**
 * The contact to ask Connect for. Flow ids and every other choice that is the owner's come from the settings: the
 * page cannot make them, nor set what is known of the principal.
 *
 * @throws {ChatError} 400 for what the page may not ask
 */
export function startRequest(
  services: Pick<StartServices, "settings" | "startSettings">,
  asked: StartInput,
  principal: Principal,
): StartRequest {
  const { startSettings } = services;
  refuseForbidden(asked);
  const displayName = asked.ParticipantDetails?.DisplayName ?? asked.Username;
  if (displayName === undefined) {
    throw invalidMember("InvalidInput", "ParticipantDetails.DisplayName", "Member must not be null");
  }
  return {
    ContactFlowId: flowId(startSettings, asked),
    ParticipantDetails: { DisplayName: displayName },
    Attributes: attributes(startSettings, asked, principal),
    ChatDurationInMinutes: duration(startSettings, asked),
    SupportedMessagingContentTypes: supportedTypes(asked),
    ...firstMessage(services, asked),
  };
}

function refusedMembers() {
  const present = z.optional(z.unknown());
  return Object.fromEntries(refused.map((name) => [name, present])) as Record<
    (typeof refused)[number],
    typeof present
  >;
}

function refuseForbidden(asked: StartInput): void {
  const name = refused.find((member) => asked[member] !== undefined);
  if (name !== undefined) throw invalid("NotSupported", `${name} is not supported by this API.`);
}

function flowId({ contactFlows, defaultContactFlow }: StartSettings, { ContactFlowId }: StartInput): string {
  const id = contactFlows.get(ContactFlowId ?? "") ?? contactFlows.get(defaultContactFlow ?? "");
  if (id === undefined) {
    throw invalidMember(
      "UnknownContactFlow",
      "ContactFlowId",
      "Member must be the alias of a configured flow",
    );
  }
  return id;
}

function attributes(
  { allowedAttributes }: StartSettings,
  { Attributes = {} }: StartInput,
  principal: Principal,
): Record<string, string> {
  const all = { ...Attributes, ...principal.attributes };
  const names = Object.keys(Attributes);
  const refusal = (reason: string, constraint: string) => invalidMember(reason, "Attributes", constraint);
  if (Buffer.byteLength(Object.entries(all).flat().join("")) > maximumAttributeBytes) {
    throw refusal("InvalidInput", `Member must have at most ${maximumAttributeBytes} bytes`);
  }
  if (!names.every((name) => /^[A-Za-z0-9_-]+$/.test(name))) {
    throw refusal("InvalidInput", "Map keys must be alphanumeric, - or _");
  }
  if (!names.every((name) => allowedAttributes.has(name))) {
    throw refusal(
      "AttributeNotAllowed",
      "Map keys must be attributes that the owner of this API allows (setting allowedAttributes)",
    );
  }
  return all;
}

function duration({ chatDurationMaxMinutes }: StartSettings, { ChatDurationInMinutes }: StartInput): number {
  const minutes = ChatDurationInMinutes ?? Math.min(defaultDurationMinutes, chatDurationMaxMinutes);
  if (minutes <= chatDurationMaxMinutes) return minutes;
  const constraint = `Member must have value less than or equal to ${chatDurationMaxMinutes}`;
  throw invalidMember("InvalidInput", "ChatDurationInMinutes", constraint);
}

function firstMessage(
  { settings }: Pick<StartServices, "settings">,
  asked: StartInput,
): Pick<StartInput, "InitialMessage"> {
  const { InitialMessage } = asked;
  if (InitialMessage === undefined) return {};
  refuseLonger("InitialMessage.Content", InitialMessage.Content, settings.messageMaxLength);
  if (supportedTypes(asked).includes(InitialMessage.ContentType)) return { InitialMessage };
  throw invalidMember(
    "InvalidInput",
    "InitialMessage.ContentType",
    "Member must be one of SupportedMessagingContentTypes",
  );
}

function supportedTypes({ SupportedMessagingContentTypes: types = ["text/plain"] }: StartInput) {
  if (types.includes("text/plain")) return [...new Set(types)];
  throw invalidMember("InvalidInput", "SupportedMessagingContentTypes", "Member must include text/plain");
}
