import type { IncomingHttpHeaders } from "node:http";
import type { Caller, TokenKind } from "../chat/token-store.ts";
import type { Input } from "../input.ts";
import type { Services } from "../services.ts";

/**
 * An operation of the participant service. The token is judged before it runs, so `caller` is always an active
 * participant of a chat that goes on.
 */
export type ParticipantOperation = {
  service: "participant";
  /** The SDK's name. */
  name: string;
  bearer: TokenKind;
  /** Whether a repeated ClientToken answers the first answer and does nothing. */
  idempotent: boolean;
  /** Whether such a repeat is answered even when the chat has ended. */
  repeatsAfterEnd?: true;
  /** Answers the operation's output or throws a `ServiceError`. */
  run(input: Input, caller: Caller, services: Services): object;
};

/** An operation of the Connect service. Its signature's form is judged before it runs. */
export type ConnectOperation = {
  service: "connect";
  /** The SDK's name. */
  name: string;
  /** Whether a repeated ClientToken answers the first answer and does nothing. */
  idempotent: boolean;
  /** Answers the operation's output or throws a `ServiceError`. */
  run(input: Input, services: Services): object;
};

/** What the operations' callers need of an HTTP request. */
export type ServiceRequest = { headers: IncomingHttpHeaders; body: Buffer };
