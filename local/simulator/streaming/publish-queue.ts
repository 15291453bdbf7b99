import { timestamp } from "../clock.ts";
import type { Services } from "../services.ts";
import type { Notification, Publish } from "./notification.ts";

type Needs = Pick<Services, "clock" | "requests">;

/**
 * The notifications of one stream on their way to SNS, one call at a time: were the calls made side by side, a
 * receiver behind a network would get them in any order, and disorder is a switch here. Each call is logged. A call
 * that fails is not tried again and holds nothing up.
 */
export class PublishQueue {
  readonly #publish: Publish;
  readonly #needs: Needs;
  readonly #notifications: Notification[] = [];
  #busy = false;

  constructor(publish: Publish, needs: Needs) {
    this.#publish = publish;
    this.#needs = needs;
  }

  /** Publishes it, at once where no other call is under way. */
  add(notification: Notification): void {
    this.#notifications.push(notification);
    if (!this.#busy) void this.#work();
  }

  async #work(): Promise<void> {
    this.#busy = true;
    for (let next = this.#notifications.shift(); next; next = this.#notifications.shift())
      await this.#call(next);
    this.#busy = false;
  }

  async #call({ topicArn, message, attributes }: Notification): Promise<void> {
    const { clock, requests } = this.#needs;
    const entry = requests.add({
      time: timestamp(clock.now()),
      service: "sns",
      operation: "Publish",
      status: 0,
      tokenKind: "none",
      ...(attributes["ContactId"] !== undefined && { contactId: attributes["ContactId"] }),
    });
    try {
      await this.#publish(topicArn, message, attributes);
      entry.status = 200;
    } catch {
      // Whoever publishes knows why; Connect's chat goes on, and the entry keeps its status 0.
    }
  }
}
