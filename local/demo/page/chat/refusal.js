// @ts-check

/** The service did not do what the page asked for; what a person is told of it. */
export class Refusal extends Error {
  /**
   * @param {string} title
   * @param {string} message
   * @param {{ retryAfterSeconds?: number | undefined, over?: boolean }} [more] `over`: the chat has ended
   */
  constructor(title, message, { retryAfterSeconds, over = false } = {}) {
    super(message);
    this.title = title;
    this.retryAfterSeconds = retryAfterSeconds;
    this.over = over;
  }
}

/** What each reason of the API means to the person who chats. @type {Record<string, [title: string, message: string]>} */
const byReason = {
  RateLimited: ["Too many tries at once", "Give it a moment, then try again."],
  ServiceBusy: ["It is very busy just now", "Everybody is being helped. Try again in a moment."],
  OriginNotAllowed: ["This page may not start chats", "Its address is not in the service’s list of pages."],
  UnknownContactFlow: ["That topic is not available", "Choose another topic."],
  Unavailable: ["The chat is not available just now", "Nothing was started. Try again in a moment."],
};

/** @param {{ status: number, reason?: string, message?: string, retryAfterSeconds?: number }} answer */
export function refusalOf({ status, reason = "", message = "", retryAfterSeconds }) {
  const [title, text] =
    byReason[reason] ?? (status === 429 ? byReason["ServiceBusy"] : undefined) ?? fallback(status, message);
  return new Refusal(title, text, { retryAfterSeconds, over: status === 403 });
}

/** @param {number} status @param {string} message @returns {[string, string]} */
function fallback(status, message) {
  if (status === 0) return ["The service does not answer", "Check your connection, then try again."];
  if (status >= 500) return ["The chat is not available just now", "Try again in a moment."];
  return ["That did not work", message || "Try again in a moment."];
}

/**
 * The refusal in what a method of chatjs threw, which wraps the error of a connection twice.
 *
 * @param {any} thrown
 * @returns {Refusal}
 */
export function refusalOfChatjs(thrown) {
  if (thrown instanceof Refusal) return thrown;
  if (thrown?._debug) return refusalOfChatjs(thrown._debug);
  return refusalOf({ status: thrown?.statusCode ?? 0, message: thrown?.message });
}
