import type { Clock } from "./clock.ts";
import { ServiceError } from "./errors.ts";

/** A token bucket: `rate` calls a second in the long run, `burst` at once. */
export type CallQuota = { rate: number; burst: number };

/** Amazon Connect's quotas as `GET|PUT /_sim/quotas` shows them. */
export type QuotaSettings = {
  /** Off by default, so that only tests about quotas meet them. */
  enforce: boolean;
  /** By operation; an operation without an entry has no limit. */
  calls: Record<string, CallQuota>;
  /** Chats of one instance that may go on at a time. */
  concurrentChats: number;
};

/** The defaults of the Amazon Connect service quotas pages. */
export function defaultQuotas(): QuotaSettings {
  return {
    enforce: false,
    calls: {
      StartChatContact: { rate: 5, burst: 8 },
      StartContactStreaming: { rate: 5, burst: 8 },
      StopContactStreaming: { rate: 5, burst: 8 },
      StopContact: { rate: 10, burst: 15 },
      CreateParticipantConnection: { rate: 6, burst: 9 },
      SendMessage: { rate: 10, burst: 15 },
      SendEvent: { rate: 10, burst: 15 },
      GetTranscript: { rate: 8, burst: 12 },
      GetAttachment: { rate: 8, burst: 12 },
      DisconnectParticipant: { rate: 3, burst: 5 },
      StartAttachmentUpload: { rate: 2, burst: 5 },
      CompleteAttachmentUpload: { rate: 2, burst: 5 },
    },
    concurrentChats: 500,
  };
}

/** Counts calls against the quotas: per account for the Connect service, per instance for the participant service. */
export class Quotas {
  readonly #clock: Clock;
  #settings = defaultQuotas();
  readonly #buckets = new Map<string, { level: number; at: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get settings(): QuotaSettings {
    return this.#settings;
  }

  /** Replaces the settings; all buckets are full again. */
  set(settings: QuotaSettings): void {
    this.#settings = settings;
    this.#buckets.clear();
  }

  /**
   * Counts one call in its scope.
   * Throws ThrottlingException (participant) or TooManyRequestsException (Connect), both 429, when it is one too many.
   */
  count(service: "connect" | "participant", operation: string, scope: string): void {
    const quota = this.#settings.calls[operation];
    if (!this.#settings.enforce || !quota) return;
    const key = `${operation} ${scope}`;
    const now = this.#clock.now();
    const { level, at } = this.#buckets.get(key) ?? { level: quota.burst, at: now };
    const refilled = Math.min(quota.burst, level + (Math.max(now - at, 0) * quota.rate) / 1000);
    this.#buckets.set(key, { level: refilled >= 1 ? refilled - 1 : refilled, at: now });
    if (refilled >= 1) return;
    throw service === "connect"
      ? new ServiceError("TooManyRequestsException", "Too Many Requests")
      : new ServiceError("ThrottlingException", "Rate exceeded");
  }

  /** Throws LimitExceededException (429) where the active chats of an instance are as many as may be. */
  checkConcurrentChats(countActive: () => number): void {
    if (!this.#settings.enforce || countActive() < this.#settings.concurrentChats) return;
    throw new ServiceError("LimitExceededException", "Concurrent active chats quota exceeded");
  }
}
