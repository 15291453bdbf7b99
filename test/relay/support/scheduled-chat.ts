import { createRelayHandler, type RelayEvent } from "../../../lambdas/relay/relay-handler.ts";
import type { RelayServices } from "../../../lambdas/relay/relay-services.ts";
import { SocketMemory } from "../../../lambdas/relay/socket-memory.ts";
import { functionTimeouts } from "../../../lambdas/routes.ts";
import { lambdaContext } from "../../../local/gateway/lambda-context.ts";
import { toSnsEvent } from "../../../local/sns/sns-event.ts";
import { Crash, type CrashPoint } from "./crash.ts";
import type { PostedFrames, PostedSocket } from "./posted-frames.ts";
import { type RelaySystem, topicArn } from "./relay-system.ts";
import type { PlannedItem, PlannedSocket, Schedule } from "./schedule.ts";
import { VirtualTime } from "./virtual-time.ts";

/** What became of a chat. */
export interface ChatOutcome {
  /** When the chat began; the schedule's times count from here. */
  readonly startedAt: number;
  /** The sockets that were opened. */
  readonly sockets: readonly PostedSocket[];
  /** Items that may have come twice, because a function died on them. */
  readonly mayRepeat: ReadonlySet<string>;
  /** Whether API Gateway failed to close a socket, which is left to close by itself. */
  readonly mayStayOpen: boolean;
  /** Crashes that came. */
  readonly crashes: number;
  /** Deliveries that failed though none of their item crashed, and those that Lambda gave up. */
  readonly errors: readonly string[];
}

/** What a chat runs on. */
export interface ChatSurroundings {
  readonly system: RelaySystem;
  readonly posted: PostedFrames;
}

/** What strikes one try of delivering one notification of an item, if anything does. Both count from 0. */
export type PlannedCrash = (item: PlannedItem, arrival: number, attempt: number) => CrashPoint | undefined;

/** How long Lambda waits before it tries an event again, in milliseconds. */
const retryDelaysMs = [60_000, 120_000];

const farAwayMs = 3_600_000;

/** Lives a chat through as its schedule has it, in a time of its own. */
export async function runSchedule(
  { system, posted }: ChatSurroundings,
  schedule: Schedule,
  crashOf: PlannedCrash = () => undefined,
): Promise<ChatOutcome> {
  const time = new VirtualTime();
  const startedAt = time.now();
  const services: RelayServices = { ...system.services, memory: new SocketMemory() };
  const handle = await system.startSession(time);
  // Connect sends nothing before a page asked for a connection, and with it for a first socket.
  await system.ticketFor(handle, time);
  const sockets = new Map<string, PostedSocket>();
  const mayRepeat = new Set<string>();
  const struck = new Set<string>();
  const failed: PlannedItem[] = [];
  const givenUp: PlannedItem[] = [];
  let crashes = 0;
  let mayStayOpen = false;

  async function invoke(event: RelayEvent, requestId: string, over = services) {
    const limit = time.timeout(functionTimeouts.relay.work * 1_000);
    const clock = {
      now: time.now,
      sleep: (milliseconds: number, signal: AbortSignal) =>
        time.sleep(milliseconds, AbortSignal.any([signal, limit.signal])),
    };
    const context = lambdaContext({ functionName: "relay", requestId, deadline: farAwayMs, now: () => 0 });
    return createRelayHandler({ ...over, clock })(event, context).finally(limit.cancel);
  }

  function tell(eventType: "CONNECT" | "MESSAGE" | "DISCONNECT", connectionId: string, parts: object = {}) {
    return invoke({ requestContext: { eventType, connectionId }, ...parts }, crypto.randomUUID());
  }

  async function openSocket({ subscribesAt }: PlannedSocket): Promise<void> {
    const connectionId = `socket-${crypto.randomUUID()}`;
    const ticket = await system.ticketFor(handle, time).catch(() => "none: the chat is over");
    const opened = await tell("CONNECT", connectionId, { queryStringParameters: { ticket } });
    if (opened.statusCode !== 200) return;
    const socket = posted.open(connectionId, time, () => time.begin(() => tell("DISCONNECT", connectionId)));
    sockets.set(connectionId, socket);
    time.plan(startedAt + subscribesAt, () => tell("MESSAGE", connectionId, { body: subscription }));
  }

  async function deliver(item: PlannedItem, arrival: number, requestId: string, attempt = 0): Promise<void> {
    const crash = new Crash(crashOf(item, arrival, attempt));
    try {
      await Promise.race([
        invoke(notificationOf(handle.selector, item), requestId, crash.over(services)),
        crash.died,
      ]);
    } catch {
      failed.push(item);
      const delay = retryDelaysMs[attempt];
      if (delay === undefined) givenUp.push(item);
      else time.plan(time.now() + delay, () => deliver(item, arrival, requestId, attempt + 1));
    }
    if (crash.mayRepeat) mayRepeat.add(item.id);
    if (crash.struck) struck.add(item.id);
    if (crash.struck) crashes += 1;
    mayStayOpen ||= crash.keptOpen;
  }

  for (const socket of schedule.sockets) time.plan(startedAt + socket.opensAt, () => openSocket(socket));
  for (const item of schedule.items) {
    for (const [index, arrival] of item.arrivals.entries()) {
      time.plan(startedAt + arrival, () => deliver(item, index, crypto.randomUUID()));
    }
  }
  await time.run();
  for (const connectionId of sockets.keys()) posted.forget(connectionId);
  const errors = [
    ...failed.filter(({ id }) => !struck.has(id)).map(({ id }) => `${id} failed for no reason`),
    ...givenUp.map(({ id }) => `${id} was given up`),
  ];
  return { startedAt, sockets: [...sockets.values()], mayRepeat, mayStayOpen, crashes, errors };
}

const subscription = JSON.stringify({ topic: "aws/subscribe", content: { topics: ["aws/chat"] } });

function notificationOf(chat: string, { id, isEnd }: PlannedItem) {
  const kind = isEnd
    ? { Type: "EVENT", ContentType: "application/vnd.amazonaws.connect.event.chat.ended" }
    : { Type: "MESSAGE", ContentType: "text/plain", Content: "hello", ParticipantRole: "AGENT" };
  const message = JSON.stringify({ Id: id, InitialContactId: chat, ContactId: chat, ...kind });
  const attributes = { MessageVisibility: "ALL" };
  return toSnsEvent({ topicArn, messageId: crypto.randomUUID(), message, attributes, time: 0 });
}
