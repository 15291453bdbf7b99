import { expect, test } from "vitest";
import { type LocalBucket, openBucket, origin, refusalOf, upload } from "./local-bucket.ts";

const forbidden = [403, "AccessForbidden"];

async function preflight(bucket: LocalBucket, headers: Readonly<Record<string, string>>): Promise<Response> {
  const { url } = await bucket.presign();
  return fetch(url, { method: "OPTIONS", headers });
}

const asPage = {
  Origin: origin,
  "Access-Control-Request-Method": "PUT",
  "Access-Control-Request-Headers": "content-type",
};

test("a page of an allowed origin may ask with the declared header, and is told so", async () => {
  const bucket = await openBucket();

  const answer = await preflight(bucket, asPage);

  expect(answer.status).toBe(200);
  expect(Object.fromEntries(answer.headers)).toMatchObject({
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "PUT",
    "access-control-allow-headers": "content-type",
    "access-control-max-age": "7200",
  });
});

test.each([
  ["another origin", { Origin: "https://evil.example" }],
  ["an origin that only begins alike", { Origin: "http://localhost.evil.example:3000" }],
  ["another method", { "Access-Control-Request-Method": "GET" }],
  ["one header more", { "Access-Control-Request-Headers": "content-type,x-amz-acl" }],
])("%s is refused at the preflight", async (_, headers) => {
  const bucket = await openBucket();

  expect(await refusalOf(await preflight(bucket, { ...asPage, ...headers }))).toEqual(forbidden);
});

test("a preflight without an origin is no preflight", async () => {
  const { Origin: _, ...headers } = asPage;

  expect(await refusalOf(await preflight(await openBucket(), headers))).toEqual([400, "BadRequest"]);
});

test("a page may see how its upload went, also when it was refused", async () => {
  const bucket = await openBucket();
  const { url, headers } = await bucket.presign();
  const send = (from: string, body: string) => upload({ url, headers: { ...headers, Origin: from } }, body);
  const seenBy = (answer: Response) => [answer.status, answer.headers.get("access-control-allow-origin")];

  expect(seenBy(await send(origin, "hello"))).toEqual([200, origin]);
  expect(seenBy(await send(origin, "hello!"))).toEqual([403, origin]);
  expect(seenBy(await send("https://evil.example", "hello"))).toEqual([200, null]);
});

test("a pattern holds at both ends", async () => {
  const bucket = await openBucket({ allowedOrigins: ["https://*.example.com"] });
  const statusFor = async (Origin: string) => (await preflight(bucket, { ...asPage, Origin })).status;

  expect(await statusFor("https://shop.example.com")).toBe(200);
  expect(await statusFor("https://shop.example.com.evil.example")).toBe(403);
});

test("without origins no page is let in", async () => {
  const bucket = await openBucket({ allowedOrigins: [] });

  expect(await refusalOf(await preflight(bucket, asPage))).toEqual(forbidden);
});
