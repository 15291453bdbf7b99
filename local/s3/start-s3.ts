import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { bucketRules } from "../../lambdas/attachments/bucket-rules.ts";
import type { Clock } from "../simulator/clock.ts";
import { S3Error } from "../simulator/s3/s3-error.ts";
import { startServer } from "../start-server.ts";
import { corsHeaders, preflightHeaders } from "./cors.ts";
import { type Answer, ObjectStore } from "./object-store.ts";
import { refuseUnknown } from "./refuse-unknown.ts";
import { readRequest, type S3Request } from "./s3-request.ts";
import { verifyBody } from "./verify-body.ts";
import { verifyRequest } from "./verify-request.ts";

/** What {@link startS3} is told. */
export interface S3Options {
  /** Name of the one bucket. */
  readonly bucket: string;
  /** Origins of the pages that may upload, as a deployment has them; `http://localhost:*` is any port. Default: none. */
  readonly allowedOrigins?: readonly string[];
  /** Secret of whichever access key signs. Default `local`, the local run's. */
  readonly secretAccessKey?: string;
  /**
   * Whether callers may list the bucket, and so learn with 404 what is missing. Default `false`, as deployed: they
   * get a 403.
   */
  readonly mayList?: boolean;
  /** Measures how old pre-signed URLs are. Default: the machine's. */
  readonly clock?: Clock;
  /**
   * Told each call that was let in, before it acts, with its key. It acts when the promise is fulfilled: a test can
   * come between.
   */
  readonly onCall?: (operation: S3Operation, key: string) => void | Promise<void>;
}

/** What the embedded S3 can do. */
export type S3Operation = (typeof operations)[keyof typeof operations];

/** A running embedded S3. */
export interface LocalS3 {
  /** Endpoint for the SDK, path-style, without a trailing slash. */
  readonly url: string;
  /** Keys of all objects, for tests: it cannot be asked for them. */
  readonly objects: readonly string[];
  /** Hangs up on everybody and forgets all objects. */
  close(): Promise<void>;
}

const operations = {
  GET: "GetObject",
  HEAD: "HeadObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
} as const;

/**
 * Starts an embedded S3 with one empty bucket, in memory, on a free port of 127.0.0.1: as much of S3 as the
 * quarantine uses, and a 501 for the rest. Signatures, expiry, checksums and CORS are checked as S3 checks them; the
 * lifecycle is not simulated.
 */
export async function startS3(options: S3Options): Promise<LocalS3> {
  const { bucket, allowedOrigins = [], secretAccessKey = "local", mayList = false, onCall } = options;
  const { clock = { now: Date.now } } = options;
  const rule = { ...bucketRules.cors, origins: allowedOrigins };
  const store = new ObjectStore(mayList);

  async function answer(request: S3Request): Promise<Answer> {
    if (request.method === "OPTIONS") {
      return { status: 200, headers: preflightHeaders(rule, request.headers), body: "" };
    }
    const { payload } = verifyRequest(request, secretAccessKey, clock.now());
    const key = keyOf(request.path, bucket);
    const { method } = request;
    if (key === "" || !isKnown(method))
      throw new S3Error(501, "NotImplemented", "The embedded S3 does not know this.");
    refuseUnknown(request, payload);
    verifyBody(request, payload);
    await onCall?.(operations[method], key);
    if (method === "PUT") return store.put(key, request, clock.now());
    return method === "DELETE" ? store.delete(key) : store.get(key, request);
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = randomUUID();
    const forPage = corsHeaders(rule, incoming.headers.origin, incoming.method ?? "");
    const { status, headers, body } = await readRequest(incoming).then(answer).catch(toAnswer(requestId));
    response.writeHead(status, {
      ...{ "x-amz-request-id": requestId, ...forPage, ...headers },
      ...(status !== 204 && { "Content-Length": Buffer.byteLength(body) }),
    });
    response.end(incoming.method === "HEAD" ? undefined : body);
  }

  const server = await startServer((request, response) => {
    // Whoever hung up half-way gets no answer, and nothing was stored.
    serve(request, response).catch(() => response.destroy());
  }, 0);
  return {
    url: server.url,
    get objects() {
      return store.keys();
    },
    close: server.close,
  };
}

/** @throws {S3Error} 404 where the path is in another bucket */
function keyOf(path: string, bucket: string): string {
  const [, name, key = ""] = path.split(/^\/([^/]*)\/?/);
  if (name !== bucket) throw new S3Error(404, "NoSuchBucket", "The specified bucket does not exist");
  return key;
}

function isKnown(method: string): method is keyof typeof operations {
  return Object.hasOwn(operations, method);
}

/** @returns a function that makes an answer of an error of S3's, and throws every other */
function toAnswer(requestId: string): (error: unknown) => Answer {
  return (error) => {
    if (!(error instanceof S3Error)) throw error;
    return {
      status: error.status,
      headers: { "Content-Type": "application/xml" },
      body: error.toXml(requestId),
    };
  };
}
