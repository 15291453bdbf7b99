import type { StartServices } from "../services.ts";
import { createSession } from "../sessions/create-session.ts";
import { formatHandle } from "../sessions/handle.ts";
import type { Principal } from "./principal.ts";
import type { StartRequest } from "./start-request.ts";

/** A chat that was started, as its page is told of it. */
export interface StartedChat {
  readonly contactId: string;
  readonly participantId: string;
  /** The participant handle, as it travels. */
  readonly participantHandle: string;
}

/**
 * Starts a contact at Connect and creates its session.
 *
 * @throws {ChatError} what Connect refuses; 503 for a start that was undone
 */
export async function startContact(
  services: StartServices,
  { subject }: Principal,
  request: StartRequest,
  signal: AbortSignal,
): Promise<StartedChat> {
  const contact = await services.connect.startChatContact(request, signal);
  const handle = await createSession(
    services,
    { ...contact, subject },
    request.ChatDurationInMinutes,
    signal,
  );
  return {
    contactId: contact.contactId,
    participantId: contact.participantId,
    participantHandle: formatHandle(handle),
  };
}
