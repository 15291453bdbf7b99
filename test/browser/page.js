// A page that chats with amazon-connect-chatjs, as its README has it; test/browser/chat-page.ts drives it.

const region = "eu-central-1";

/** What the page was told, for the test to read. */
const seen = { items: [], typing: 0, delivered: 0, read: 0, established: 0, lost: 0, broken: 0, ended: 0 };

let session;

/** Connects to the chat that `tokens` open, at `endpoint`. */
async function connectChat(endpoint, tokens) {
  const { ChatSession } = globalThis.connect;
  ChatSession.setGlobalConfig({
    endpoint,
    region,
    loggerConfig: { customizedLogger: quiet, level: ChatSession.LogLevel.ERROR },
    features: { messageReceipts: { throttleTime: 100 } },
  });
  session = ChatSession.create({
    chatDetails: {
      contactId: tokens.ContactId,
      participantId: tokens.ParticipantId,
      participantToken: tokens.ParticipantToken,
    },
    options: { region },
    type: "CUSTOMER",
    disableCSM: true,
  });
  session.onMessage(({ data }) => seen.items.push(data));
  session.onTyping(({ data }) => {
    if (data.ParticipantRole === "AGENT") seen.typing += 1;
  });
  session.onDeliveredReceipt(() => {
    seen.delivered += 1;
  });
  session.onReadReceipt(() => {
    seen.read += 1;
  });
  session.onConnectionEstablished(() => {
    seen.established += 1;
  });
  session.onConnectionLost(() => {
    seen.lost += 1;
  });
  session.onConnectionBroken(() => {
    seen.broken += 1;
  });
  session.onEnded(() => {
    seen.ended += 1;
  });
  return outcome(session.connect());
}

const quiet = { debug() {}, info() {}, warn() {}, error() {} };

/** Calls a method of the session; a plain answer for the test. */
async function outcome(promise) {
  try {
    const answer = await promise;
    if (typeof answer === "string") return { output: { Url: answer } };
    const { $metadata: _, ...output } = answer?.data ?? {};
    return { output };
  } catch (thrown) {
    const { type, statusCode, message } = innermost(thrown) ?? {};
    return { error: { name: type, status: statusCode, message } };
  }
}

/** chatjs wraps the error of a connection twice. */
function innermost(thrown) {
  return thrown?._debug ? innermost(thrown._debug) : thrown;
}

globalThis.chatPage = {
  seen: () => seen,
  connectChat,
  call: (method, args) => outcome(session[method](args)),
  sendFile: (name, type, text) =>
    outcome(session.sendAttachment({ attachment: new File([text], name, { type }) })),
  download: async (attachmentId) => (await session.downloadAttachment({ attachmentId })).text(),
};
