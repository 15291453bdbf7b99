import { request } from "node:http";
import S3 from "aws-sdk/clients/s3.js";
import { expect, it } from "vitest";
import { type Simulated, simulate, startChat } from "../simulated-chat.ts";
import { put, startUpload } from "../uploaded-file.ts";

async function newUpload(simulated: Simulated) {
  const { ConnectionToken } = await startChat(simulated);
  return startUpload(simulated, ConnectionToken);
}

async function refusalOf(response: Response) {
  const xml = await response.text();
  expect(response.headers.get("content-type")).toBe("application/xml");
  return [response.status, /<Code>(.*)<\/Code>/.exec(xml)?.[1]];
}

it("takes an upload with exactly the headers that were signed", async () => {
  const simulated = await simulate();
  const upload = await newUpload(simulated);
  const answer = await put(upload);
  expect([answer.status, answer.headers.get("etag")]).toEqual([200, '"5d41402abc4b2a76b9719d911017c592"']);
});

it("refuses a missing, changed or additional signed header, and another length", async () => {
  const simulated = await simulate();
  const { url, headers } = await newUpload(simulated);
  const mismatch = [403, "SignatureDoesNotMatch"];
  expect(await refusalOf(await put({ url, headers: { ...headers, "Content-Type": "text/html" } }))).toEqual(
    mismatch,
  );
  const { "x-amz-acl": _, ...withoutAcl } = headers;
  expect(await refusalOf(await put({ url, headers: withoutAcl }))).toEqual(mismatch);
  const { "Content-Length": __, ...anyLength } = headers;
  expect(await refusalOf(await put({ url, headers: anyLength }, "longer than that"))).toEqual(mismatch);
  const more = { ...headers, "x-amz-meta-more": "1" };
  expect(await refusalOf(await put({ url, headers: more }))).toEqual([403, "AccessDenied"]);
});

it("refuses another method, another object and a changed query", async () => {
  const simulated = await simulate();
  const { url, headers } = await newUpload(simulated);
  const mismatch = [403, "SignatureDoesNotMatch"];
  expect(await refusalOf(await fetch(url))).toEqual(mismatch);
  expect(await refusalOf(await put({ url: url.replace("/uploads/", "/downloads/"), headers }))).toEqual(
    mismatch,
  );
  const longer = url.replace("X-Amz-Expires=60", "X-Amz-Expires=6000");
  expect(await refusalOf(await put({ url: longer, headers }))).toEqual(mismatch);
  expect(await refusalOf(await put({ url: url.replace("AKIASIM", "AKIAXXX"), headers }))).toEqual([
    403,
    "InvalidAccessKeyId",
  ]);
  expect(await refusalOf(await put({ url: url.split("?")[0] ?? "", headers }))).toEqual([
    403,
    "AccessDenied",
  ]);
  expect(await refusalOf(await fetch(url, { method: "DELETE" }))).toEqual([405, "MethodNotAllowed"]);
});

it("refuses an expired URL by the simulator's clock", async () => {
  const simulated = await simulate();
  const upload = await newUpload(simulated);
  await simulated.control("PUT", "clock", { offsetSeconds: 61 });
  const answer = await put(upload);
  expect([answer.status, await answer.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
});

it("refuses a body whose length was not announced", async () => {
  const simulated = await simulate();
  const { url, headers } = await newUpload(simulated);
  const { "Content-Length": _, ...chunked } = headers;
  const status = await new Promise((resolve, reject) => {
    const call = request(
      url,
      { method: "PUT", headers: { ...chunked, "Transfer-Encoding": "chunked" } },
      (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      },
    );
    call.on("error", reject);
    call.end("hello");
  });
  expect(status).toBe(403);
});

it("takes URLs that the AWS SDK signed with the same key", async () => {
  const simulated = await simulate();
  const sdk = new S3({
    endpoint: `${simulated.url}/s3`,
    region: "us-east-1",
    s3ForcePathStyle: true,
    signatureVersion: "v4",
    accessKeyId: "AKIASIMULATOR0000000",
    secretAccessKey: "simulated-secret-access-key-of-no-worth",
  });
  const object = { Bucket: "simulated-attachments", Key: "a folder/é(1).txt" };
  const upload = sdk.getSignedUrl("putObject", { ...object, ContentType: "text/plain" });
  const headers = { "Content-Type": "text/plain" };
  expect((await fetch(upload, { method: "PUT", headers, body: "hello" })).status).toBe(200);
  expect(await (await fetch(sdk.getSignedUrl("getObject", object))).text()).toBe("hello");
});
