import type { StartServices } from "../services.ts";
import type { Handle } from "../sessions/handle.ts";
import { startUndone } from "../sessions/session-start.ts";
import { contactLeft, isAttempt, type StartRecord } from "./start-record.ts";

/**
 * How long the undoing of a start may take at Connect, in milliseconds; it begins when the request's own time may be
 * up.
 */
const undoMs = 1_500;

/** What it needs. */
export type UndoingServices = Pick<StartServices, "clock" | "connect" | "sessions" | "startRecords">;

/** How far a start came: its session may be there wherever its creation was tried. */
export interface FailedStart {
  readonly record: Pick<StartRecord, "pk" | "n">;
  readonly handle: Handle;
  readonly mayHaveSession: boolean;
  /** Whether whoever repeats it would be given its contact. */
  readonly isRepeatable: boolean;
}

/**
 * Stops a contact whose start failed, so that no agent waits for a customer who was never told. First records that
 * the contact has no session: the reaper takes a living session for a chat that goes on. What cannot be done now is
 * left to it.
 *
 * @returns whether all of it was done
 */
export async function undoStart(services: UndoingServices, start: FailedStart): Promise<boolean> {
  const { clock, connect, sessions, startRecords } = services;
  const { record, handle, mayHaveSession, isRepeatable } = start;
  const contactId = handle.selector;
  const leave = () => startRecords.update(record.pk, contactLeft(record.n, contactId, clock.now()));
  const end = async () => (await sessions.update(contactId, startUndone(clock.now()))).applied;
  const stop = () => connect.stopContact(contactId, AbortSignal.timeout(undoMs)).then(() => true);
  // Where the condition does not hold, the record is somebody else's by now.
  const forget = () => startRecords.remove(record.pk, isAttempt(record.n)).then(() => true);
  const ended = !mayHaveSession || (await succeeds(end));
  // A contact that is stopped must not be given to who repeats the start, nor stopped where somebody took it over.
  const isKnown = mayHaveSession || !isRepeatable;
  if (!(ended && isKnown) && !(await succeeds(leave))) return false;
  const stopped = await succeeds(stop);
  if (ended && stopped) return succeeds(forget);
  // Without a session the record may not have the contact yet.
  if (isKnown && !mayHaveSession) await succeeds(leave);
  return false;
}

/** Whether it is done; false, too, where an update's condition did not hold. */
async function succeeds(work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch {
    return false;
  }
}
