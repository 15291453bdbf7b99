import { chatWays } from "./chat-ways.ts";
import { measureWays, type Took } from "./measure-ways.ts";
import { type ProxiedOperation, proxiedWays } from "./proxied-ways.ts";

/** By operation and way. */
export type LatencyRun = Readonly<Record<string, Readonly<Record<string, Took>>>>;

/** `latency-once.ts URL CONNECTION-HANDLE ATTACHMENT-ID short|long`, with the environment of the functions. */
const [url = "", handle = "", attachmentId = "", form = "long"] = process.argv.slice(2);

const proxied: Readonly<Record<string, ProxiedOperation>> = {
  SendMessage: {
    function: "chat",
    path: "/participant/message",
    body: { ContentType: "text/plain", Content: "hello" },
  },
  SendEvent: {
    function: "chat",
    path: "/participant/event",
    body: { ContentType: "application/vnd.amazonaws.connect.event.typing" },
  },
  GetTranscript: { function: "chat", path: "/participant/transcript", body: {} },
  GetAttachment: {
    function: "attachments",
    path: "/participant/attachment",
    body: { AttachmentId: attachmentId },
  },
};
/** The rows that a bound is about are measured for longer. */
const extents = {
  short: { total: 100, blocks: 10, warmUp: 100 },
  bounded: { total: 400, blocks: 10, warmUp: 500 },
  others: { total: 100, blocks: 5, warmUp: 100 },
  prepared: { total: 40, blocks: 4, warmUp: 20 },
} as const;

const run: Record<string, Readonly<Record<string, Took>>> = {};
for (const [name, operation] of Object.entries(proxied)) {
  if (form === "short" && name !== "SendMessage") continue;
  const ways = await proxiedWays(operation, url, handle);
  const long = name === "SendMessage" ? extents.bounded : extents.others;
  run[name] = await measureWays(ways, form === "short" ? extents.short : long);
}
if (form === "long") {
  for (const [name, ways] of Object.entries(chatWays(url)))
    run[name] = await measureWays(ways, extents.prepared);
}
process.send?.(run, () => process.exit());
