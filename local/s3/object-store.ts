import { createHash } from "node:crypto";
import { S3Error } from "../simulator/s3/s3-error.ts";
import type { S3Request } from "./s3-request.ts";

/** An answer before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | string;
}

interface StoredObject {
  readonly body: Buffer;
  readonly contentType: string;
  /** MD5 in quotes, as S3 has it for what was put at once. */
  readonly etag: string;
  readonly modifiedAt: number;
}

/** The objects of one bucket, in memory. */
export class ObjectStore {
  readonly #objects = new Map<string, StoredObject>();
  readonly #mayList: boolean;

  /**
   * @param mayList whether callers may list the bucket: without that right S3 tells nobody that an object is missing,
   * and answers 403
   */
  constructor(mayList: boolean) {
    this.#mayList = mayList;
  }

  /** Every key, in the order of the first upload. */
  keys(): readonly string[] {
    return [...this.#objects.keys()];
  }

  /** Stores an object in the place of any earlier one. @throws {S3Error} 411 where its length was not announced */
  put(key: string, { headers, body }: S3Request, now: number): Answer {
    if (headers["content-length"] === undefined) {
      throw new S3Error(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
    }
    const etag = `"${createHash("md5").update(body).digest("hex")}"`;
    const contentType = headers["content-type"] ?? "binary/octet-stream";
    this.#objects.set(key, { body, contentType, etag, modifiedAt: now });
    return { status: 200, headers: { ETag: etag }, body: "" };
  }

  /** The object. @throws {S3Error} 404 or 403 where it is not there, 412 where it is another than If-Match says */
  get(key: string, { headers }: S3Request): Answer {
    const object = this.#objects.get(key);
    if (object === undefined) {
      throw this.#mayList
        ? new S3Error(404, "NoSuchKey", "The specified key does not exist.")
        : new S3Error(403, "AccessDenied", "Access Denied");
    }
    const wanted = headers["if-match"];
    if (
      wanted !== undefined &&
      wanted !== "*" &&
      wanted.replaceAll('"', "") !== object.etag.replaceAll('"', "")
    ) {
      throw new S3Error(
        412,
        "PreconditionFailed",
        "At least one of the pre-conditions you specified did not hold",
      );
    }
    return {
      status: 200,
      headers: {
        "Content-Type": object.contentType,
        ETag: object.etag,
        "Last-Modified": new Date(object.modifiedAt).toUTCString(),
      },
      body: object.body,
    };
  }

  /** Removes an object, whether it is there or not. */
  delete(key: string): Answer {
    this.#objects.delete(key);
    return { status: 204, headers: {}, body: "" };
  }
}
