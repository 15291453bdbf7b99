import {
  type ConnectionCredentials,
  ConnectParticipantClient,
  CreateParticipantConnectionCommand,
  type CreateParticipantConnectionCommandInput,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type Websocket,
} from "@aws-sdk/client-connectparticipant";
import type { Clock } from "../clock.ts";
import { noteUpstreamCalls } from "../upstream-calls.ts";
import { noSignature } from "./no-signature.ts";
import { type ParticipantCommand, prepareRequest } from "./prepare-request.ts";
import { RetryBudget } from "./retry-budget.ts";
import { createUpstream } from "./upstream.ts";
import { fromParticipantService } from "./upstream-errors.ts";

/** Amazon Connect's Participant Service. Every failure it throws is a {@link ChatError}. */
export interface ParticipantService {
  /**
   * Makes the request of a command ready, while its token is still waited for.
   *
   * @param command makes it, without a token; every try of it sends the same input: it names its ClientToken
   */
  prepare<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: () => ParticipantCommand<Input, Output>,
    signal: AbortSignal,
  ): PreparedCall<Output>;
  /**
   * Sends one command, and again while Connect throttles or fails: for calls whose quota is two a second. Five
   * further tries of a container, and as many more as calls come to an end: one chat that repeats an upload while
   * Connect throttles must not take the quota of all.
   */
  sendPatiently<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: ParticipantCommand<Input, Output>,
    signal: AbortSignal,
  ): Promise<Output>;
  /**
   * CreateParticipantConnection, with patience: throttling and failures are retried until `signal` aborts, because
   * chat clients end the chat when this operation fails.
   *
   * @param mostPauseMs less patience, in milliseconds; with 0 it is tried once
   */
  createParticipantConnection(
    input: Omit<CreateParticipantConnectionCommandInput, "ParticipantToken">,
    participantToken: string,
    signal: AbortSignal,
    mostPauseMs?: number,
  ): Promise<IssuedConnection>;
}

/** A call that waits for its token alone. */
export interface PreparedCall<Output> {
  /** Sends it, and once more where Connect throttles or fails. May be repeated, with another token. */
  readonly send: (token: string) => Promise<Output>;
}

/** What CreateParticipantConnection issued: each part where it was asked for. */
export interface IssuedConnection {
  readonly websocket: Websocket | undefined;
  /** `expiresAt` in milliseconds since the epoch. */
  readonly credentials: { readonly value: string; readonly expiresAt: number } | undefined;
}

/**
 * Pauses that fit into the 8 s which a connection may take, and twice into the 24 s of an upload with its bytes, in
 * milliseconds.
 */
const patienceMs = 7_000;

/** Milliseconds to connect, and to wait for an answer. Without the last option the SDK would only warn. */
const requestHandler = { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true };

/**
 * A client of the service in the Region of the function, or wherever AWS_ENDPOINT_URL_CONNECTPARTICIPANT points. It
 * tries once, and signs nothing.
 */
export function createParticipantClient(): ConnectParticipantClient {
  return new ConnectParticipantClient({ requestHandler, maxAttempts: 1, ...noSignature });
}

/** The service, for one container. */
export function createParticipantService(clock: Clock): ParticipantService {
  const client = createParticipantClient();
  noteUpstreamCalls(client);
  const upstream = createUpstream(clock);
  const furtherTries = new RetryBudget();
  const attempting =
    <Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
      command: ParticipantCommand<Input, Output>,
      abortSignal: AbortSignal,
    ) =>
    () =>
      answering(client.send(command, { abortSignal }));
  return {
    prepare: (makeCommand, signal) => {
      const command = makeCommand();
      const ready = [prepareRequest(client, command, signal)];
      return {
        send: (token) => {
          const attempt = () => {
            const send = ready.pop() ?? prepareRequest(client, makeCommand(), signal);
            return answering(send(token));
          };
          return upstream.call(command.constructor, attempt, signal);
        },
      };
    },
    sendPatiently: (command, signal) =>
      upstream.callPatiently(attempting(command, signal), patienceMs, signal, furtherTries),
    createParticipantConnection: async (input, ParticipantToken, signal, mostPauseMs = patienceMs) => {
      const command = new CreateParticipantConnectionCommand({
        ...input,
        ParticipantToken,
      });
      const attempt = attempting(command, signal);
      const { Websocket, ConnectionCredentials } = await upstream.callPatiently(attempt, mostPauseMs, signal);
      return { websocket: Websocket, credentials: credentialsOf(ConnectionCredentials) };
    },
  };
}

async function answering<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw fromParticipantService(error);
  }
}

function credentialsOf(issued: ConnectionCredentials | undefined) {
  const expiresAt = Date.parse(issued?.Expiry ?? "");
  if (issued?.ConnectionToken === undefined || Number.isNaN(expiresAt)) return undefined;
  return { value: issued.ConnectionToken, expiresAt };
}
