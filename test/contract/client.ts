/** The operations of the Participant Service, as its SDKs name them. */
export type OperationName =
  | "CreateParticipantConnection"
  | "SendMessage"
  | "SendEvent"
  | "GetTranscript"
  | "StartAttachmentUpload"
  | "CompleteAttachmentUpload"
  | "GetAttachment"
  | "DisconnectParticipant"
  | "DescribeView"
  | "GetAuthenticationUrl"
  | "CancelParticipantAuthentication";

/** The members of an operation's input. */
export type Input = Readonly<Record<string, unknown>>;

/** An error as a program sees it. */
export interface SeenError {
  /** AWS's error type. */
  readonly name: string;
  readonly status: number | undefined;
  readonly message: string;
}

/** What a client hands to its caller. */
export type Outcome = { readonly output: Readonly<Record<string, unknown>> } | { readonly error: SeenError };

/** A library that speaks to the Participant Service. */
export interface Client {
  readonly name: string;
  /** Operations that it knows. */
  readonly operations: readonly OperationName[];
  /** Members that it leaves out, because it is older than they are; `""` for empty ClientTokens, which it fills. */
  readonly leavesOut: readonly string[];
  /** Its calls to one endpoint, each tried once, or as often as the library does by itself. */
  connectTo(endpoint: string, tries: "once" | "its own"): Caller;
}

/** Calls one operation; never rejects. */
export type Caller = (operation: OperationName, input: Input) => Promise<Outcome>;

/** The output of a call that has to succeed. @throws Error with what it answered instead */
export function outputOf(outcome: Outcome): Readonly<Record<string, unknown>> {
  if ("output" in outcome) return outcome.output;
  const { name, status, message } = outcome.error;
  throw new Error(`${name} (${status}): ${message}`);
}
