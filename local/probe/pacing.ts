import type { ProbeClock } from "./probe-clock.ts";

/**
 * Amazon Connect's default quotas, in calls a second (service quotas pages; of StopContact the lower of the published
 * ones). They are shared by everybody who uses the instance.
 */
const defaultQuotas: Readonly<Record<string, number>> = {
  StartChatContact: 5,
  StopContact: 2,
  CreateParticipantConnection: 6,
  SendMessage: 10,
  SendEvent: 10,
  GetTranscript: 8,
  GetAttachment: 8,
  StartAttachmentUpload: 2,
  CompleteAttachmentUpload: 2,
};

/** Calls a second of an operation that is not in the list. */
const cautiousQuota = 2;

/** Part of a quota that the probe takes at most: the rest is for the chats that go on meanwhile. */
const share = 0.5;

/** Spaces the calls of each operation, so that probing a live instance disturbs nobody. */
export class Pacing {
  readonly #clock: ProbeClock;
  readonly #nextAt = new Map<string, number>();

  constructor(clock: ProbeClock) {
    this.#clock = clock;
  }

  /** Resolves as soon as `operation` may be called again; rejects when `signal` aborts. */
  async wait(operation: string, signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    const now = this.#clock.now();
    const at = Math.max(now, this.#nextAt.get(operation) ?? now);
    this.#nextAt.set(operation, at + 1000 / ((defaultQuotas[operation] ?? cautiousQuota) * share));
    if (at > now) await this.#clock.sleep(at - now, signal);
  }
}
