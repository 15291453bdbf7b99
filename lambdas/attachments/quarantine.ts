import { Readable } from "node:stream";
import { DeleteObjectCommand, GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { unavailable } from "../errors.ts";

/** How long an upload may begin, in seconds: the URL is a signature in a browser. */
const uploadUrlSeconds = 120;

/** Our own bucket, where files wait for inspection. Each method throws the 503 answer when S3 does not answer. */
export interface Quarantine {
  /** What lets a browser put exactly one object of this type and size, once or again until the URL ends. */
  presignUpload(key: string, contentType: string, bytes: number, now: number): Promise<UploadPermission>;
  /**
   * Reads an object whole: what was inspected is what is sent on, for it is never read again. With `etag`, that
   * version alone.
   */
  read(key: string, etag: string | undefined, signal: AbortSignal): Promise<QuarantinedObject>;
  remove(key: string): Promise<void>;
}

/** A pre-signed upload. */
export interface UploadPermission {
  readonly url: string;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
  /** Headers the upload must carry; none of them tells anything. */
  readonly headers: Readonly<Record<string, string>>;
}

/** An object as it was found: not there, no longer the one that was asked for, or its bytes. */
export type QuarantinedObject = "missing" | "changed" | { readonly bytes: Buffer; readonly etag: string };

/** The bucket in the Region of the function, or wherever AWS_ENDPOINT_URL_S3 points. */
export function createQuarantine(Bucket: string): Quarantine {
  const client = new S3Client({
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 800, requestTimeout: 10_000, throwOnRequestTimeout: true },
    // Otherwise a pre-signed upload would be bound to the checksum of an empty body.
    requestChecksumCalculation: "WHEN_REQUIRED",
  });
  return {
    presignUpload: async (Key, ContentType, ContentLength, now) => {
      const command = new PutObjectCommand({ Bucket, Key, ContentType, ContentLength });
      const url = await getSignedUrl(client, command, {
        expiresIn: uploadUrlSeconds,
        signingDate: new Date(now),
        signableHeaders: new Set(["host", "content-type", "content-length"]),
      }).catch(failed);
      const headers = { "Content-Type": ContentType, "Content-Length": String(ContentLength) };
      return { url, expiresAt: now + uploadUrlSeconds * 1_000, headers };
    },
    read: async (Key, etag, abortSignal) => {
      const command = new GetObjectCommand({ Bucket, Key, ...(etag !== undefined && { IfMatch: etag }) });
      try {
        const { Body, ContentLength, ETag } = await client.send(command, { abortSignal });
        if (!(Body instanceof Readable) || ContentLength === undefined || ETag === undefined) {
          return failed(new Error("half an answer of S3"));
        }
        return { bytes: await readInto(Buffer.allocUnsafe(ContentLength), Body), etag: ETag };
      } catch (error) {
        const status = statusOf(error);
        // Whoever may not list a bucket is told 403 of an object that is not there.
        if (status === 404 || status === 403) return "missing";
        if (status === 412) return "changed";
        return failed(error);
      }
    },
    remove: async (Key) => {
      await client.send(new DeleteObjectCommand({ Bucket, Key })).catch(failed);
    },
  };
}

/** Into one buffer, chunk by chunk: a file is held once, not twice. */
async function readInto(bytes: Buffer, stream: Readable): Promise<Buffer> {
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) length += chunk.copy(bytes, length);
  if (length !== bytes.length) throw new Error("an answer of S3 that was cut short");
  return bytes;
}

function statusOf(error: unknown): number | undefined {
  return (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
}

function failed(cause: unknown): never {
  throw unavailable("the quarantine did not answer", cause);
}
