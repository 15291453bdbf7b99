import { createHash } from "node:crypto";
import { ChatError, unavailable } from "../errors.ts";
import { type Conformance, conformance, timeToConform } from "../rate-limits/gcra.ts";
import type { StartServices } from "../services.ts";
import type { Principal } from "./principal.ts";
import { principalName } from "./principal-name.ts";
import { startUpdate } from "./start-update.ts";

/** Both branches, and again where parallel starts came between. */
const maximumTries = 4;

/** What the admission of a start needs. */
export interface StartAdmissionServices extends Pick<StartServices, "clock" | "starts"> {
  readonly startSettings: Pick<StartServices["startSettings"], "startLimits">;
}

/**
 * Takes one unit of the principal's limit of starts: one conditional update, like the admission of any request, and a second where the
 * first condition was not the right one. Exact, however many start at once.
 *
 * @throws {ChatError} 429 `TooManyStarts` beyond the limit, 503 when the database does not answer
 */
export async function admitStart(
  { clock, starts, startSettings }: StartAdmissionServices,
  { subject, network }: Pick<Principal, "subject" | "network">,
): Promise<void> {
  const limit = startSettings.startLimits[subject === undefined ? "address" : "subject"];
  const key = keyOf(principalName({ subject, network }));
  const now = clock.now();
  let branch: Conformance = "idle";
  for (let tries = 0; tries < maximumTries; tries++) {
    const { applied, tat = 0 } = await starts.update(key, startUpdate(limit, now, branch));
    if (applied) return;
    const next = conformance(limit, tat, now);
    if (next === undefined) throw tooManyStarts(timeToConform(limit, tat, now));
    branch = next;
  }
  throw unavailable("a start met too many parallel ones");
}

/** Nobody's name or address stands in the table. */
function keyOf(principal: string): string {
  return `start#${createHash("sha256").update(`connect-chat-bff|start|${principal}`).digest("base64url")}`;
}

function tooManyStarts(retryAfterMs: number): ChatError {
  return new ChatError(
    "ThrottlingException",
    "TooManyStarts",
    "Too many chats were started. Try again later.",
    {
      retryAfterSeconds: Math.max(1, Math.ceil(retryAfterMs / 1_000)),
    },
  );
}
