import { ConnectClient, StartChatContactCommand } from "@aws-sdk/client-connect";
import { send } from "../support/chat.ts";
import type { TestSystem } from "../support/test-system.ts";

/** Where a client can be pointed, and how a chat starts there. */
export interface Target {
  readonly name: string;
  readonly endpoint: string;
  startChat(members: StartMembers): Promise<Tokens>;
}

/** What a chat is started with. */
export interface StartMembers {
  readonly SupportedMessagingContentTypes?: string[];
  readonly ChatDurationInMinutes?: number;
}

/** What a page holds when its chat has started. */
export interface Tokens {
  readonly ContactId: string;
  readonly ParticipantId: string;
  readonly ParticipantToken: string;
}

/** Every type that a customer can send. */
const SupportedMessagingContentTypes = [
  "text/plain",
  "text/markdown",
  "application/json",
  "application/vnd.amazonaws.connect.message.interactive.response",
];

const ParticipantDetails = { DisplayName: "Jane" };

/** The simulated Amazon Connect itself: what the client would see without the proxy. */
export function amazonConnect({ simulator }: Pick<TestSystem, "simulator">): Target {
  const connect = new ConnectClient({ endpoint: simulator.url });
  return {
    name: "Amazon Connect (simulated)",
    endpoint: simulator.url,
    startChat: async (members) => {
      const { ContactId, ParticipantId, ParticipantToken } = await connect.send(
        new StartChatContactCommand({
          InstanceId: "0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11",
          ContactFlowId: "7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a01",
          ParticipantDetails,
          SupportedMessagingContentTypes,
          ...members,
        }),
      );
      return {
        ContactId: String(ContactId),
        ParticipantId: String(ParticipantId),
        ParticipantToken: String(ParticipantToken),
      };
    },
  };
}

/** The proxy in front of it. */
export function proxy({ url }: Pick<TestSystem, "url">): Target {
  return {
    name: "through the proxy",
    endpoint: url,
    startChat: async (members) => {
      const body = {
        ContactFlowId: "support",
        ParticipantDetails,
        SupportedMessagingContentTypes,
        ...members,
      };
      const answer = await send(url, "/chat", { body });
      if (answer.status !== 200) throw new Error(`the chat did not start: ${answer.status} ${answer.text}`);
      return (answer.body as { data: { startChatResult: Tokens } }).data.startChatResult;
    },
  };
}
