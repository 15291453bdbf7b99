import type { KeyObject } from "node:crypto";
import { accessDenied, unavailable } from "../errors.ts";
import type { Cell } from "../rate-limits/limits.ts";
import type { Services } from "../services.ts";
import type { Settings } from "../settings.ts";
import type { Handle } from "./handle.ts";
import { judgeSession, type Verdict } from "./judge-session.ts";
import { hashSecret } from "./keys.ts";
import { connectionHandleLifeMs } from "./lifetimes.ts";
import { generationOf, openSession, type Session, unlockingKey } from "./session.ts";
import {
  type AdmissionTerms,
  admission,
  admissionWithNextGeneration,
  type NextGeneration,
} from "./session-admission.ts";
import type { ItemUpdate } from "./session-item.ts";
import { type Ticket, ticketEntry } from "./ticket.ts";

/** What an admission needs. */
export interface AdmissionServices extends Pick<Services, "clock" | "sessions" | "memory"> {
  readonly settings: Pick<Settings, "limits" | "sessionsValidFrom" | "realTime">;
}

/** What came of a request to be admitted. A handle that opens nothing is thrown instead, as the 403 answer. */
export type Admission =
  | { readonly admitted: true; readonly session: Session }
  /** The session is in order; its cell is exhausted for `retryAfterMs` milliseconds more. */
  | { readonly admitted: false; readonly retryAfterMs: number };

/** What an admission does besides. */
export interface Besides {
  /** The socket ticket to mint with it. */
  readonly ticket?: Ticket | undefined;
  /** What can be done while the database works; once, and whether or not it then admits. */
  readonly meanwhile?: () => void;
}

/** The most conditional updates one admission tries: both branches, and again where a parallel request came between. */
const maximumTries = 4;

/**
 * Admits one request: proves the handle, takes one unit of its rate-limit cell, slides the idle timer. One
 * conditional update; a second where the first tried the wrong one of two conditions (the memory tells which to try
 * first, and two requests of a cell may coincide). A participant handle also starts the next generation of a
 * connection handle that idled out.
 *
 * @throws {ChatError} 403 for a handle that opens nothing, 503 when the database does not answer
 * @throws {SealBrokenError} when what the table holds was tampered with
 */
export async function admit(
  services: AdmissionServices,
  handle: Handle,
  cell: Cell,
  { ticket, meanwhile }: Besides = {},
): Promise<Admission> {
  const { sessions, memory } = services;
  const terms = { ...admissionTerms(services, handle, cell), ...(ticket && { ticket: ticketEntry(ticket) }) };
  let update = admission(terms, memory.recall(terms) > terms.now ? "burst" : "idle");
  let unlocking: Promise<KeyObject> | undefined;
  for (let tries = 0; tries < maximumTries; tries++) {
    const updating = sessions.update(handle.selector, update);
    unlocking ??= onceSent(() => {
      meanwhile?.();
      return unlockingKey(handle);
    });
    const outcome = await updating;
    if (outcome.applied) {
      memory.learn(terms, outcome.item);
      const session = openSession(outcome.item, handle, await unlocking);
      return { admitted: true, session: { ...session, ...(ticket && { ticket }) } };
    }
    const verdict = judgeSession(outcome.item, terms);
    if (verdict.kind === "denied") throw accessDenied(verdict.detail);
    if (verdict.kind === "ended") throw accessDenied("ended");
    memory.learn(terms, outcome.item);
    if (verdict.kind === "limited") return { admitted: false, retryAfterMs: verdict.retryAfterMs };
    update = nextTry(handle, terms, verdict);
  }
  throw unavailable("an admission met too many parallel ones");
}

/** Does something once what was just sent is on its way, while the database works: so nobody waits for it. */
function onceSent<Result>(act: () => Result): Promise<Result> {
  const done = new Promise<void>((resolve) => setImmediate(resolve)).then(act);
  // Where the admission is refused nobody waits for it, and its failure is nobody's.
  done.catch(() => undefined);
  return done;
}

/** The terms of one admission, all at the same instant. */
export function admissionTerms(
  { clock, settings }: Pick<AdmissionServices, "clock" | "settings">,
  handle: Handle,
  cell: Cell,
): AdmissionTerms {
  const now = clock.now();
  return {
    kind: handle.kind,
    hash: hashSecret(handle.secret),
    now,
    validFrom: settings.sessionsValidFrom,
    idleMs: connectionHandleLifeMs[settings.realTime],
    cell: { name: cell, limit: settings.limits[cell] },
  };
}

function nextTry(
  handle: Handle,
  terms: AdmissionTerms,
  verdict: Extract<Verdict, { kind: "idle" | "open" }>,
): ItemUpdate {
  if (verdict.kind === "open") return admission(terms, verdict.branch);
  return admissionWithNextGeneration(terms, verdict.branch, nextGeneration(handle, verdict.generation + 1));
}

function nextGeneration(handle: Handle, g: number): NextGeneration {
  const { secret, wc } = generationOf(handle.selector, handle.secret, g);
  return { g, hc: hashSecret(secret), wc };
}
