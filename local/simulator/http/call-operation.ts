import { accessDenied, ServiceError } from "../errors.ts";
import { connectRefusals, Input, participantRefusals } from "../input.ts";
import type { ConnectOperation, ParticipantOperation, ServiceRequest } from "../operations/operation.ts";
import type { LoggedRequest } from "../request-log.ts";
import type { Services } from "../services.ts";
import { parseJson } from "./read-body.ts";
import { requireSignature } from "./require-signature.ts";

type Call = { request: ServiceRequest; services: Services; entry: LoggedRequest };

/**
 * One call of the participant service, judged in this order: the token (403), the quota (429), the chat's end (403),
 * a repeated ClientToken (the first answer), the input (400). For DisconnectParticipant, which itself ends the chat,
 * the repeat goes before the end. `Authorization` is ignored: this service takes a bearer token only.
 */
export function callParticipant(operation: ParticipantOperation, { request, services, entry }: Call): object {
  const { tokens, quotas } = services;
  const token = String(request.headers["x-amz-bearer"] ?? "");
  entry.tokenKind = tokens.kindOf(token) ?? (token === "" ? "none" : "unknown");
  const caller = tokens.callerOf(token, operation.bearer);
  if (!caller) throw accessDenied();
  entry.contactId = caller.contact.contactId;
  quotas.count("participant", operation.name, caller.contact.instanceId);
  const isOver = caller.contact.status === "ENDED";
  if (isOver && !operation.repeatsAfterEnd) throw accessDenied();
  const body = parseBody(request);
  return once(operation, caller.participant.id, body, services, entry, function actForCaller() {
    if (isOver) throw accessDenied();
    return operation.run(new Input(body, participantRefusals), caller, services);
  });
}

/** One call of the Connect service: the signature's form (403), the quota (429), a repeated ClientToken, the input. */
export function callConnect(operation: ConnectOperation, { request, services, entry }: Call): object {
  requireSignature(request.headers);
  services.quotas.count("connect", operation.name, "account");
  const body = parseBody(request);
  const scope = textMember(body, "InstanceId") ?? "";
  noteContact(entry, body);
  const answer = once(operation, scope, body, services, entry, function actForAccount() {
    return operation.run(new Input(body, connectRefusals), services);
  });
  noteContact(entry, answer);
  return answer;
}

function noteContact(entry: LoggedRequest, message: unknown): void {
  const contactId = textMember(message, "ContactId");
  if (contactId !== undefined) entry.contactId = contactId;
}

function once(
  operation: { name: string; idempotent: boolean },
  scope: string,
  body: unknown,
  { idempotency }: Services,
  entry: LoggedRequest,
  act: () => object,
): object {
  const clientToken = textMember(body, "ClientToken");
  if (clientToken !== undefined) entry.ClientToken = clientToken;
  if (!operation.idempotent || !clientToken) return act();
  const key = JSON.stringify([scope, operation.name, clientToken]);
  const known = idempotency.recall(key);
  if (known) return known;
  const answer = act();
  idempotency.remember(key, answer);
  return answer;
}

function parseBody({ body }: ServiceRequest): unknown {
  return body.length === 0 ? {} : parseJson(body.toString());
}

function textMember(body: unknown, name: string): string | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const value: unknown = Object.entries(body).find(([key]) => key === name)?.[1];
  return typeof value === "string" ? value : undefined;
}

/** The error for a path that no operation has. */
export function unknownOperation(): ServiceError {
  return new ServiceError("UnknownOperationException", "Unknown operation");
}
