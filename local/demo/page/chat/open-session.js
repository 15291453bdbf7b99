// @ts-check

/**
 * What chatjs tells of a chat.
 *
 * @typedef {{ connected(): void, lost(): void, broken(): void, ended(): void, item(item: import("./transcript.js").Item): void,
 *   receipt(item: import("./transcript.js").Item): void, typing(item: import("./transcript.js").Item): void }} Listener
 */

const silent = { debug() {}, info() {}, warn() {}, error() {} };

/**
 * Makes amazon-connect-chatjs' session for a chat: with the service's own address as the endpoint, and a handle as the token.
 *
 * @param {import("./stored-chat.js").Handles} handles
 * @param {Listener} listener
 */
export function openSession({ contactId, participantId, participantToken }, listener) {
  const { ChatSession } = /** @type {any} */ (window).connect;
  ChatSession.setGlobalConfig({
    endpoint: location.origin,
    region: "us-east-1",
    loggerConfig: {
      customizedLogger: silent,
      advancedLogWriter: "warn",
      level: ChatSession.LogLevel.ERROR,
    },
  });
  const session = ChatSession.create({
    chatDetails: { contactId, participantId, participantToken },
    type: "CUSTOMER",
    // Otherwise chatjs posts metrics straight to AWS.
    disableCSM: true,
  });
  // chatjs tells of the connection when it has its handle, and again for every socket that opened.
  session.onConnectionEstablished((/** @type {any} */ { connectCalled }) => {
    if (!connectCalled) listener.connected();
  });
  session.onConnectionLost(() => listener.lost());
  session.onConnectionBroken(() => listener.broken());
  session.onEnded(() => listener.ended());
  session.onTyping((/** @type {any} */ { data }) => listener.typing(data));
  for (const told of ["onReadReceipt", "onDeliveredReceipt"]) {
    session[told]((/** @type {any} */ { data }) => listener.receipt(data));
  }
  for (const told of ["onMessage", "onParticipantIdle", "onParticipantReturned", "onAutoDisconnection"]) {
    session[told]((/** @type {any} */ { data }) => listener.item(data));
  }
  return session;
}
