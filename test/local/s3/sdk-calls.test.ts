import { expect, test } from "vitest";
import { failureOf, Key, openBucket } from "./local-bucket.ts";

test("what the SDK puts, it gets, with its type and the MD5 as ETag", async () => {
  const bucket = await openBucket();

  const etag = await bucket.put("hello");

  expect(etag).toBe('"5d41402abc4b2a76b9719d911017c592"');
  expect(await bucket.get()).toEqual({ text: "hello", type: "application/octet-stream", etag });
  expect(await bucket.head()).toBe(5);
  expect(bucket.objects).toEqual([Key]);
});

test("20 MB go through, and keys with any character", async () => {
  const bucket = await openBucket();
  const key = "uploads/a folder/..//é (1)'!*+&=?%41#.txt";
  const megabytes = Buffer.alloc(20 * 1_048_576, "x");

  await bucket.put(megabytes, key);

  expect((await bucket.get(key)).text).toHaveLength(megabytes.length);
  expect(bucket.objects).toEqual([key]);
});

test("a read that is pinned to an ETag fails as the object is replaced", async () => {
  const bucket = await openBucket();
  const etag = await bucket.put("checked");

  expect((await bucket.get(Key, etag)).text).toBe("checked");
  await bucket.put("swapped");
  expect(await failureOf(bucket.get(Key, etag))).toEqual([412, "PreconditionFailed"]);
});

test("a deleted object is gone, and can be deleted again", async () => {
  const bucket = await openBucket();
  await bucket.put("hello");

  await bucket.remove();
  await bucket.remove();

  expect(bucket.objects).toEqual([]);
});

test("whoever may not list the bucket is not told that an object is missing", async () => {
  const asDeployed = await openBucket();
  const withList = await openBucket({ mayList: true });

  expect(await failureOf(asDeployed.get())).toEqual([403, "AccessDenied"]);
  expect((await failureOf(asDeployed.head()))[0]).toBe(403);
  expect(await failureOf(withList.get())).toEqual([404, "NoSuchKey"]);
  expect(await failureOf(withList.get(Key, '"etag"'))).toEqual([404, "NoSuchKey"]);
  expect(await failureOf(withList.head())).toEqual([404, "NotFound"]);
});

test("a signature with another secret is refused", async () => {
  const bucket = await openBucket({}, { secretAccessKey: "guessed" });

  expect(await failureOf(bucket.put("hello"))).toEqual([403, "SignatureDoesNotMatch"]);
  expect(bucket.objects).toEqual([]);
});

test("a body that was swapped on the way is refused", async () => {
  const bucket = await openBucket({}, { swapBody: "HELLO" });

  expect(await failureOf(bucket.put("hello"))).toEqual([400, "XAmzContentSHA256Mismatch"]);
  expect(bucket.objects).toEqual([]);
});

test("each call is told before it acts, and acts when whoever was told is ready", async () => {
  const calls: string[] = [];
  const stored: number[] = [];
  const bucket = await openBucket({
    onCall: async (operation, key) => {
      await new Promise((resolve) => setImmediate(resolve));
      calls.push(`${operation} ${key}`);
      stored.push(bucket.objects.length);
    },
  });

  await bucket.put("hello");
  await bucket.get();
  await bucket.head();
  await bucket.remove();

  expect(calls).toEqual(["Put", "Get", "Head", "Delete"].map((verb) => `${verb}Object ${Key}`));
  expect(stored).toEqual([0, 1, 1, 1]);
});
