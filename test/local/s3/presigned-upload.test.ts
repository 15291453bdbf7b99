import { once } from "node:events";
import { request } from "node:http";
import { connect } from "node:net";
import { expect, test } from "vitest";
import { FakeClock } from "../../support/fake-clock.ts";
import {
  failureOf,
  Key,
  type LocalBucket,
  openBucket,
  refusalOf,
  type Upload,
  upload,
} from "./local-bucket.ts";

const mismatch = [403, "SignatureDoesNotMatch"];

test("an upload with exactly what was signed is stored", async () => {
  const bucket = await openBucket();

  const answer = await upload(await bucket.presign());

  expect([answer.status, answer.headers.get("etag")]).toEqual([200, '"5d41402abc4b2a76b9719d911017c592"']);
  expect(await bucket.get()).toMatchObject({ text: "hello", type: "text/plain" });
});

test.each<[string, (given: Upload) => Promise<Response>]>([
  ["a longer body", (given) => upload(given, "hello!")],
  ["a shorter body", (given) => upload(given, "hell")],
  ["another type", ({ url }) => upload({ url, headers: { "Content-Type": "text/html" } })],
  ["another key", ({ url, headers }) => upload({ url: url.replace("7c1e", "7c1f"), headers })],
  ["another method", ({ url }) => fetch(url)],
  ["a longer life", ({ url, headers }) => upload({ url: url.replace("Expires=60", "Expires=600"), headers })],
  ["another Region", ({ url, headers }) => upload({ url: url.replace("eu-west-2", "eu-west-1"), headers })],
])("%s is refused", async (_, send) => {
  const bucket = await openBucket();

  expect(await refusalOf(await send(await bucket.presign()))).toEqual(mismatch);
  expect(bucket.objects).toEqual([]);
});

test("a header of AWS's that was not signed is refused", async () => {
  const bucket = await openBucket();
  const { url, headers } = await bucket.presign();

  const answer = await upload({ url, headers: { ...headers, "x-amz-meta-more": "1" } });

  expect(await refusalOf(answer)).toEqual([403, "AccessDenied"]);
});

test("the order of the parameters is nobody's business", async () => {
  const bucket = await openBucket();
  const { url, headers } = await bucket.presign();
  const [path, query = ""] = url.split("?");

  const answer = await upload({ url: `${path}?${query.split("&").reverse().join("&")}`, headers });

  expect(answer.status).toBe(200);
});

test("a URL without a signature, or with half of one, or with two, is refused", async () => {
  const bucket = await openBucket();
  const { url, headers } = await bucket.presign();
  const without = (name: string) => url.replace(new RegExp(`${name}=[^&]*`), "");

  expect(await refusalOf(await upload({ url: url.replace(/\?.*/, ""), headers }))).toEqual([
    403,
    "AccessDenied",
  ]);
  const halves = ["Credential", "Date", "Expires", "SignedHeaders", "Signature"].map((part) =>
    without(`X-Amz-${part}`),
  );
  for (const half of [...halves, url.replace("Expires=60", "Expires=604801")]) {
    expect(await refusalOf(await upload({ url: half, headers }))).toEqual([
      400,
      "AuthorizationQueryParametersError",
    ]);
  }
  expect(await refusalOf(await upload({ url, headers: { ...headers, Authorization: "Bearer me" } }))).toEqual(
    [400, "InvalidArgument"],
  );
});

test("a URL expires by the clock, and is not valid before its time", async () => {
  const clock = new FakeClock();
  const bucket = await openBucket({ clock });
  const signingDate = new Date(clock.now());
  const ahead = new Date(clock.now() + 901_000);

  clock.advance(59_999);
  expect((await upload(await bucket.presign({ signingDate }))).status).toBe(200);
  clock.advance(1);
  const late = await upload(await bucket.presign({ signingDate }));
  expect([late.status, await late.text()]).toEqual([403, expect.stringContaining("Request has expired")]);
  clock.advance(-60_000);
  const early = await upload(await bucket.presign({ signingDate: ahead }));
  expect([early.status, await early.text()]).toEqual([403, expect.stringContaining("not valid yet")]);
});

test("a URL that was signed with the SDK's defaults takes an empty body alone", async () => {
  const bucket = await openBucket({}, { requestChecksumCalculation: "WHEN_SUPPORTED" });

  expect(await refusalOf(await upload(await bucket.presign()))).toEqual([400, "BadDigest"]);
  expect((await upload(await bucket.presign({ length: 0 }), "")).status).toBe(200);
});

test.each([
  [403, 5],
  [411, "any"],
] as const)("a body whose length was not announced is refused with %i where the URL is signed for %s", async (status, length) => {
  const bucket = await openBucket();
  const { url, headers } = await bucket.presign({ length });

  const call = request(url, { method: "PUT", headers: { ...headers, "Transfer-Encoding": "chunked" } });
  call.end("hello");
  const [answer] = await once(call, "response");
  answer.resume();

  expect(answer.statusCode).toBe(status);
  expect(bucket.objects).toEqual([]);
});

test("whoever hangs up half-way stores nothing", async () => {
  const bucket = await openBucket();
  await hangUpHalfWay(await bucket.presign());

  expect(await failureOf(bucket.get())).toEqual([403, "AccessDenied"]);
  expect((await upload(await bucket.presign())).status).toBe(200);
});

test("what S3 knows and this one does not is refused and not ignored", async () => {
  const bucket = await openBucket();
  const { url, headers } = await bucket.presign();

  expect(await refusalOf(await fetch(url.replace(/\?.*/, ""), { method: "POST" }))).toEqual([
    403,
    "AccessDenied",
  ]);
  for (const more of [{ Range: "bytes=0-1" }, { "If-None-Match": "*" }, { "Content-Encoding": "gzip" }]) {
    expect(await refusalOf(await upload({ url, headers: { ...headers, ...more } }))).toEqual([
      501,
      "NotImplemented",
    ]);
  }
  await expectUntouched(bucket);
});

test("another bucket is not there", async () => {
  const bucket = await openBucket({ bucket: "another" });

  expect(await failureOf(bucket.get())).toEqual([404, "NoSuchBucket"]);
});

async function expectUntouched(bucket: LocalBucket): Promise<void> {
  expect(bucket.objects).not.toContain(Key);
}

/** Announces five bytes, sends two and closes. */
async function hangUpHalfWay({ url, headers }: Upload): Promise<void> {
  const { port, host, pathname, search } = new URL(url);
  const socket = connect(Number(port), "127.0.0.1");
  await once(socket, "connect");
  const lines = [
    `PUT ${pathname}${search} HTTP/1.1`,
    `Host: ${host}`,
    ...Object.entries(headers).map((header) => header.join(": ")),
    ...["Content-Length: 5", "", "he"],
  ];
  await new Promise((resolve) => socket.write(lines.join("\r\n"), resolve));
  socket.destroy();
  await once(socket, "close");
}
