import type { LogLine } from "../log.ts";
import { type Reaped, type ReapingServices, reapStart } from "./reap-start.ts";
import type { DueRecord } from "./reaper-store.ts";

/** What a run came to: records by what became of them. */
export interface ReaperReport extends Readonly<Record<Reaped, number>> {
  /** Records that failed, or found no time; at least so many. The next run has them. */
  readonly left: number;
  /** How long the oldest record that was found had been due, in milliseconds. */
  readonly lagMs: number;
}

/** One run: what it may take, and where it leaves word. */
export interface ReaperRun {
  /** Whether there is time to begin something. */
  hasTime(): boolean;
  /** Ends what was begun and takes too long. */
  readonly signal: AbortSignal;
  note(line: Pick<LogLine, "level" | "contactId" | "detail">, error?: unknown): void;
}

/**
 * Before a StopContact that follows another, in milliseconds: four a second at most, of the 10 that a whole instance
 * has (Amazon Connect service quotas).
 */
const stopPauseMs = 250;

/**
 * Works through what starts left, one by one. What fails keeps its record.
 *
 * @throws {ChatError} 503 when the records cannot be found
 */
export async function reapStarts(services: ReapingServices, run: ReaperRun): Promise<ReaperReport> {
  const { clock, store } = services;
  const now = clock.now();
  const counts = { forgotten: 0, closed: 0, stopped: 0, expired: 0, left: 0 };
  let lagMs = 0;
  for await (const page of store.due(now)) {
    lagMs = Math.max(lagMs, ...page.map(({ due = now }) => now - due));
    for (const record of page) {
      const isPaced = counts.stopped > 0 && record.ci !== undefined;
      // Time that is up while it pauses is up.
      if (isPaced && run.hasTime()) await clock.sleep(stopPauseMs, run.signal).catch(() => undefined);
      counts[run.hasTime() ? await reapOr(services, record, run) : "left"]++;
    }
    if (!run.hasTime()) break;
  }
  return { ...counts, lagMs };
}

async function reapOr(
  services: ReapingServices,
  record: DueRecord,
  run: ReaperRun,
): Promise<Reaped | "left"> {
  const { ci: contactId } = record;
  try {
    const reaped = await reapStart(services, record, run.signal);
    if (reaped === "stopped") {
      run.note({ level: "warn", contactId, detail: "a contact that got no session was stopped" });
    }
    if (reaped === "closed") {
      run.note({ level: "info", contactId, detail: "a start whose session lives was closed" });
    }
    return reaped;
  } catch (error) {
    run.note({ level: "error", contactId, detail: "a start is left" }, error);
    return "left";
  }
}
