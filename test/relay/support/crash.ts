import type { RelayServices } from "../../../lambdas/relay/relay-services.ts";

/** Where an invocation dies, or what befalls one of its calls. */
export interface CrashPoint {
  /** The call: that of a name (`store.markDone`), or whichever comes. */
  readonly call?: string;
  /** Which of those calls, from 0. */
  readonly nth: number;
  /** `before` and `after` it the function dies; it `fails` undone, or done, where its answer is `lost`. */
  readonly fate: "before" | "after" | "fails" | "lost";
}

/** Never settles: nothing more happens in a function that died. */
const never = new Promise<never>(() => {});

/**
 * One invocation that may die: its calls of the database and of API Gateway pass through here. What is under
 * way when it dies arrives all the same.
 */
export class Crash {
  readonly #point: CrashPoint | undefined;
  readonly #died = Promise.withResolvers<never>();
  #left: number;
  #underWay = 0;
  #isDead = false;
  #struckCall: string | undefined;
  #posted = false;

  constructor(point: CrashPoint | undefined) {
    this.#point = point;
    this.#left = point?.nth ?? 0;
    this.#died.promise.catch(() => {});
  }

  /** Whether the crash came. */
  get struck(): boolean {
    return this.#struckCall !== undefined;
  }

  /** Whether it came where an item may have been posted, and the function could not say so any more. */
  get mayRepeat(): boolean {
    if (!this.#posted || this.#struckCall === undefined) return false;
    if (this.#isDead) return true;
    return this.#struckCall === "gateway.post" && this.#point?.fate === "lost";
  }

  /** Whether it was a socket that could not be closed. */
  get keptOpen(): boolean {
    return this.#struckCall === "gateway.close" && this.#point?.fate === "fails";
  }

  /** Rejects when the function is dead and nothing of it is under way. */
  get died(): Promise<never> {
    return this.#died.promise;
  }

  /** The services of this invocation. */
  over(services: RelayServices): RelayServices {
    return {
      ...services,
      chats: this.#through("chats", services.chats),
      store: this.#through("store", services.store),
      gateway: this.#through("gateway", services.gateway),
    };
  }

  #through<Part extends object>(name: string, part: Part): Part {
    return new Proxy(part, {
      get: (target, method) => {
        const call = Reflect.get(target, method) as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => this.#pass(`${name}.${String(method)}`, () => call(...args));
      },
    });
  }

  async #pass(name: string, call: () => Promise<unknown>): Promise<unknown> {
    if (this.#isDead) return never;
    const fate = this.#fateOf(name);
    if (fate === "before") return this.#die();
    if (fate === "fails") throw new Error("the call failed");
    this.#posted ||= name === "gateway.post";
    this.#underWay += 1;
    const result = await call().finally(() => {
      this.#underWay -= 1;
      if (this.#isDead) this.#die();
    });
    if (fate === "after" || this.#isDead) return this.#die();
    if (fate === "lost") throw new Error("the answer was lost");
    return result;
  }

  #fateOf(name: string): CrashPoint["fate"] | undefined {
    if (this.#point === undefined || this.struck) return undefined;
    if (this.#point.call !== undefined && this.#point.call !== name) return undefined;
    if (this.#left-- > 0) return undefined;
    this.#struckCall = name;
    return this.#point.fate;
  }

  #die(): Promise<never> {
    this.#isDead = true;
    if (this.#underWay === 0) this.#died.reject(new Error("the function died"));
    return never;
  }
}
