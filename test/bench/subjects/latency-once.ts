import { chatWays } from "./chat-ways.ts";
import { type Costs, measureInTurn } from "./measure-in-turn.ts";
import { type ProxiedOperation, proxiedWays } from "./proxied-ways.ts";

/** By operation and way. */
export type LatencyRun = Readonly<Record<string, Costs>>;

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
const one = { base: "bare", runs: 1, operations: 10, heap: true } as const;

/** The operation that a bound is about is measured for longer. */
const turns = {
  short: { ...one, blocks: 15, warmUp: 10 },
  bounded: { ...one, blocks: 51, warmUp: 40 },
  others: { ...one, blocks: 11, warmUp: 8 },
} as const;

const run: Record<string, Costs> = {};
for (const [name, operation] of Object.entries(proxied)) {
  if (form === "short" && name !== "SendMessage") continue;
  const ways = await proxiedWays(operation, url, handle);
  const long = name === "SendMessage" ? turns.bounded : turns.others;
  run[name] = await measureInTurn(ways, form === "short" ? turns.short : long);
}
if (form === "long") {
  for (const [name, ways] of Object.entries(chatWays(url)))
    run[name] = await measureInTurn(ways, turns.others);
}
process.send?.(run, () => process.exit());
