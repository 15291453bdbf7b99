/**
 * What befalls one call of the database or of Connect: the function dies before it is made, or once it took effect;
 * it fails without effect, or its answer alone is lost; or the function stands still before it, until it is woken.
 */
export type Fate = "dies before" | "dies after" | "fails before" | "fails after" | "stalls";

/** Calls by their number, from 0, in the life of one function. */
export type Fates = ReadonlyMap<number, Fate>;

/** One life of a function. */
export interface Life {
  /** How many calls it made, the one that it died on included. */
  readonly calls: number;
  /** What a client is given of the same kind, whose calls have their fates. */
  through<Client extends object>(client: Client): Client;
  /** Does one call. */
  call<Result>(make: () => Promise<Result>): Promise<Result>;
  /** What the work came to; undefined when the function died first. */
  live<Result>(work: () => Promise<Result>): Promise<Result | undefined>;
  /** Resolves once it stands still. */
  readonly stalled: Promise<void>;
  /** Lets it go on. */
  wake(): void;
}

/** A call that failed, or whose answer was lost: whoever made it cannot tell. */
export class FatedError extends Error {
  override readonly name = "FatedError";
}

/** Begins a life. A dead function's calls never come back, so nothing of its code runs any more, as in Lambda. */
export function beginLife(fates: Fates): Life {
  const death = Promise.withResolvers<undefined>();
  const stall = Promise.withResolvers<void>();
  const waking = Promise.withResolvers<void>();
  let calls = 0;
  const die = () => {
    death.resolve(undefined);
    return new Promise<never>(() => {});
  };

  async function call<Result>(make: () => Promise<Result>): Promise<Result> {
    const fate = fates.get(calls++);
    if (fate === "stalls") {
      stall.resolve();
      await waking.promise;
    }
    if (fate === "dies before") return die();
    if (fate === "fails before") throw new FatedError("a call failed");
    const result = await make();
    if (fate === "dies after") return die();
    if (fate === "fails after") throw new FatedError("an answer was lost");
    return result;
  }

  return {
    get calls() {
      return calls;
    },
    call,
    through: (client) =>
      new Proxy(client, {
        get: (target, name) => {
          const member: unknown = Reflect.get(target, name);
          return typeof member === "function"
            ? (...args: unknown[]) => call(() => member.apply(target, args))
            : member;
        },
      }),
    live: (work) => Promise.race([work(), death.promise]),
    stalled: stall.promise,
    wake: waking.resolve,
  };
}
