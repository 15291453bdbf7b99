import { type ApiAnswer, send, startChat } from "./chat.ts";
import { openSubscribed, type RelaySocket } from "./relay-socket.ts";
import type { TestSystem } from "./test-system.ts";

/** What CreateParticipantConnection gave a page. */
export interface PageConnection {
  /** Address of a socket, good for one. */
  readonly socketUrl: string;
  /** The ticket in it. */
  readonly ticket: string;
  readonly connectionHandle: string;
}

/** A chat that was started and connected; nobody has opened its socket. */
export interface RelayedChat extends PageConnection {
  readonly contactId: string;
  readonly participantId: string;
  readonly participantHandle: string;
}

/** Asks for a connection, as a page does at every load. */
export function askConnection(
  { url }: Pick<TestSystem, "url">,
  bearer: string,
  body: object = { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] },
): Promise<ApiAnswer> {
  return send(url, "/participant/connection", { bearer, body });
}

/** Asks for a connection and takes it apart. @throws when it is refused */
export async function connectPage(system: Pick<TestSystem, "url">, bearer: string): Promise<PageConnection> {
  const { status, body, text } = await askConnection(system, bearer);
  if (status !== 200) throw new Error(`no connection: ${status} ${text}`);
  const { Websocket, ConnectionCredentials } = body as {
    Websocket: { Url: string };
    ConnectionCredentials: { ConnectionToken: string };
  };
  return {
    socketUrl: Websocket.Url,
    ticket: new URL(Websocket.Url).searchParams.get("ticket") ?? "",
    connectionHandle: ConnectionCredentials.ConnectionToken,
  };
}

/** Starts a chat and connects it. */
export async function startRelayedChat(
  system: Pick<TestSystem, "url">,
  members: object = {},
): Promise<RelayedChat> {
  const chat = await startChat(system.url, members);
  return { ...chat, ...(await connectPage(system, chat.participantHandle)) };
}

/** One more tab of a chat: a connection and a subscribed socket of its own. */
export async function openTab(
  system: Pick<TestSystem, "url">,
  { participantHandle }: Pick<RelayedChat, "participantHandle">,
): Promise<RelaySocket> {
  return openSubscribed((await connectPage(system, participantHandle)).socketUrl);
}

/** What a customer sees of the items of a socket: the texts, in the order they came. */
export function textsOf({ items }: Pick<RelaySocket, "items">): unknown[] {
  return items.filter(({ Type }) => Type === "MESSAGE").map(({ Content }) => Content);
}

/** Whether an item tells that the chat is over. */
export function isEnd({ ContentType }: Readonly<Record<string, unknown>>): boolean {
  return ContentType === "application/vnd.amazonaws.connect.event.chat.ended";
}
