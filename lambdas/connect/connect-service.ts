import { randomUUID } from "node:crypto";
import {
  ConnectClient,
  StartChatContactCommand,
  type StartChatContactCommandInput,
  StartContactStreamingCommand,
  StopContactCommand,
} from "@aws-sdk/client-connect";
import type { Clock } from "../clock.ts";
import { ChatError, invalid, unavailable } from "../errors.ts";
import { noteUpstreamCalls } from "../upstream-calls.ts";
import { createUpstream } from "./upstream.ts";
import { connectFailed, isServiceError } from "./upstream-errors.ts";

/** Amazon Connect itself, as far as starting a chat needs it. Every failure it throws is a {@link ChatError}. */
export interface ConnectService {
  startChatContact(
    input: Omit<StartChatContactCommandInput, "InstanceId">,
    signal: AbortSignal,
  ): Promise<StartedContact>;
  /** Has Connect publish the contact's items to an SNS topic. One try. */
  startContactStreaming(contactId: string, topicArn: string, signal: AbortSignal): Promise<void>;
  /** Ends a contact that nobody will be given a handle to. One that is over already is fine. */
  stopContact(contactId: string, signal: AbortSignal): Promise<void>;
}

/** A chat contact as Connect started it. */
export interface StartedContact {
  readonly contactId: string;
  readonly participantId: string;
  readonly participantToken: string;
}

/** Pauses while a contact is to be stopped, in milliseconds: for one more try. */
const stopPatienceMs = 1_000;

/** The service in the Region of the function, or wherever AWS_ENDPOINT_URL_CONNECT points. */
export function createConnectService(instanceId: string, clock: Clock): ConnectService {
  const client = new ConnectClient({
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true },
  });
  noteUpstreamCalls(client);
  const upstream = createUpstream(clock);
  return {
    startChatContact: async (input, abortSignal) => {
      // One ClientToken for both tries: another would start another contact.
      const command = new StartChatContactCommand({
        ClientToken: randomUUID(),
        ...input,
        InstanceId: instanceId,
      });
      const attempt = () => client.send(command, { abortSignal }).catch(rethrow);
      const answer = await upstream.call(StartChatContactCommand, attempt, abortSignal);
      const { ContactId, ParticipantId, ParticipantToken } = answer;
      if (!ContactId || !ParticipantId || !ParticipantToken) throw unavailable("half an answer from Connect");
      return { contactId: ContactId, participantId: ParticipantId, participantToken: ParticipantToken };
    },
    startContactStreaming: async (ContactId, StreamingEndpointArn, abortSignal) => {
      const command = new StartContactStreamingCommand({
        InstanceId: instanceId,
        ContactId,
        ChatStreamingConfiguration: { StreamingEndpointArn },
        // The same for every try of one chat: a second stream would deliver everything twice.
        ClientToken: ContactId,
      });
      await client.send(command, { abortSignal }).catch(rethrow);
    },
    stopContact: async (ContactId, abortSignal) => {
      const command = new StopContactCommand({ InstanceId: instanceId, ContactId });
      const attempt = async () => {
        await client.send(command, { abortSignal }).catch((error: unknown) => {
          if (!(isServiceError(error) && error.name === "ContactNotFoundException")) rethrow(error);
        });
      };
      await upstream.callPatiently(attempt, stopPatienceMs, abortSignal);
    },
  };
}

function rethrow(error: unknown): never {
  if (!isServiceError(error)) throw unavailable("no answer from Amazon Connect", error);
  switch (error.name) {
    case "InvalidRequestException":
    case "InvalidParameterException":
      throw invalid("RefusedByConnect", "Amazon Connect refused the request as invalid.");
    // Chats at once: no passing fault, which another try would meet again.
    case "LimitExceededException":
      throw new ChatError(
        "ThrottlingException",
        "TooManyChats",
        "All chat lines are busy. Try again later.",
        { retryAfterMs: 30_000, cause: error },
      );
    case "ThrottlingException":
    case "TooManyRequestsException":
      throw new ChatError(
        "ThrottlingException",
        "ServiceBusy",
        "The service is busy. Try again in a moment.",
        {
          retryAfterMs: 1_000,
          cause: error,
        },
      );
    default:
      throw connectFailed(error);
  }
}
