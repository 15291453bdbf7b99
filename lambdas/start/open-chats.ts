import { ChatError, unavailable } from "../errors.ts";
import type { StartServices } from "../services.ts";
import { unlessEnded } from "../sessions/session-start.ts";
import { startKey } from "./start-key.ts";
import { dueAfterMs } from "./start-record.ts";
import { placeGivenBack, placeTaken } from "./start-update.ts";

/** What the places of a subject's chats need. */
export interface OpenChatServices extends Pick<StartServices, "clock" | "starts" | "sessions"> {
  readonly startSettings: Pick<StartServices["startSettings"], "chatsPerSubject">;
}

/** Places are looked through again where parallel starts came between. */
const maximumTries = 3;

/**
 * Takes a place among the chats that a subject has open for one that Connect has just started: one conditional
 * update, so that there are never more, however many start at once.
 *
 * @throws {ChatError} 429 `TooManyOpenChats` when there is none, 503 when the database does not answer
 */
export async function takePlace(
  services: OpenChatServices,
  subject: string,
  contactId: string,
): Promise<void> {
  const { clock, starts, startSettings } = services;
  for (let tries = 0; tries < maximumTries; tries++) {
    const update = placeTaken(`${clock.now()}-${contactId}`, startSettings.chatsPerSubject, clock.now());
    const { applied, places } = await starts.update(startKey({ subject }), update);
    if (applied || places?.some((place) => place.endsWith(contactId))) return;
    await giveBackEnded(services, subject, places ?? []);
  }
  throw unavailable("a start met too many parallel ones");
}

/**
 * Gives back the places of chats that are over. Nobody does it as they end: that would cost every chat a call, and
 * this costs only a subject that has all its places taken.
 *
 * @param places `<when it was taken>-<contact id>` each
 * @throws {ChatError} 429 `TooManyOpenChats` when all of them go on
 */
export async function giveBackEnded(
  { clock, starts, sessions }: OpenChatServices,
  subject: string,
  places: readonly string[],
): Promise<void> {
  const now = clock.now();
  const over = await Promise.all(
    places.map(async (place) => {
      const at = place.indexOf("-");
      // A start under way has no session yet.
      if (now - Number(place.slice(0, at)) < dueAfterMs) return false;
      return !(await sessions.update(place.slice(at + 1), unlessEnded(now))).applied;
    }),
  );
  const ended = places.filter((_, index) => over[index]);
  if (ended.length === 0) throw tooManyOpenChats();
  await starts.update(startKey({ subject }), placeGivenBack(ended));
}

function tooManyOpenChats(): ChatError {
  return new ChatError("ThrottlingException", "TooManyOpenChats", "End one of your chats to start another.", {
    retryAfterMs: 60_000,
  });
}
