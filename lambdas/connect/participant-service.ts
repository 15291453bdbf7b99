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
import { noteUpstreamCalls } from "../upstream-calls.ts";
import { fromParticipantService } from "./upstream-errors.ts";

/** Amazon Connect's Participant Service. Every failure it throws is a {@link ChatError}. */
export interface ParticipantService {
  /** Sends one command; the SDK tries it twice. */
  send<Input extends ServiceInputTypes, Output extends ServiceOutputTypes>(
    command: $Command<Input, Output, ConnectParticipantClientResolvedConfig>,
    signal: AbortSignal,
  ): Promise<Output>;
  /** Sends one command, and tries it again while Connect throttles or fails: for calls whose quota is two a second. */
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

/** Tries of one ordinary call, the first included. */
const tries = 2;

/** Tries of a call with {@link ParticipantService.sendPatiently}: with the SDK's backoff about eight seconds under throttling. */
const persistentTries = 6;

/** Tries of a CreateParticipantConnection: with the SDK's backoff, more than fit into any deadline. */
const patientTries = 8;

/** Milliseconds to connect, and to wait for an answer. Without the last option the SDK would only warn. */
const requestHandler = { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true };

/**
 * The service in the Region of the function, or wherever AWS_ENDPOINT_URL_CONNECTPARTICIPANT points. Its requests
 * need no signature, so a clock that is off must not make the SDK try every refused one again.
 */
export function createParticipantService(): ParticipantService {
  const config = { requestHandler, disableClockSkewCorrection: true };
  const client = new ConnectParticipantClient({ ...config, maxAttempts: tries });
  const persistentClient = new ConnectParticipantClient({ ...config, maxAttempts: persistentTries });
  const patientClient = new ConnectParticipantClient({ ...config, maxAttempts: patientTries });
  noteUpstreamCalls(client, persistentClient, patientClient);
  return {
    send: (command, signal) => answering(client.send(command, { abortSignal: signal })),
    sendPatiently: (command, signal) => answering(persistentClient.send(command, { abortSignal: signal })),
    createParticipantConnection: async (input, participantToken, signal) => {
      const command = new CreateParticipantConnectionCommand({
        ...input,
        ParticipantToken: participantToken,
      });
      const answer = await answering(patientClient.send(command, { abortSignal: signal }));
      return { websocket: answer.Websocket, credentials: credentialsOf(answer.ConnectionCredentials) };
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
