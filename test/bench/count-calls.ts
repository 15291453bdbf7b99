import { setTimeout as pause } from "node:timers/promises";
import { type FunctionName, routes } from "../../lambdas/routes.ts";
import { type ApiAnswer, send, startChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { connectPage } from "../support/relay-chat.ts";
import { openSubscribed } from "../support/relay-socket.ts";
import { RunningClock } from "../support/running-clock.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { attachmentsAtConnect, completeUpload, putFile, started, startUpload } from "../support/upload.ts";
import { CallCounter, type Calls } from "./call-counter.ts";
import { itemSize } from "./item-size.ts";

/**
 * What a page and its agent do in the counted chat, in this order: each operation alone, so that its calls can be told. A
 * SendEvent is a typing event or a receipt, which Connect treats differently.
 */
export type Step =
  | "StartChatContact"
  | "CreateParticipantConnection"
  | "socket opened"
  | "agent joins"
  | "SendMessage"
  | "SendEvent"
  | "agent's message"
  | "SendEvent, a receipt"
  | "GetTranscript"
  | "page load"
  | "StartAttachmentUpload"
  | "CompleteAttachmentUpload"
  | "GetAttachment"
  | "DisconnectParticipant";

/** What the steps of a chat were counted to call. */
export type CountedSteps = ReadonlyMap<Step, Calls>;

/** A chat that was lived through and counted. */
export interface CountedChat {
  readonly steps: CountedSteps;
  /** Functions of the API that served it before its first file: each was cold in a first chat. */
  readonly functions: readonly FunctionName[];
  /** Size of its session's item in bytes, with the simulator's tokens. */
  readonly itemBytes: number;
}

/**
 * How long a first socket's items wait for their turn, in milliseconds (lambdas/relay/find-subscribers.ts): nobody
 * writes that soon.
 */
const firstItemsMs = 2_000;

/** How long the relay gets to finish what Connect published, in milliseconds. */
const settleMs = 400;

const event = "application/vnd.amazonaws.connect.event.";

/** What each step of a chat calls, in the mode `relay` or `direct`. Counted, so the same on any machine. */
export async function countCalls(realTime: "relay" | "direct"): Promise<CountedChat> {
  const system = await startTestSystem(
    { REAL_TIME: realTime, RATE_LIMITS: generousLimits },
    new RunningClock(),
  );
  const counter = new CallCounter(system);
  const settle = () => pause(realTime === "relay" ? settleMs : 0);
  const steps = new Map<Step, Calls>();
  const count = async <Result>(step: Step, act: () => Promise<Result>, settled = settle) => {
    const { result, calls } = await counter.count(act, settled);
    steps.set(step, calls);
    return result;
  };
  const { url, simulator } = system;
  const chat = await count("StartChatContact", () => startChat(url));
  // A page opens its socket at once; while it waits, the relay would ask again and again whether it is there.
  const page = await count(
    "CreateParticipantConnection",
    () => connectPage(system, chat.participantHandle),
    async () => undefined,
  );
  const bearer = page.connectionHandle;
  const post = async (path: string, body: object) =>
    succeeded(await send(url, `/participant/${path}`, { bearer, body }));
  const socket = await count("socket opened", () => openSubscribed(page.socketUrl));
  await pause(realTime === "relay" ? firstItemsMs : 0);
  await count("agent joins", () => simulator.agent(chat.contactId, "join"));
  await count("SendMessage", () => post("message", { ContentType: "text/plain", Content: "hi" }));
  await count("SendEvent", () => post("event", { ContentType: `${event}typing` }));
  await count("agent's message", () => simulator.agent(chat.contactId, "message", "hello"));
  const messageId = socket.items.findLast(({ Type }) => Type === "MESSAGE")?.["Id"];
  await count("SendEvent, a receipt", () =>
    post("event", { ContentType: `${event}message.read`, Content: JSON.stringify({ messageId }) }),
  );
  await count("GetTranscript", () => post("transcript", {}));
  const functions = functionsSeen(system);
  const itemBytes = itemSize((await system.readSession(chat.contactId)) ?? {});
  await count("page load", () => connectPage(system, chat.participantHandle));
  const upload = started(await count("StartAttachmentUpload", () => startUpload(system, bearer)));
  await putFile(upload);
  await count("CompleteAttachmentUpload", async () =>
    succeeded(await completeUpload(system, bearer, upload.AttachmentId)),
  );
  const [AttachmentId] = await attachmentsAtConnect(system, chat.contactId);
  await count("GetAttachment", () => post("attachment", { AttachmentId }));
  await count("DisconnectParticipant", () => post("disconnect", {}));
  socket.close();
  await settle();
  await system.close();
  return { steps, functions, itemBytes };
}

/** What a step was counted to call. @throws Error for one that was not counted */
export function callsOf(counted: CountedSteps, step: Step): Calls {
  const calls = counted.get(step);
  if (calls === undefined) throw new Error(`${step} was not counted`);
  return calls;
}

/** A refused request would be counted, too, and cost less. */
function succeeded({ status, text }: ApiAnswer): void {
  if (status !== 200) throw new Error(`a counted request was answered ${status} ${text}`);
}

function functionsSeen({ logs }: Pick<TestSystem, "logs">): readonly FunctionName[] {
  const names = logs.flatMap(
    ({ operation }) => routes.find((route) => route.operation === operation)?.function ?? [],
  );
  return [...new Set(names)];
}
