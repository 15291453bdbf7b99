import type { Clock } from "../clock.ts";
import { presign } from "./presign.ts";

/** One stored file. */
export type StoredObject = { body: Buffer; contentType: string; contentDisposition: string };

type Grant = { authority: string; key: string; expiresInSeconds: number };

/** Every object's path begins with it: the small S3 shares the simulator's port. */
export const bucketPath = "/s3/simulated-attachments/";

/** One bucket in memory, and the pre-signed URLs to it. */
export class Bucket {
  readonly #clock: Clock;
  readonly #objects = new Map<string, StoredObject>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Writes an object, replacing any earlier one, as S3 does. */
  put(key: string, object: StoredObject): void {
    this.#objects.set(key, object);
  }

  /** The object, or undefined. */
  get(key: string): StoredObject | undefined {
    return this.#objects.get(key);
  }

  /** A URL that may write one object, with exactly these headers. */
  uploadUrl(grant: Grant, headers: Record<string, string>): string {
    return this.#presign("PUT", grant, headers);
  }

  /** A URL that may read one object. */
  downloadUrl(grant: Grant): string {
    return this.#presign("GET", grant, {});
  }

  #presign(
    method: "GET" | "PUT",
    { authority, key, expiresInSeconds }: Grant,
    headers: Record<string, string>,
  ): string {
    const path = `${bucketPath}${key}`;
    return presign({ method, authority, path, headers, now: this.#clock.now(), expiresInSeconds });
  }
}
