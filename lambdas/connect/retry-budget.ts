/** Second tries that a container may owe at once. */
const most = 5;

/** What each call adds: one second try for ten calls, so that Connect is asked at most 1.1 times as often as we are. */
const perCall = 0.1;

/**
 * The second tries of a container. Retries are for faults that pass; where every tenth call fails, they would be part
 * of the fault.
 */
export class RetryBudget {
  #left = most;

  /** Counts a call. @param tries what it adds */
  earn(tries = perCall): void {
    this.#left = Math.min(most, this.#left + tries);
  }

  /** Takes a second try, where there is one. */
  spend(): boolean {
    if (this.#left < 1) return false;
    this.#left--;
    return true;
  }
}
