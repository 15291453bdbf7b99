import type { Item } from "../chat/contact.ts";

/** What a client can say on its socket; anything else is ignored. */
export type ClientFrame =
  | { topic: "aws/subscribe"; topics: string[] }
  | { topic: "aws/ping" | "aws/heartbeat" };

/** Characters that may be cut from the end of a frame to make it JSON: Amazon's iOS SDK sends a stray bracket. */
const longestStray = 2;

/** Reads a client's frame as leniently as Connect does; undefined for one that makes no sense. */
export function readFrame(text: string): ClientFrame | undefined {
  const frame = parseLeniently(text);
  const topic = memberOf(frame, "topic");
  if (topic === "aws/ping" || topic === "aws/heartbeat") return { topic };
  if (topic !== "aws/subscribe") return undefined;
  const topics = memberOf(memberOf(frame, "content"), "topics");
  return { topic, topics: Array.isArray(topics) ? topics.filter((entry) => typeof entry === "string") : [] };
}

/** The answer to a client's frame. */
export function answerFrame(frame: ClientFrame): string {
  if (frame.topic === "aws/heartbeat") return JSON.stringify({ topic: frame.topic });
  if (frame.topic === "aws/ping") {
    return JSON.stringify({ topic: frame.topic, statusCode: 200, statusContent: "OK" });
  }
  const content = { status: "success", topics: "topics" in frame ? frame.topics : [] };
  return JSON.stringify({ topic: frame.topic, content });
}

/** The frame that carries an item: the item is a string inside. */
export function itemFrame(item: Item): string {
  return JSON.stringify({
    topic: "aws/chat",
    contentType: "application/json",
    content: JSON.stringify(item),
  });
}

function parseLeniently(text: string): unknown {
  const trimmed = text.trimEnd();
  for (let stray = 0; stray <= longestStray; stray++) {
    try {
      return JSON.parse(trimmed.slice(0, trimmed.length - stray));
    } catch {
      // One character less may make it JSON.
    }
  }
  return undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}
