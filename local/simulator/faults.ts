import { SeededRandom } from "./seeded-random.ts";

/** One planned fault, as `PUT /_sim/faults` takes it. */
export type Fault = {
  /** The SDK's name of the operation, PutObject, GetObject, OpenSocket, or "*" for all. */
  operation: string;
  /** Answer this HTTP status instead of acting. */
  status?: number | undefined;
  /** The error's type; where it is absent, the usual one of the status. */
  type?: string | undefined;
  /** How many requests it befalls; without, all. */
  times?: number | undefined;
  /** The probability, 0..1, that it befalls a request; without, 1. */
  rate?: number | undefined;
  /** Real milliseconds of delay before anything else. */
  delayMs?: number | undefined;
  /** Drop the connection before acting, after acting but before answering, or in the middle of the body. */
  cut?: "before" | "after" | "mid-body" | undefined;
  /** Answer an HTML page, or JSON that stops half-way, in place of the body. */
  body?: "html" | "truncated" | undefined;
};

/** The faults that are planned. The first that fits a request befalls it. */
export class FaultPlan {
  #faults: Fault[] = [];
  readonly #random = new SeededRandom(1);

  /** Replaces the plan. The seed makes the probabilities repeatable. */
  set(faults: Fault[], seed = 1): void {
    this.#faults = faults.map((fault) => ({ ...fault }));
    this.#random.restart(seed);
  }

  /** The plan, with the remaining `times`. */
  list(): readonly Fault[] {
    return this.#faults;
  }

  /** The fault for one request of an operation, if any; uses up one of its `times`. */
  take(operation: string): Fault | undefined {
    const fault = this.#faults.find((candidate) => this.#befalls(candidate, operation));
    if (fault?.times !== undefined) fault.times -= 1;
    return fault;
  }

  #befalls(fault: Fault, operation: string): boolean {
    if (fault.operation !== "*" && fault.operation !== operation) return false;
    if (fault.times !== undefined && fault.times <= 0) return false;
    return fault.rate === undefined || this.#random.happens(fault.rate);
  }
}
