import { AsyncLocalStorage } from "node:async_hooks";

/** What a request asked of Amazon Connect, try by try. */
export interface UpstreamCalls {
  /** AWS request ids of the tries that were answered, oldest first. */
  readonly requestIds: string[];
  /** How many of them Connect throttled. */
  throttles: number;
}

/** Ids that a request's line may have: more than any operation needs, so that a line stays short whatever happens. */
const mostIds = 16;

const requests = new AsyncLocalStorage<UpstreamCalls>();

/** Runs a request; what its calls leave behind is its own, also where one process serves several at a time. */
export function gatheringUpstreamCalls<Result>(run: () => Result): Result {
  return requests.run({ requestIds: [], throttles: 0 }, run);
}

/** What the request under way has asked of Connect so far. */
export function upstreamCalls(): Readonly<UpstreamCalls> {
  return requests.getStore() ?? { requestIds: [], throttles: 0 };
}

/** How an SDK client is watched. Each has a type of its own for what passes, and none of them matters here. */
interface SeenClient {
  readonly middlewareStack: {
    readonly add: (
      middleware: never,
      options: { step: "finalizeRequest"; priority: "low"; name: string },
    ) => void;
  };
}

type Next = (args: unknown) => Promise<{ readonly output: unknown }>;

const noting = (next: Next) => async (args: unknown) => {
  try {
    const result = await next(args);
    note(result.output);
    return result;
  } catch (error) {
    note(error);
    throw error;
  }
};

/** Has clients of Amazon Connect leave behind what became of each try: inside the retries, so that none is missed. */
export function noteUpstreamCalls(...clients: readonly SeenClient[]): void {
  for (const { middlewareStack } of clients) {
    middlewareStack.add(noting as never, {
      step: "finalizeRequest",
      priority: "low",
      name: "noteUpstreamCalls",
    });
  }
}

const throttlings = ["ThrottlingException", "TooManyRequestsException"];

/** Takes the id alone, of the form that ids have: an answer's other parts are none of the log's business. */
function note(answer: unknown): void {
  const calls = requests.getStore();
  const { name, $metadata } = metadataOf(answer);
  if (calls === undefined || $metadata === undefined) return;
  const { requestId, httpStatusCode } = $metadata;
  const isNew = requestId !== undefined && /^[A-Za-z0-9-]{1,64}$/.test(requestId);
  if (isNew && calls.requestIds.length < mostIds) calls.requestIds.push(requestId);
  if (httpStatusCode === 429 || throttlings.includes(name ?? "")) calls.throttles++;
}

interface Answer {
  readonly name?: string;
  readonly $metadata?: { readonly requestId?: string; readonly httpStatusCode?: number };
}

/** An error that was translated inside the retries has the SDK's own as its cause. */
function metadataOf(answer: unknown): Answer {
  const own = (answer ?? {}) as Answer & { readonly cause?: unknown };
  return own.$metadata === undefined && own.cause !== undefined ? ((own.cause ?? {}) as Answer) : own;
}
