import { setTimeout as pause } from "node:timers/promises";
import { type AttendedChat, attendChat, connectChat, send, startChat } from "../support/chat.ts";
import type { SimulatorControl } from "../support/simulator-control.ts";

/** What a visitor and an agent did all the while, and how it went. */
export interface Load {
  /** Every answer other than 200. */
  readonly failures: readonly string[];
  /** Contents of the visitor's messages that were accepted, in order. */
  readonly messages: readonly string[];
  /** Contents of the agent's messages, in order. */
  readonly answers: readonly string[];
  /** Connections and chats that were made besides. */
  readonly others: number;
}

/** Milliseconds between two messages of the agent. */
const agentPauseMs = 100;

/** Keeps a chat going with its socket open, request after request and message after message, until it is told to stop. */
export async function startLoad(endpoint: string, simulator: SimulatorControl) {
  const chat: AttendedChat = await attendChat({ url: endpoint });
  await simulator.agent(chat.contactId, "join");
  const failures: string[] = [];
  const messages: string[] = [];
  const answers: string[] = [];
  let others = 0;
  let going = true;

  async function repeat(work: () => Promise<void>): Promise<void> {
    while (going) await work().catch((error: unknown) => failures.push(String(error)));
  }

  async function say(): Promise<void> {
    const Content = `message ${messages.length}`;
    const body = { ContentType: "text/plain", Content };
    const bearer = chat.connectionHandle;
    const { status, text } = await send(endpoint, "/participant/message", { bearer, body });
    if (status === 200) messages.push(Content);
    else failures.push(`${status} ${text}`);
  }

  async function answer(): Promise<void> {
    const content = `agent ${answers.length}`;
    await simulator.agent(chat.contactId, "message", content);
    answers.push(content);
    await pause(agentPauseMs);
  }

  async function connectAgain(): Promise<void> {
    const handle = await connectChat(endpoint, chat.participantHandle);
    if (handle !== chat.connectionHandle) failures.push("another connection handle");
    others += 1;
  }

  async function startAnother(): Promise<void> {
    await startChat(endpoint);
    others += 1;
  }

  const work = Promise.all([say, answer, connectAgain, startAnother].map(repeat));
  return {
    chat,
    stop: async (): Promise<Load> => {
      going = false;
      await work;
      return { failures, messages, answers, others };
    },
  };
}
