import type { Table } from "./section.ts";

/** A figure that the model of costs needs and that nothing here can count. */
interface Assumption {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly why: string;
}

/**
 * All that is assumed and not counted. Change a value where you know better, and run `npm run bench -- --only money`
 * again: the section shows this list and what follows from it.
 */
export const assumed = {
  chatMinutes: {
    what: "a chat, and the time its socket is open",
    value: 10,
    unit: "minutes",
    why: "messages and events are spread over it; some agents have several chats at a time",
  },
  uploadShare: {
    what: "chats with a file",
    value: 0.1,
    unit: "of all",
    why: "one file each, and one download of it",
  },
  framesPerMinute: {
    what: "frames that a page sends",
    value: 12,
    unit: "a minute",
    why: "chatjs sends a ping and a heartbeat every ten seconds; each is answered",
  },
  memoryGigabytes: {
    what: "a function's memory",
    value: 0.5,
    unit: "GB",
    why: "default of the setting `memory`",
  },
  operationSeconds: {
    what: "billed time of an operation or preflight",
    value: 0.05,
    unit: "s",
    why: "one database call and one of Connect in the Region; a preflight takes less",
  },
  itemSeconds: {
    what: "billed time of an item's delivery",
    value: 0.05,
    unit: "s",
    why: "three database calls and a post",
  },
  frameSeconds: { what: "billed time of a socket's frame", value: 0.01, unit: "s", why: "one post" },
  heldSeconds: {
    what: "billed time that the relay waits, a chat",
    value: 5,
    unit: "s",
    why: "four at the end (lambdas/relay/deliver-item.ts), and what comes before the page's socket is open",
  },
  initSeconds: {
    what: "billed time of a cold start's init",
    value: 0.3,
    unit: "s",
    why: "billed since August 2025; three times what Cold start measures here and more, because a function of this memory has a third of a processor",
  },
  idleSeconds: {
    what: "idle time that a container outlives",
    value: 600,
    unit: "s",
    why: "AWS promises none; five to fifteen minutes are what people observe",
  },
  lambdaLogBytes: {
    what: "Lambda's own log lines of an invocation",
    value: 400,
    unit: "bytes",
    why: "START, END and REPORT, the last with a trace",
  },
  gatewayLogBytes: {
    what: "API Gateway's line of a request or frame",
    value: 400,
    unit: "bytes",
    why: "infra/access-log.ts with every field filled in",
  },
  peakFactor: {
    what: "the busiest second",
    value: 5,
    unit: "times the average",
    why: "office hours alone, eight of five days, make it 4.2; the rest is the busiest of them",
  },
} as const satisfies Readonly<Record<string, Assumption>>;

/** The list for a reader. */
export function assumptionRows(): Table["rows"] {
  return Object.fromEntries(
    Object.values(assumed).map(({ what, value, unit, why }) => [what, { value, unit, why }]),
  );
}
