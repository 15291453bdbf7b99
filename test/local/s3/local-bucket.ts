import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { expect, onTestFinished } from "vitest";
import { type LocalS3, type S3Options, startS3 } from "../../../local/s3/start-s3.ts";

/** The bucket of the tests, and the key that they upload to. */
export const Bucket = "quarantine";
export const Key = "uploads/5f2d/7c1e";
/** The page that may upload. */
export const origin = "http://localhost:3000";

/** A pre-signed URL and what has to be sent to it. */
export interface Upload {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the tests do with an embedded S3. */
export interface LocalBucket extends LocalS3 {
  put(body: string | Uint8Array, key?: string): Promise<string | undefined>;
  get(
    key?: string,
    ifMatch?: string,
  ): Promise<{ text: string; type: string | undefined; etag: string | undefined }>;
  head(key?: string): Promise<number | undefined>;
  remove(key?: string): Promise<void>;
  /** As the attachments function signs, but for what is told otherwise. */
  presign(more?: { readonly length?: number | "any"; readonly signingDate?: Date }): Promise<Upload>;
}

/** What {@link openBucket}'s client does otherwise than the attachments function. */
export interface ClientOptions {
  readonly secretAccessKey?: string;
  readonly requestChecksumCalculation?: "WHEN_SUPPORTED";
  /** A body in the place of the one that was signed. */
  readonly swapBody?: string;
}

/** Starts an embedded S3 for one test, with a client of AWS's own. */
export async function openBucket(
  options: Partial<S3Options> = {},
  client: ClientOptions = {},
): Promise<LocalBucket> {
  const s3 = await startS3({ bucket: Bucket, allowedOrigins: ["http://localhost:*"], ...options });
  const { secretAccessKey = "local", requestChecksumCalculation = "WHEN_REQUIRED" } = client;
  const settings = {
    endpoint: s3.url,
    region: "eu-west-2",
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: "ASIAANY", secretAccessKey, sessionToken: "a+session/token==" },
  };
  const sdk = new S3Client(settings);
  const { swapBody } = client;
  if (swapBody !== undefined) {
    sdk.middlewareStack.add(
      (next) => (args) => {
        Object.assign(args.request as object, { body: swapBody });
        return next(args);
      },
      { step: "deserialize", priority: "low" },
    );
  }
  const signer = new S3Client({ ...settings, requestChecksumCalculation });
  onTestFinished(async () => {
    sdk.destroy();
    signer.destroy();
    await s3.close();
  });
  return {
    ...s3,
    get objects() {
      return s3.objects;
    },
    put: async (body, key = Key) =>
      (await sdk.send(new PutObjectCommand({ Bucket, Key: key, Body: body }))).ETag,
    get: async (key = Key, ifMatch) => {
      const { Body, ContentType, ETag } = await sdk.send(
        new GetObjectCommand({ Bucket, Key: key, ...(ifMatch && { IfMatch: ifMatch }) }),
      );
      return { text: (await Body?.transformToString()) ?? "", type: ContentType, etag: ETag };
    },
    head: async (key = Key) => (await sdk.send(new HeadObjectCommand({ Bucket, Key: key }))).ContentLength,
    remove: async (key = Key) => {
      const { $metadata } = await sdk.send(new DeleteObjectCommand({ Bucket, Key: key }));
      expect($metadata.httpStatusCode).toBe(204);
    },
    presign: async ({ length = 5, signingDate } = {}) => ({
      url: await getSignedUrl(
        signer,
        new PutObjectCommand({
          ...{ Bucket, Key, ContentType: "text/plain" },
          ...(length !== "any" && { ContentLength: length }),
        }),
        {
          expiresIn: 60,
          signableHeaders: new Set(["content-type", "content-length", "host"]),
          ...(signingDate && { signingDate }),
        },
      ),
      headers: { "Content-Type": "text/plain" },
    }),
  };
}

/** Sends an upload as a page does. */
export function upload({ url, headers }: Upload, body = "hello"): Promise<Response> {
  return fetch(url, { method: "PUT", headers, body });
}

/** Status and code of an error answer in XML. */
export async function refusalOf(response: Response): Promise<readonly [number, string | undefined]> {
  expect(response.headers.get("content-type")).toBe("application/xml");
  return [response.status, /<Code>(.*)<\/Code>/.exec(await response.text())?.[1]];
}

/** Status and name of the SDK's error. */
export async function failureOf(call: Promise<unknown>): Promise<readonly [number | undefined, string]> {
  const error: unknown = await call.then(
    () => undefined,
    (reason) => reason,
  );
  if (!(error instanceof S3ServiceException)) throw new Error(`no failure of S3: ${error}`);
  return [error.$metadata.httpStatusCode, error.name];
}
