import { chatWays } from "./chat-ways.ts";
import { type Costs, measureInTurn } from "./measure-in-turn.ts";
import { type ProxiedOperation, type ProxiedWays, proxiedWays } from "./proxied-ways.ts";

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
const one = { runs: 1, operations: 10, heapBlocks: 5 } as const;

/** The operation that a bound is about is measured for longer. */
const turns = {
  short: { ...one, base: "bare", blocks: 15, warmUp: 10 },
  bounded: { ...one, base: "bare", blocks: 51, warmUp: 40 },
  proxied: { ...one, base: "bare", blocks: 11, warmUp: 8 },
  others: { ...one, base: "connect", blocks: 11, warmUp: 8 },
} as const;

const run: Record<string, Costs> = {};
for (const [name, operation] of Object.entries(proxied)) {
  const ways = await proxiedWays(operation, url, handle);
  if (form === "long")
    run[name] = await measureInTurn(ways, name === "SendMessage" ? turns.bounded : turns.proxied);
  else if (name === "SendMessage") run[name] = await measureInTurn(compared(ways), turns.short);
}
if (form === "long") {
  for (const [name, ways] of Object.entries(chatWays(url)))
    run[name] = await measureInTurn(ways, turns.others);
}
process.send?.(run, () => process.exit());

/** What the committed baseline is about. */
function compared({ bare, handler, own }: ProxiedWays) {
  return { bare, handler, own };
}
