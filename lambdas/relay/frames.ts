/** What a chat client says on its socket, as far as it is understood; anything else is ignored. */
export type ClientFrame = "subscribe" | "ping" | "heartbeat";

/** Longest frame that is looked at, in characters: a subscription is about 60. */
const longestFrame = 4_096;

/** The topic of a chat's items, the only one there is. */
const chatTopic = "aws/chat";

/** Largest message that API Gateway sends on a socket, in bytes (quotas for WebSocket APIs: message payload size). */
const largestMessageBytes = 128 * 1_024;

/** Largest frame, in bytes (ibid.: frame size); a message that is refused as too large is tried again within it. */
export const largestFrameBytes = 32 * 1_024;

/** Stands for content that is too large for a socket and cannot be cut; the transcript has it whole. */
const tooLong = "This message is too long to be shown here. Reload the page to see it.";

/**
 * Reads a client's frame by its topic alone: Amazon's iOS SDK sends its subscription with a bracket too many, so
 * frames need not be JSON. Undefined for what makes no sense.
 */
export function readFrame(text: string | null | undefined): ClientFrame | undefined {
  if (!text || text.length > longestFrame) return undefined;
  const [, topic] = /"topic"\s*:\s*"aws\\?\/(subscribe|ping|heartbeat)"/.exec(text) ?? [];
  if (topic === "subscribe") return /"aws\\?\/chat"/.test(text) ? topic : undefined;
  return topic === "ping" || topic === "heartbeat" ? topic : undefined;
}

/** Connect's answer to each frame. Amazon's Android SDK needs both members of the ping's. */
export const answers: Readonly<Record<ClientFrame, string>> = {
  subscribe: JSON.stringify({
    topic: "aws/subscribe",
    content: { status: "success", topics: [chatTopic] },
  }),
  ping: JSON.stringify({ topic: "aws/ping", statusCode: 200, statusContent: "OK" }),
  heartbeat: JSON.stringify({ topic: "aws/heartbeat" }),
};

/**
 * The frame that carries an item, which is a text inside, as Connect wrote it. One that would be larger than `most` bytes
 * carries the start of a text, or a note instead of other content.
 */
export function itemFrame(item: string, most = largestMessageBytes): string {
  const whole = frameOf(item);
  if (Buffer.byteLength(whole) <= most) return whole;
  const parsed = JSON.parse(item) as { Content?: string; ContentType?: string };
  if (!parsed.ContentType?.startsWith("text/")) {
    return frameOf(JSON.stringify({ ...parsed, ContentType: "text/plain", Content: tooLong }));
  }
  const characters = [...(parsed.Content ?? "")];
  const cutAt = (length: number) =>
    frameOf(JSON.stringify({ ...parsed, Content: `${characters.slice(0, length).join("")}…` }));
  let [fits, exceeds] = [0, characters.length];
  while (exceeds - fits > 1) {
    const middle = (fits + exceeds) >> 1;
    if (Buffer.byteLength(cutAt(middle)) <= most) fits = middle;
    else exceeds = middle;
  }
  return cutAt(fits);
}

function frameOf(item: string): string {
  return JSON.stringify({ topic: chatTopic, contentType: "application/json", content: item });
}
