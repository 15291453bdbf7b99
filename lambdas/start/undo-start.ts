import type { StartServices } from "../services.ts";
import type { Handle } from "../sessions/handle.ts";
import { hashSecret } from "../sessions/keys.ts";
import { startUndone } from "../sessions/session-start.ts";
import { contactLeft, isAttempt, type StartRecord } from "./start-record.ts";

/** How long the undoing of a start may take at Connect, in milliseconds; it begins when the request's own time may be up. */
const undoMs = 1_500;

/** What it needs. */
export type UndoingServices = Pick<StartServices, "clock" | "connect" | "sessions" | "startRecords">;

/**
 * Stops a contact whose start failed, so that no agent waits for a customer who was never told, and sees to it that it never gets a session. What
 * cannot be done now stays recorded, for the reaper. Throws nothing.
 *
 * @returns whether all of it was done
 */
export async function undoStart(
  { clock, connect, sessions, startRecords }: UndoingServices,
  { pk, n }: Pick<StartRecord, "pk" | "n">,
  { selector: contactId, secret }: Handle,
): Promise<boolean> {
  const now = clock.now();
  const done = await Promise.allSettled([
    connect.stopContact(contactId, AbortSignal.timeout(undoMs)),
    sessions.update(contactId, startUndone(now, hashSecret(secret))),
  ]);
  const isWhole = done.every(({ status }) => status === "fulfilled");
  const [closed] = await Promise.allSettled([
    isWhole ? startRecords.remove(pk, isAttempt(n)) : startRecords.update(pk, contactLeft(n, contactId, now)),
  ]);
  return isWhole && closed.status === "fulfilled";
}
