import type { SealedPlace } from "../sessions/sealing.ts";

/** A chat that was started, as its page is told of it. */
export interface StartedChat {
  readonly contactId: string;
  readonly participantId: string;
  /** The participant handle, as it travels. */
  readonly participantHandle: string;
}

/** Where the sealed answer of a start belongs. @param pk key of the start's record */
export function answerPlace(pk: string): SealedPlace {
  return { pk, kind: "start-answer", version: 1 };
}
