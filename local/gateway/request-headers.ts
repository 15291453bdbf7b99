import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";

/** Headers that concern the connection and not the request; API Gateway passes none of them on. */
const connectionHeaders = new Set([
  "connection",
  "content-length",
  "keep-alive",
  "te",
  "transfer-encoding",
  "upgrade",
]);

/**
 * The headers of a request as API Gateway passes them to a function: in the client's casing, every value kept, an
 * `Authorization` with a SigV4 signature dropped, and `X-Forwarded-*` told by the gateway. A client may send
 * `X-Forwarded-For`, so its first value is anybody's invention; only the last, the socket's own address, is true.
 *
 * @param time when the request arrived, in milliseconds since the epoch: part of its `X-Amzn-Trace-Id`, unless the
 * client sent one
 */
export function passedHeaders(request: IncomingMessage, time: number): Record<string, string[]> {
  const headers = new HeaderList();
  const { rawHeaders, socket } = request;
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.add(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  const forwardedFor = [...headers.take("x-forwarded-for"), socket.remoteAddress ?? ""].join(", ");
  headers.replace("X-Forwarded-For", forwardedFor);
  headers.replace("X-Forwarded-Port", String(socket.localPort));
  headers.replace("X-Forwarded-Proto", "http");
  headers.replace("X-Amzn-Trace-Id", headers.take("x-amzn-trace-id")[0] ?? newTraceId(time));
  return headers.toRecord();
}

function newTraceId(time: number): string {
  return `Root=1-${Math.floor(time / 1000).toString(16)}-${randomBytes(12).toString("hex")}`;
}

/** Each header's last value: what `event.headers` holds beside `event.multiValueHeaders`. */
export function lastValues(multiValue: Readonly<Record<string, string[]>>): Record<string, string> {
  return Object.fromEntries(Object.entries(multiValue).map(([name, values]) => [name, values.at(-1) ?? ""]));
}

/** Header values by case-insensitive name, under the casing that was seen first. */
class HeaderList {
  readonly #byLowerName = new Map<string, { name: string; values: string[] }>();

  add(name: string, value: string): void {
    const lower = name.toLowerCase();
    const isSigned = lower === "authorization" && value.startsWith("AWS4-HMAC-SHA256");
    if (connectionHeaders.has(lower) || isSigned) {
      return;
    }
    const known = this.#byLowerName.get(lower);
    if (known) {
      known.values.push(value);
    } else {
      this.#byLowerName.set(lower, { name, values: [value] });
    }
  }

  /** Removes a header and returns its values. */
  take(lower: string): string[] {
    const values = this.#byLowerName.get(lower)?.values ?? [];
    this.#byLowerName.delete(lower);
    return values;
  }

  replace(name: string, value: string): void {
    this.#byLowerName.set(name.toLowerCase(), { name, values: [value] });
  }

  toRecord(): Record<string, string[]> {
    return Object.fromEntries([...this.#byLowerName.values()].map(({ name, values }) => [name, values]));
  }
}
