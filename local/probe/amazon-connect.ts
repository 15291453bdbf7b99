import {
  ConnectClient,
  type ConnectClientResolvedConfig,
  type $Command as ConnectCommand,
  type ServiceInputTypes as ConnectInput,
  type ServiceOutputTypes as ConnectOutput,
} from "@aws-sdk/client-connect";
import {
  ConnectParticipantClient,
  type ConnectParticipantClientResolvedConfig,
  type $Command as ParticipantCommand,
  type ServiceInputTypes as ParticipantInput,
  type ServiceOutputTypes as ParticipantOutput,
} from "@aws-sdk/client-connectparticipant";
import { noSignature } from "../../lambdas/connect/no-signature.ts";
import type { Pacing } from "./pacing.ts";

/** The clients of AWS's SDK that the probe speaks through. */
export interface AwsClients {
  readonly connect: ConnectClient;
  readonly participant: ConnectParticipantClient;
  /** Never tries a call again, so that a refusal by a quota is seen. */
  readonly participantOnce: ConnectParticipantClient;
}

/** Milliseconds to connect, and to wait for an answer. Without the last option the SDK would only warn. */
const requestHandler = { connectionTimeout: 3_000, requestTimeout: 15_000, throwOnRequestTimeout: true };

/**
 * Clients of the caller's own AWS configuration, that of the Participant Service unsigned like the functions', or of
 * wherever AWS_ENDPOINT_URL_CONNECT and _CONNECTPARTICIPANT point.
 */
export function createAwsClients(region: string): AwsClients {
  const settings = { region, requestHandler };
  const unsigned = { ...settings, ...noSignature };
  return {
    connect: new ConnectClient(settings),
    participant: new ConnectParticipantClient(unsigned),
    participantOnce: new ConnectParticipantClient({ ...unsigned, maxAttempts: 1 }),
  };
}

/** Amazon Connect, called no faster than the pacing allows. What it refuses is thrown as the SDK throws it. */
export class AmazonConnect {
  readonly #clients: AwsClients;
  readonly #pacing: Pacing;
  readonly #signal: AbortSignal;

  /** @param signal ends waiting and calling */
  constructor(clients: AwsClients, pacing: Pacing, signal: AbortSignal) {
    this.#clients = clients;
    this.#pacing = pacing;
    this.#signal = signal;
  }

  /** Calls the Connect service. */
  async manage<Input extends ConnectInput, Output extends ConnectOutput>(
    command: ConnectCommand<Input, Output, ConnectClientResolvedConfig>,
  ): Promise<Output> {
    await this.#pacing.wait(operationOf(command), this.#signal);
    return this.#clients.connect.send(command, { abortSignal: this.#signal });
  }

  /** Calls the Participant Service. */
  async call<Input extends ParticipantInput, Output extends ParticipantOutput>(
    command: ParticipantCommand<Input, Output, ConnectParticipantClientResolvedConfig>,
  ): Promise<Output> {
    await this.#pacing.wait(operationOf(command), this.#signal);
    return this.#clients.participant.send(command, { abortSignal: this.#signal });
  }

  /** Calls the Participant Service at once and only once, whatever the pacing says. */
  callAtOnce<Input extends ParticipantInput, Output extends ParticipantOutput>(
    command: ParticipantCommand<Input, Output, ConnectParticipantClientResolvedConfig>,
  ): Promise<Output> {
    return this.#clients.participantOnce.send(command, { abortSignal: this.#signal });
  }
}

function operationOf(command: object): string {
  return command.constructor.name.replace(/Command$/, "");
}
