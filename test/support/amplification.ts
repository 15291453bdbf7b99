/** What an operation of ours asks of Connect, once, when all is well. */
const askedBy: Readonly<Record<string, string>> = {
  "/chat": "StartChatContact",
  "/participant/connection": "CreateParticipantConnection",
  "/participant/transcript": "GetTranscript",
  "/participant/message": "SendMessage",
  "/participant/event": "SendEvent",
  "/participant/attachment": "GetAttachment",
};

/** How often Connect was asked for what clients asked us for. */
export interface Amplification {
  readonly path: string;
  readonly requests: number;
  /** Requests that were told to come again. */
  readonly refused: number;
  /** Tries at Connect. */
  readonly tries: number;
  /** Tries a request. */
  readonly ratio: number;
}

/** Counts requests and tries, path by path. */
export function amplifications(
  answers: readonly { readonly path: string; readonly status: number }[],
  calls: readonly { readonly operation: string }[],
): readonly Amplification[] {
  return Object.entries(askedBy).flatMap(([path, operation]) => {
    const own = answers.filter((answer) => answer.path === path);
    if (own.length === 0) return [];
    const refused = own.filter(({ status }) => status !== 200).length;
    const tries = calls.filter((call) => call.operation === operation).length;
    return [{ path, requests: own.length, refused, tries, ratio: tries / own.length }];
  });
}

/** A line for people. */
export function describeAmplifications(rows: readonly Amplification[]): string {
  const parts = rows.map(
    ({ path, requests, refused, tries, ratio }) =>
      `${path} ${requests} (${refused} told to come again), ${tries}, ${ratio.toFixed(3)}`,
  );
  return `requests, tries of Connect, tries a request: ${parts.join("; ")}`;
}
