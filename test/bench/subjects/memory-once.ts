import type { APIGatewayProxyEvent } from "aws-lambda";
import { postEvent } from "../post-event.ts";
import { call, createChatFunction, message, newStoredItem, sent } from "./stored-sessions.ts";

/** `memory-once.ts REQUESTS EACH`: an hour of so many messages; each session sends so many of them, one after the other. */
const [requests = "100000", each = "1"] = process.argv.slice(2);
const quarter = Number(requests) / 4;

// One session at a time, so that this process holds nothing but what the function keeps of the others.
let stored = newStoredItem();
const handler = createChatFunction(
  { update: async () => ({ applied: true, item: { ...stored.item, "t-message": Date.now() } }) },
  async () => sent,
);
const heap: number[] = [];
for (let at = 1; at <= Number(requests); at++) {
  const { path, body } = message;
  await call(handler, JSON.parse(postEvent(path, body, stored.bearer)) as APIGatewayProxyEvent);
  if (at % Number(each) === 0) stored = newStoredItem();
  if (at % quarter === 0) heap.push(heapInUse());
}
process.send?.(heap, () => process.exit());

/** In megabytes, collected. */
function heapInUse(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}
