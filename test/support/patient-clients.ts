import type { ApiAnswer } from "./chat.ts";
import type { EventParts } from "./direct-functions.ts";

/** A request that its client repeats until it succeeds. */
export interface Errand {
  readonly event: EventParts;
  readonly done: (answer: ApiAnswer) => void;
  /** When it is sent next, in milliseconds since the epoch. */
  readonly at: number;
  /** How often it failed. */
  readonly failures: number;
}

/** The statuses that clients repeat a request for: those of AWS's SDKs. */
const repeated = [429, 500, 503];

/**
 * Visitors' clients: each repeats what is refused for a moment, as `Retry-After` says and later each time, and takes
 * any other refusal for the end.
 */
export class PatientClients {
  readonly #invoke: (event: EventParts) => Promise<ApiAnswer>;
  readonly #now: () => number;
  #errands: Errand[] = [];
  /** Every answer so far, by the path that was asked. */
  readonly answers: { readonly path: string; readonly status: number }[] = [];

  constructor(invoke: (event: EventParts) => Promise<ApiAnswer>, now: () => number) {
    this.#invoke = invoke;
    this.#now = now;
  }

  /** Sends a request `inMs` milliseconds from now; `done` is told its success, and may send the next. */
  send(event: EventParts, inMs: number, done: (answer: ApiAnswer) => void = () => undefined): void {
    this.#errands.push({ event, done, at: this.#now() + inMs, failures: 0 });
  }

  /** Sends what is due, and does not wait for it. */
  tick(): void {
    const now = this.#now();
    const due = this.#errands.filter(({ at }) => at <= now);
    this.#errands = this.#errands.filter(({ at }) => at > now);
    for (const errand of due) void this.#try(errand);
  }

  async #try(errand: Errand): Promise<void> {
    const answer = await this.#invoke(errand.event);
    this.answers.push({ path: errand.event.resource, status: answer.status });
    if (repeated.includes(answer.status)) {
      const failures = errand.failures + 1;
      const seconds =
        Number(answer.headers.get("retry-after") ?? 0) + Math.random() * Math.min(8, 2 ** failures);
      this.#errands.push({ ...errand, failures, at: this.#now() + 1_000 * seconds });
      return;
    }
    if (answer.status === 200) errand.done(answer);
  }
}

/** A request of a chat's. */
export function participantRequest(name: string, bearer: string, body: object): EventParts {
  return {
    resource: `/participant/${name}`,
    headers: { "x-amz-bearer": bearer },
    body: JSON.stringify(body),
  };
}
