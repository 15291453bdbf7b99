/** An error that AWS answered. */
export interface Refusal {
  /** AWS's error type, such as ValidationException. */
  readonly type: string;
  readonly status: number;
  readonly message: string;
  /** Whether the answer had the header x-amzn-ErrorType. */
  readonly typeInHeader: boolean;
  /** Whether the body had the member `__type`. */
  readonly typeInBody: boolean;
}

/** The refusal in what an SDK client threw; undefined for anything else, such as a network that fails. */
export function readRefusal(thrown: unknown): Refusal | undefined {
  if (!(thrown instanceof Error)) return undefined;
  const status = memberOf(memberOf(thrown, "$metadata"), "httpStatusCode");
  if (typeof status !== "number" || status < 300) return undefined;
  const headers = memberOf(memberOf(thrown, "$response"), "headers");
  return {
    type: thrown.name,
    status,
    message: thrown.message,
    typeInHeader: memberOf(headers, "x-amzn-errortype") !== undefined,
    typeInBody: memberOf(thrown, "__type") !== undefined,
  };
}

/**
 * How a call was refused; undefined where it was answered. Rejects with what says nothing about the call itself: no
 * answer, throttling, a failure of the service.
 */
export async function refusalOf(call: Promise<unknown>): Promise<Refusal | undefined> {
  try {
    await call;
    return undefined;
  } catch (thrown) {
    const refusal = readRefusal(thrown);
    if (!refusal || refusal.status === 429 || refusal.status >= 500) throw thrown;
    return refusal;
  }
}

/** A refusal in a few words: "ValidationException (400)". */
export function named({ type, status }: Refusal): string {
  return `${type} (${status})`;
}

/** What went wrong, in one sentence for the owner of the instance. */
export function explainFailure(thrown: unknown): string {
  const refusal = readRefusal(thrown);
  if (refusal) return `Amazon Connect refused it with ${named(refusal)}: ${endSentence(refusal.message)}`;
  if (!(thrown instanceof Error)) return endSentence(String(thrown));
  if (thrown.name === "CredentialsProviderError") {
    return "No AWS credentials were found: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.";
  }
  return endSentence(thrown.message || ("code" in thrown ? String(thrown.code) : thrown.name));
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
