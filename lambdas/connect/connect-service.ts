import {
  ConnectClient,
  StartChatContactCommand,
  type StartChatContactCommandInput,
  StartContactStreamingCommand,
  StopContactCommand,
} from "@aws-sdk/client-connect";
import { ChatError, invalid, unavailable } from "../errors.ts";
import { noteUpstreamCalls } from "../upstream-calls.ts";
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

/** The service in the Region of the function, or wherever AWS_ENDPOINT_URL_CONNECT points. */
export function createConnectService(instanceId: string): ConnectService {
  const requestHandler = { connectionTimeout: 800, requestTimeout: 3_000, throwOnRequestTimeout: true };
  const client = new ConnectClient({ maxAttempts: 2, requestHandler });
  const streamingClient = new ConnectClient({ maxAttempts: 1, requestHandler });
  refuseToRetryLimitExceeded(client);
  noteUpstreamCalls(client, streamingClient);
  return {
    startChatContact: async (input, abortSignal) => {
      const answer = await client
        .send(new StartChatContactCommand({ ...input, InstanceId: instanceId }), { abortSignal })
        .catch(rethrow);
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
      await streamingClient.send(command, { abortSignal }).catch(rethrow);
    },
    stopContact: async (ContactId, abortSignal) => {
      const command = new StopContactCommand({ InstanceId: instanceId, ContactId });
      await client.send(command, { abortSignal }).catch((error: unknown) => {
        if (!(isServiceError(error) && error.name === "ContactNotFoundException")) rethrow(error);
      });
    },
  };
}

/**
 * Too many concurrent chats is no passing fault, but the SDK counts `LimitExceededException` as throttling and would
 * try again. Made a {@link ChatError} inside the retry loop, it is not.
 */
function refuseToRetryLimitExceeded(client: ConnectClient): void {
  client.middlewareStack.add(
    (next) => async (args) =>
      next(args).catch((error: unknown) => {
        if (!isServiceError(error) || error.name !== "LimitExceededException") throw error;
        throw new ChatError(
          "ThrottlingException",
          "TooManyChats",
          "All chat lines are busy. Try again later.",
          {
            retryAfterSeconds: 30,
            cause: error,
          },
        );
      }),
    { step: "finalizeRequest", priority: "low", name: "refuseToRetryLimitExceeded" },
  );
}

function rethrow(error: unknown): never {
  if (error instanceof ChatError) throw error;
  if (!isServiceError(error)) throw unavailable("no answer from Amazon Connect", error);
  switch (error.name) {
    case "InvalidRequestException":
    case "InvalidParameterException":
      throw invalid("RefusedByConnect", "Amazon Connect refused the request as invalid.");
    case "ThrottlingException":
    case "TooManyRequestsException":
      throw new ChatError(
        "ThrottlingException",
        "ServiceBusy",
        "The service is busy. Try again in a moment.",
        {
          retryAfterSeconds: 1,
          cause: error,
        },
      );
    default:
      throw connectFailed(error);
  }
}
