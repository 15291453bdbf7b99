import type { Streaming } from "../chat/contact.ts";
import type { Services } from "../services.ts";
import { drawFate, type Fate } from "./fate.ts";
import type { Notification, Publish } from "./notification.ts";
import { PublishQueue } from "./publish-queue.ts";

type Needs = Pick<Services, "clock" | "requests" | "streamChances" | "switches" | "timeline">;
type Parcel = { notification: Notification; delaysMs: Fate["delaysMs"] };

/** How long a notification waits for the next one to change places with, in milliseconds of the simulator's clock. */
const longestWaitMs = 1000;

/**
 * Brings notifications to their topics under the faults of `switches`: dropped, twice, late, in another order.
 * Without faults each is published at once and in order. What is handed over is delivered even after the contact's end.
 */
export class Delivery {
  readonly #needs: Needs;
  readonly #publish: Publish;
  readonly #queues = new WeakMap<Streaming, PublishQueue>();
  /** The notification of each stream that lets the next one go first. */
  readonly #waiting = new WeakMap<Streaming, Parcel>();

  constructor(publish: Publish, needs: Needs) {
    this.#needs = needs;
    this.#publish = publish;
  }

  /** Takes a notification over for one stream. Nothing follows the last one, so it never waits and nothing waits on. */
  hand(streaming: Streaming, notification: Notification, isLast: boolean): void {
    const { dropped, swapped, delaysMs } = drawFate(this.#needs.streamChances, this.#needs.switches);
    const parcel = { notification, delaysMs };
    const someoneWaits = this.#waiting.has(streaming);
    if (!dropped && swapped && !someoneWaits && !isLast) {
      this.#letWait(streaming, parcel);
      return;
    }
    if (!dropped) this.#send(streaming, parcel);
    if (!dropped || isLast) this.#release(streaming);
  }

  #letWait(streaming: Streaming, parcel: Parcel): void {
    this.#waiting.set(streaming, parcel);
    this.#needs.timeline.after(longestWaitMs, () => {
      if (this.#waiting.get(streaming) === parcel) this.#release(streaming);
    });
  }

  #release(streaming: Streaming): void {
    const parcel = this.#waiting.get(streaming);
    this.#waiting.delete(streaming);
    if (parcel) this.#send(streaming, parcel);
  }

  #send(streaming: Streaming, { notification, delaysMs }: Parcel): void {
    const queue = this.#queueOf(streaming);
    for (const delayMs of delaysMs) {
      if (delayMs === 0) queue.add(notification);
      else this.#needs.timeline.after(delayMs, () => queue.add(notification));
    }
  }

  #queueOf(streaming: Streaming): PublishQueue {
    const queue = this.#queues.get(streaming) ?? new PublishQueue(this.#publish, this.#needs);
    this.#queues.set(streaming, queue);
    return queue;
  }
}
