/** One call that reached the simulator, or that it made itself (SNS), as `GET /_sim/requests` shows it. */
export type LoggedRequest = {
  /** When it arrived or was made, by the simulator's clock. */
  time: string;
  service: "connect" | "participant" | "s3" | "websocket" | "sns";
  /** The SDK's name of the operation; PutObject, GetObject, OpenSocket and Publish for the rest. */
  operation: string;
  /** The HTTP status answered; 0 while there is no answer, and for ever if a fault cut it or publishing failed. */
  status: number;
  /** What X-Amz-Bearer held; "unknown" is a token that the simulator never made. */
  tokenKind: "participant" | "connection" | "unknown" | "none";
  ClientToken?: string;
  contactId?: string;
};

/** Calls kept; the oldest are forgotten first. */
const capacity = 100_000;

/** The calls that reached the simulator and those it made, in order. Bounded, so a long run cannot fill the memory. */
export class RequestLog {
  #requests: LoggedRequest[] = [];

  /** Adds a call and returns the entry, whose status the caller sets when it answers. */
  add(request: LoggedRequest): LoggedRequest {
    if (this.#requests.length >= capacity) this.#requests = this.#requests.slice(capacity / 10);
    this.#requests.push(request);
    return request;
  }

  /** All calls kept, oldest first. */
  list(): readonly LoggedRequest[] {
    return this.#requests;
  }

  /** Forgets all calls. */
  clear(): void {
    this.#requests = [];
  }
}
