// @ts-check
import { createSignal } from "../signal.js";

/**
 * What the page exchanged with the service: a request that was answered, or a frame of its socket.
 *
 * @typedef {{ kind: "request", at: Date, name: string, status: number, ms: number, reason?: string, retryAfterSeconds?: number }
 *   | { kind: "frame", at: Date, direction: "sent" | "received", topic: string, about: string }
 *   | { kind: "socket", at: Date, url: string, event: "opened" | "closed" }} Exchange
 */

/** Everything exchanged from here on. @type {import("../signal.js").Signal<Exchange>} */
export const traffic = createSignal();

const operations = new Map([
  ["/chat", "StartChat"],
  ["/participant/connection", "CreateParticipantConnection"],
  ["/participant/message", "SendMessage"],
  ["/participant/event", "SendEvent"],
  ["/participant/transcript", "GetTranscript"],
  ["/participant/start-attachment-upload", "StartAttachmentUpload"],
  ["/participant/complete-attachment-upload", "CompleteAttachmentUpload"],
  ["/participant/attachment", "GetAttachment"],
  ["/participant/disconnect", "DisconnectParticipant"],
]);

/** @param {string} address @param {string} method @returns {string | undefined} */
function nameOf(address, method) {
  const url = new URL(address, location.href);
  if (url.origin !== location.origin)
    return method === "PUT" ? "Upload to the file store" : "Download from it";
  return operations.get(url.pathname);
}

/** @param {Response} response @returns {Promise<{ reason?: string, retryAfterSeconds?: number }>} */
async function whyRefused(response) {
  if (response.ok) return {};
  const body = await response
    .clone()
    .json()
    .catch(() => ({}));
  const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
  return {
    ...(typeof body.reason === "string" && { reason: body.reason }),
    ...(Number.isFinite(seconds) && { retryAfterSeconds: seconds }),
  };
}

const ownFetch = window.fetch.bind(window);

// The wrappers below only watch: what goes in and what comes out is untouched.
window.fetch = async function watchedFetch(input, init) {
  const address = input instanceof Request ? input.url : String(input);
  const method = (init?.method ?? (input instanceof Request ? input.method : "GET")).toUpperCase();
  const name = nameOf(address, method);
  if (name === undefined) return ownFetch(input, init);
  const from = performance.now();
  const tell = (/** @type {number} */ status, /** @type {object} */ why = {}) =>
    traffic.emit({
      kind: "request",
      at: new Date(),
      name,
      status,
      ms: Math.round(performance.now() - from),
      ...why,
    });
  try {
    const response = await ownFetch(input, init);
    tell(response.status, await whyRefused(response));
    return response;
  } catch (error) {
    tell(0);
    throw error;
  }
};

/** @param {"sent" | "received"} direction @param {unknown} data */
function tellFrame(direction, data) {
  try {
    const { topic = "?", content } = JSON.parse(String(data));
    const item = topic === "aws/chat" ? JSON.parse(content) : {};
    const about = [
      item.Type === "EVENT" ? String(item.ContentType).split(".event.").at(-1) : item.Type,
      ...(item.Attachments ?? []).map((/** @type {any} */ file) => file.Status),
    ].join(" ");
    traffic.emit({ kind: "frame", at: new Date(), direction, topic, about });
  } catch {
    traffic.emit({ kind: "frame", at: new Date(), direction, topic: "unreadable", about: "" });
  }
}

window.WebSocket = class WatchedSocket extends WebSocket {
  /** @param {string | URL} url @param {string | string[]} [protocols] */
  constructor(url, protocols) {
    super(url, protocols);
    const tell = (/** @type {"opened" | "closed"} */ event) =>
      traffic.emit({ kind: "socket", at: new Date(), url: String(url), event });
    this.addEventListener("open", () => tell("opened"));
    this.addEventListener("close", () => tell("closed"));
    this.addEventListener("message", ({ data }) => tellFrame("received", data));
  }

  /** @param {string | Blob | BufferSource} data */
  send(data) {
    super.send(data);
    tellFrame("sent", data);
  }
};
