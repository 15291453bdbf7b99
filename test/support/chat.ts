import { type CustomerSocket, openSocket } from "./customer-socket.ts";
import type { TestSystem } from "./test-system.ts";

/** An answer of the API, read. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
  /** The body as it came. */
  readonly text: string;
}

/** Sends one bare request, as any program could. */
export async function send(
  url: string,
  path: string,
  {
    method = "POST",
    bearer,
    body = {},
    headers = {},
  }: {
    readonly method?: string;
    readonly bearer?: string | undefined;
    readonly body?: unknown;
    readonly headers?: Readonly<Record<string, string>>;
  } = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { ...headers, ...(bearer !== undefined && { "x-amz-bearer": bearer }) },
    ...(method === "POST" && {
      body:
        typeof body === "string" || body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
    }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

/** A chat that was started through the proxy. */
export interface StartedChat {
  readonly contactId: string;
  readonly participantId: string;
  readonly participantHandle: string;
}

/** Starts a chat. */
export async function startChat(url: string, members: object = {}): Promise<StartedChat> {
  const { status, body, text } = await send(url, "/chat", {
    body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" }, ...members },
  });
  if (status !== 200) throw new Error(`the chat did not start: ${status} ${text}`);
  const { startChatResult } = (body as unknown as StartBody).data;
  const { ContactId, ParticipantId, ParticipantToken } = startChatResult;
  return { contactId: ContactId, participantId: ParticipantId, participantHandle: ParticipantToken };
}

/** Earns a connection handle. */
export async function connectChat(url: string, participantHandle: string): Promise<string> {
  return (await connect(url, participantHandle)).ConnectionCredentials.ConnectionToken;
}

async function connect(url: string, participantHandle: string): Promise<ConnectionBody> {
  const { status, body, text } = await send(url, "/participant/connection", {
    bearer: participantHandle,
    body: { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] },
  });
  if (status !== 200) throw new Error(`the chat did not connect: ${status} ${text}`);
  return body as unknown as ConnectionBody;
}

/** Starts a chat and connects it. */
export async function openChat(
  { url }: Pick<TestSystem, "url">,
  members: object = {},
): Promise<StartedChat & { readonly connectionHandle: string }> {
  const chat = await startChat(url, members);
  return { ...chat, connectionHandle: await connectChat(url, chat.participantHandle) };
}

/**
 * Starts a chat and connects it with a socket, as Connect wants before its flow starts; without one it ends in five
 * minutes.
 */
export async function attendChat(
  { url }: Pick<TestSystem, "url">,
  members: object = {},
): Promise<AttendedChat> {
  const chat = await startChat(url, members);
  const { ConnectionCredentials, Websocket } = await connect(url, chat.participantHandle);
  const socket = await openSocket(Websocket.Url);
  return { ...chat, connectionHandle: ConnectionCredentials.ConnectionToken, socket };
}

/** A chat with an open handle and an open socket. */
export interface AttendedChat extends StartedChat {
  readonly connectionHandle: string;
  readonly socket: CustomerSocket;
}

interface StartBody {
  readonly data: {
    readonly startChatResult: {
      readonly ContactId: string;
      readonly ParticipantId: string;
      readonly ParticipantToken: string;
    };
  };
}

interface ConnectionBody {
  readonly ConnectionCredentials: { readonly ConnectionToken: string };
  readonly Websocket: { readonly Url: string };
}

function parsed(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
