import {
  type $Command,
  type ConnectionCredentials,
  ConnectParticipantClient,
  type ConnectParticipantClientResolvedConfig,
  CreateParticipantConnectionCommand,
  type CreateParticipantConnectionCommandInput,
  type ServiceInputTypes,
  type ServiceOutputTypes,
  type Websocket,
} from "@aws-sdk/client-connectparticipant";
import type { Clock } from "../clock.ts";
import { noteUpstreamCalls } from "../upstream-calls.ts";
import { createUpstream } from "./upstream.ts";
import { fromParticipantService } from "./upstream-errors.ts";

/** Amazon Connect's Participant Service. Every failure it throws is a {@link ChatError}. */
export interface ParticipantService {
  /** Sends one command, and once more where Connect throttles or fails. Every try of it sends the same input: it names its ClientToken. */
  send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: $Command<Input, Output, ConnectParticipantClientResolvedConfig>,
    signal: AbortSignal,
  ): Promise<Output>;
  /** Sends one command, and again while Connect throttles or fails: for calls whose quota is two a second. */
  sendPatiently<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: $Command<Input, Output, ConnectParticipantClientResolvedConfig>,
    signal: AbortSignal,
  ): Promise<Output>;
  /**
   * CreateParticipantConnection, with patience: throttling and failures are retried until `signal` aborts, because
   * chat clients end the chat when this operation fails.
   */
  createParticipantConnection(
    input: Omit<CreateParticipantConnectionCommandInput, "ParticipantToken">,
    participantToken: string,
    signal: AbortSignal,
  ): Promise<IssuedConnection>;
}

/** What CreateParticipantConnection issued: each part where it was asked for. */
export interface IssuedConnection {
  readonly websocket: Websocket | undefined;
  /** `expiresAt` in milliseconds since the epoch. */
  readonly credentials: { readonly value: string; readonly expiresAt: number } | undefined;
}

/** Pauses that fit into the 8 s which a connection may take, and twice into the 24 s of an upload with its bytes, in milliseconds. */
const patienceMs = 7_000;

/** Milliseconds to connect, and to wait for an answer. Without the last option the SDK would only warn. */
const requestHandler = { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true };

/**
 * The service in the Region of the function, or wherever AWS_ENDPOINT_URL_CONNECTPARTICIPANT points. Its requests
 * need no signature, so a clock that is off must not make the SDK try every refused one again.
 */
export function createParticipantService(clock: Clock): ParticipantService {
  const client = new ConnectParticipantClient({
    requestHandler,
    disableClockSkewCorrection: true,
    maxAttempts: 1,
  });
  noteUpstreamCalls(client);
  const upstream = createUpstream(clock);
  const sendPatiently: ParticipantService["sendPatiently"] = (command, signal) => {
    const attempt = () => answering(client.send(command, { abortSignal: signal }));
    return upstream.callPatiently(attempt, patienceMs, signal);
  };
  return {
    send: (command, signal) => {
      const attempt = () => answering(client.send(command, { abortSignal: signal }));
      return upstream.call(command.constructor, attempt, signal);
    },
    sendPatiently,
    createParticipantConnection: async (input, ParticipantToken, signal) => {
      const command = new CreateParticipantConnectionCommand({
        ...input,
        ParticipantToken,
      });
      const { Websocket, ConnectionCredentials } = await sendPatiently(command, signal);
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
