import { ChatError, unavailable } from "../errors.ts";
import { type Conformance, conformance, timeToConform } from "../rate-limits/gcra.ts";
import type { StartServices } from "../services.ts";
import { giveBackEnded, type OpenChatServices } from "./open-chats.ts";
import type { Principal } from "./principal.ts";
import { startKey } from "./start-key.ts";
import { startUpdate } from "./start-update.ts";

/** Both branches, and again where parallel starts came between. */
const maximumTries = 4;

/** What the admission of a start needs. */
export interface StartAdmissionServices extends OpenChatServices {
  readonly startSettings: Pick<StartServices["startSettings"], "startLimits" | "chatsPerSubject">;
}

/**
 * Takes one unit of the principal's limit of starts: one conditional update, like the admission of any request, and a
 * second where the first condition was not the right one. Exact, however many start at once. A subject that has as
 * many chats open as it may starts none.
 *
 * @throws {ChatError} 429 `TooManyStarts` beyond the limit, 429 `TooManyOpenChats`, 503 when the database does not
 * answer
 */
export async function admitStart(
  services: StartAdmissionServices,
  { subject, network }: Pick<Principal, "subject" | "network">,
): Promise<void> {
  const { clock, starts, startSettings } = services;
  const limit = startSettings.startLimits[subject === undefined ? "address" : "subject"];
  const most = subject === undefined ? undefined : startSettings.chatsPerSubject;
  const key = startKey({ subject, network });
  const now = clock.now();
  let branch: Conformance = "idle";
  for (let tries = 0; tries < maximumTries; tries++) {
    const { applied, tat = 0, places = [] } = await starts.update(key, startUpdate(limit, now, branch, most));
    if (applied) return;
    // First: whoever is refused by it costs no more than this call.
    const next = conformance(limit, tat, now);
    if (next === undefined) throw tooManyStarts(timeToConform(limit, tat, now));
    if (subject !== undefined && most !== undefined && places.length >= most) {
      await giveBackEnded(services, subject, places);
    }
    branch = next;
  }
  throw unavailable("a start met too many parallel ones");
}

function tooManyStarts(retryAfterMs: number): ChatError {
  return new ChatError(
    "ThrottlingException",
    "TooManyStarts",
    "Too many chats were started. Try again later.",
    { retryAfterMs },
  );
}
