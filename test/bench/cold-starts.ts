import { type OperationName, routes } from "../../lambdas/routes.ts";
import type { ChatPart } from "./reckoned-chat.ts";

/** A month in seconds. */
export const secondsOfMonth = 30 * 24 * 3_600;

/** How chats use one function. */
export interface FunctionUse {
  /** Chats that use it at all, of all chats. */
  readonly share: number;
  /** Seconds from the first use in a chat to the last. */
  readonly lastsSeconds: number;
}

/** Which function serves an operation. */
export type Split = (operation: OperationName) => string;

/** As deployed: a function for each trust boundary. */
export const oneForEachBoundary: Split = (operation) =>
  routes.find((route) => route.operation === operation)?.function ?? operation;

/** As it could be: a function for each operation. */
export const oneForEachOperation: Split = (operation) => operation;

/** The functions that the parts of a chat meet, by name. */
export function functionsOf(
  parts: readonly ChatPart[],
  split: Split,
  chatSeconds: number,
): ReadonlyMap<string, FunctionUse> {
  const uses = new Map<string, FunctionUse>();
  for (const { operation, times, lasts } of parts) {
    if (operation === undefined) continue;
    const name = split(operation);
    const known = uses.get(name) ?? { share: 0, lastsSeconds: 0 };
    uses.set(name, {
      share: Math.max(known.share, Math.min(1, times)),
      lastsSeconds: Math.max(known.lastsSeconds, lasts === true ? chatSeconds : 0),
    });
  }
  return uses;
}

/**
 * Cold starts that a chat meets on average. Chats start as a Poisson process. Each keeps a function warm from its
 * first request to its last, and for `idleSeconds` more, so the number of chats that do so at a time is Poisson, too
 * (an M/G/∞ queue), and the next chat finds none with the probability exp(-rate x that time). With many chats that is
 * nothing. The chat is the unit and not the request, because a chat's requests come together: one that waited warms
 * the function for the others.
 */
export function coldStartsOfChat(
  functions: Iterable<FunctionUse>,
  chatsOfMonth: number,
  idleSeconds: number,
): number {
  const perSecond = chatsOfMonth / secondsOfMonth;
  return [...functions].reduce(
    (sum, { share, lastsSeconds }) =>
      sum + share * Math.exp(-perSecond * share * (lastsSeconds + idleSeconds)),
    0,
  );
}
