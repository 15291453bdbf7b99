import type { Input, OperationName } from "./client.ts";
import type { ContractChat } from "./contract-chat.ts";
import type { Difference } from "./differences.ts";
import type { StartMembers } from "./target.ts";

/** One thing that a client does, and what it sees of it. */
export interface ContractCase {
  readonly title: string;
  /** Operations that the client must know. */
  readonly operations: readonly OperationName[];
  /** A member that the client must not leave out. */
  readonly needs?: string;
  readonly start?: StartMembers;
  /** Does it; what it returns is what the client saw. */
  readonly run: (chat: ContractChat) => Promise<unknown>;
  /** What Amazon Connect's client has to see, at least. */
  readonly expected: unknown;
  /** What the proxy's client sees instead. Without, exactly the same. */
  readonly difference?: { readonly name: Difference; readonly expected: unknown };
}

/** A case of a single call, on a chat that `prepare` may have brought further. */
export function call(
  operation: OperationName,
  title: string,
  input: Input | ((chat: ContractChat) => Promise<Input>),
  expected: unknown,
  rest: Partial<Pick<ContractCase, "needs" | "start" | "difference">> = {},
): ContractCase {
  return {
    title: `${operation} ${title}`,
    operations: [operation],
    run: async (chat) => chat.call(operation, typeof input === "function" ? await input(chat) : input),
    expected,
    ...rest,
  };
}

/** A case of several calls. */
export function story(
  operation: OperationName,
  title: string,
  run: ContractCase["run"],
  expected: unknown,
  rest: Partial<Pick<ContractCase, "needs" | "start" | "difference">> = {},
): ContractCase {
  return { title: `${operation} ${title}`, operations: [operation], run, expected, ...rest };
}

/** An error of the Participant Service with its status in the service model. */
function error(name: string, status: number) {
  return { error: { name, status } };
}

/** The answers other than 200, by the words of the cases. */
export const denied = error("AccessDeniedException", 403);
export const invalid = error("ValidationException", 400);
export const throttled = error("ThrottlingException", 429);
export const failed = error("InternalServerException", 500);
export const conflict = error("ConflictException", 409);
export const overQuota = error("ServiceQuotaExceededException", 402);
export const notFound = error("ResourceNotFoundException", 404);

export const serialization = error("SerializationException", 400);
export const unavailable = error("InternalServerException", 503);

/** An answer with the members of `output`, at least. */
export function answered(output: object = {}): { readonly output: object } {
  return { output };
}
