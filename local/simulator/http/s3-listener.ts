import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { timestamp } from "../clock.ts";
import { bucketPath } from "../s3/bucket.ts";
import { S3Error } from "../s3/s3-error.ts";
import { verifySignature } from "../s3/verify-signature.ts";
import type { Services } from "../services.ts";
import { type Answer, writeAnswer } from "./answer.ts";
import { readBody } from "./read-body.ts";
import { underFaults } from "./under-faults.ts";

/** Largest object, in bytes: the most an administrator may allow an attachment to be. */
const largestObject = 100 * 1024 * 1024;

/** Answers the small S3: pre-signed PUT and GET of one object, judged on the request as it arrived. */
export async function answerS3Call(
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
  services: Services,
): Promise<void> {
  const operation = request.method === "PUT" ? "PutObject" : "GetObject";
  const entry = services.requests.add({
    time: timestamp(services.clock.now()),
    service: "s3",
    operation,
    status: 0,
    tokenKind: "none",
  });
  const body = await readBody(request, largestObject);
  const { answer, cut } = await underFaults(services.faults.take(operation), "s3", false, () =>
    act(request, url, body, services),
  );
  if (cut !== "all") entry.status = answer.status;
  writeAnswer(response, answer, cut);
}

function act(request: IncomingMessage, url: URL, body: Buffer | undefined, services: Services): Answer {
  services.timeline.settle();
  try {
    const method = request.method ?? "";
    if (method !== "PUT" && method !== "GET") {
      throw new S3Error(
        405,
        "MethodNotAllowed",
        "The specified method is not allowed against this resource.",
      );
    }
    verifySignature({ method, url, headers: request.headers }, services.clock.now());
    const key = url.pathname.slice(bucketPath.length);
    return method === "PUT" ? put(key, request, body, services) : get(key, services);
  } catch (thrown) {
    const error = thrown instanceof S3Error ? thrown : new S3Error(500, "InternalError", String(thrown));
    const xml = error.toXml(services.requests.list().length.toString(16));
    return { status: error.status, headers: { "Content-Type": "application/xml" }, body: xml };
  }
}

function put(key: string, request: IncomingMessage, body: Buffer | undefined, { bucket }: Services): Answer {
  const {
    "content-length": length,
    "content-type": type,
    "content-disposition": disposition,
  } = request.headers;
  if (length === undefined) {
    throw new S3Error(411, "MissingContentLength", "You must provide the Content-Length HTTP header.");
  }
  if (!body)
    throw new S3Error(400, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size");
  bucket.put(key, {
    body,
    contentType: type ?? "binary/octet-stream",
    contentDisposition: disposition ?? "",
  });
  return { status: 200, headers: { ETag: etagOf(body) }, body: "" };
}

function get(key: string, { bucket }: Services): Answer {
  const object = bucket.get(key);
  if (!object) throw new S3Error(404, "NoSuchKey", "The specified key does not exist.");
  const headers = {
    "Content-Type": object.contentType,
    "Content-Disposition": object.contentDisposition,
    ETag: etagOf(object.body),
  };
  return { status: 200, headers, body: object.body };
}

function etagOf(body: Buffer): string {
  return `"${createHash("md5").update(body).digest("hex")}"`;
}
