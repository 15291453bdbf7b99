import { causeOf } from "../errors.ts";
import { describeCause } from "../log.ts";
import { closeSockets } from "../relay/close-sockets.ts";
import { hashSubject } from "../start/subject-hash.ts";
import type { AuditLine } from "./audit.ts";
import { forEachOf } from "./for-each-of.ts";
import type { RevocationTarget } from "./revocation-event.ts";
import type { RevocationServices } from "./revocation-services.ts";
import type { EndedSession } from "./revocation-store.ts";

/** What an invocation came to. */
export interface RevocationAnswer {
  /** Sessions that it ended. */
  readonly revoked: number;
  readonly socketsClosed: number;
  /** Contacts that are over now, those included that were over before. */
  readonly contactsStopped: number;
  /**
   * Sessions that are left to be ended, or to have their sockets closed and their contact stopped; at least so many.
   * 0: all is done.
   */
  readonly remaining: number;
}

/** One invocation: what it may take, and where it leaves word. */
export interface RevocationRun {
  readonly requestId: string;
  /** Whether there is time to begin something. */
  hasTime(): boolean;
  /** Ends what was begun and takes too long. */
  readonly signal: AbortSignal;
  note(line: Pick<AuditLine, "level" | "event" | "contactId" | "detail" | "cause">): void;
}

/** How many sessions are worked on at a time. */
const together = 10;

/**
 * Between two StopContact, in milliseconds: 8 a second, of the 10 that a whole instance has (Amazon Connect service
 * quotas).
 */
const stopIntervalMs = 125;

/**
 * Ends all the sessions first, which is quick and what counts; then closes their sockets, and then stops their
 * contacts at Connect. What fails, or finds no time, keeps its mark and is finished by the next invocation.
 *
 * @throws {ChatError} 503 when the sessions cannot be found
 */
export async function revokeSessions(
  services: RevocationServices,
  target: RevocationTarget,
  run: RevocationRun,
): Promise<RevocationAnswer> {
  const { ended, unfinished, left } = await endSessions(services, target, run);
  const sockets = await closeAllSockets(services, unfinished, run);
  const { stopped, finished } = await stopContacts(services, unfinished, sockets.left, run);
  return {
    revoked: ended,
    socketsClosed: sockets.closed,
    contactsStopped: stopped,
    remaining: left + unfinished.length - finished,
  };
}

async function endSessions(services: RevocationServices, target: RevocationTarget, run: RevocationRun) {
  const unfinished: string[] = [];
  let ended = 0;
  let left = 0;
  for await (const page of pagesOf(services, target)) {
    await forEachOf(page, together, async (chat) => {
      const outcome = await endSession(services, chat, run);
      if (outcome === "left") left++;
      if (outcome === "ended") ended++;
      if (outcome === "ended" || outcome === "unfinished") unfinished.push(chat);
    });
    if (run.hasTime()) continue;
    // There may be more pages.
    left++;
    break;
  }
  return { ended, unfinished, left };
}

async function endSession(
  { store, clock }: RevocationServices,
  chat: string,
  run: RevocationRun,
): Promise<EndedSession | "left"> {
  if (!run.hasTime()) return "left";
  try {
    const outcome = await store.end(chat, clock.now(), run.requestId);
    if (outcome === "ended") run.note({ level: "info", event: "session-ended", contactId: chat });
    return outcome;
  } catch (error) {
    run.note({ ...leftBecause("the session could not be ended", error), contactId: chat });
    return "left";
  }
}

function pagesOf({ store, clock }: RevocationServices, target: RevocationTarget) {
  if ("contactId" in target) return [[target.contactId]];
  return "subject" in target ? store.ofSubject(hashSubject(target.subject)) : store.all(clock.now());
}

async function closeAllSockets(
  { sockets }: RevocationServices,
  chats: readonly string[],
  run: RevocationRun,
): Promise<{ closed: number; left: ReadonlySet<string> }> {
  const left = new Set(sockets ? chats : []);
  let closed = 0;
  await forEachOf(sockets ? chats : [], together, async (chat) => {
    if (!sockets || !run.hasTime()) return;
    try {
      const outcome = await closeSockets(sockets, chat);
      closed += outcome.closed;
      if (outcome.left === 0) left.delete(chat);
    } catch {
      // It is left, and noted as that once its contact is stopped.
    }
  });
  return { closed, left };
}

/** A session whose sockets are left has its contact stopped too, and keeps its mark. */
async function stopContacts(
  { connect, store, clock }: RevocationServices,
  chats: readonly string[],
  socketsLeft: ReadonlySet<string>,
  run: RevocationRun,
): Promise<{ stopped: number; finished: number }> {
  let stopped = 0;
  let finished = 0;
  const stop = async (chat: string) => {
    try {
      await connect.stopContact(chat, run.signal);
      stopped++;
      run.note({ level: "info", event: "contact-stopped", contactId: chat });
      if (socketsLeft.has(chat)) {
        run.note({ ...leftBecause("a socket could not be closed"), contactId: chat });
      } else {
        await store.finish(chat, clock.now());
        finished++;
      }
    } catch (error) {
      run.note({
        ...leftBecause("the contact could not be stopped, or that not be written", error),
        contactId: chat,
      });
    }
  };
  const stops: Promise<void>[] = [];
  for (const chat of chats) {
    if (!run.hasTime()) break;
    if (stops.length > 0) await clock.sleep(stopIntervalMs, run.signal);
    stops.push(stop(chat));
  }
  await Promise.all(stops);
  return { stopped, finished };
}

function leftBecause(detail: string, error?: unknown) {
  const cause = describeCause(causeOf(error));
  return { level: "error", event: "session-left", detail, cause } as const;
}
