import { ChatError, unavailable } from "../errors.ts";
import type { StartServices } from "../services.ts";
import { formatHandle, type Handle } from "../sessions/handle.ts";
import { newSecret } from "../sessions/keys.ts";
import { seal } from "../sessions/sealing.ts";
import type { BegunStart } from "./begin-start.ts";
import { createSession } from "./create-session.ts";
import { takePlace } from "./open-chats.ts";
import type { Principal } from "./principal.ts";
import { contactRecorded, finished, isAttempt, released } from "./start-record.ts";
import type { StartRequest } from "./start-request.ts";
import { answerPlace, type StartedChat } from "./started-chat.ts";
import { undoStart } from "./undo-start.ts";

/**
 * Starts a contact at Connect, records it at once, and creates its session. Wherever the function dies, the record
 * says what is left to be done: the reaper does it (reaper/reap-start.ts).
 *
 * @throws {ChatError} what Connect refuses; 429 `TooManyOpenChats` where parallel starts took the last place; 503 for
 * a start that was undone
 */
export async function startContact(
  services: StartServices,
  begun: BegunStart,
  { subject }: Pick<Principal, "subject">,
  request: StartRequest,
  signal: AbortSignal,
): Promise<StartedChat> {
  const { connect, startRecords } = services;
  const { record, repeatable } = begun;
  const contact = await connect
    .startChatContact({ ...request, ClientToken: record.u }, signal)
    .catch(async (error: unknown) => {
      await closeFailed(services, begun, error).catch(leftToReaper);
      throw error;
    });
  const { contactId, participantId } = contact;
  const handle: Handle = { kind: "participant", selector: contactId, secret: newSecret() };
  const chat: StartedChat = { contactId, participantId, participantHandle: formatHandle(handle) };
  let mayHaveSession = false;
  try {
    const answer =
      repeatable && seal(repeatable.sealingKey, Buffer.from(JSON.stringify(chat)), answerPlace(record.pk));
    const recorded = await startRecords.update(record.pk, contactRecorded(record.n, contactId, answer));
    if (!recorded) throw unavailable("a start was taken over");
    if (subject !== undefined) await takePlace(services, subject, contactId);
    mayHaveSession = true;
    await createSession(services, handle, { ...contact, subject }, request.ChatDurationInMinutes, signal);
  } catch (error) {
    const undone = await undoStart(services, {
      record,
      handle,
      mayHaveSession,
      isRepeatable: repeatable !== undefined,
    });
    if (error instanceof ChatError && error.reason === "TooManyOpenChats") throw error;
    throw unavailable(undone ? "a start was undone" : "a start that failed could not be undone whole", error);
  }
  await close(services, begun).catch(leftToReaper);
  return chat;
}

/** The chat lives: what cannot be written now is found by the reaper, which sees the session and ends nothing. */
async function close({ startRecords }: StartServices, { record: { pk, n, rx } }: BegunStart): Promise<void> {
  if (rx === undefined) await startRecords.remove(pk, isAttempt(n));
  else await startRecords.update(pk, finished(n, rx));
}

/**
 * Unless Connect refused the request, it may have started a contact all the same: the record stays, and whoever
 * repeats the start is given that one.
 */
async function closeFailed(
  { startRecords, clock }: StartServices,
  { record: { pk, n }, repeatable }: BegunStart,
  error: unknown,
): Promise<void> {
  const wasRefused = error instanceof ChatError && error.type === "ValidationException";
  if (repeatable === undefined || wasRefused) await startRecords.remove(pk, isAttempt(n));
  else await startRecords.update(pk, released(n, clock.now()));
}

function leftToReaper(): void {}
