import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inspect } from "../../../lambdas/attachments/inspect.ts";
import { defaultPolicy } from "../../../lambdas/attachments/policy.ts";
import { ChatError } from "../../../lambdas/errors.ts";
import { legitimateDocuments } from "./document-files.ts";
import type { FileCase } from "./file-case.ts";
import { fileCase } from "./file-case.ts";
import { legitimatePictures, makePng } from "./picture-files.ts";
import { legitimateTexts } from "./text-files.ts";

/**
 * Longest inspection of a small file, mutated or not, in milliseconds: it takes a thousandth of that, and a machine
 * may stand still meanwhile.
 */
const patienceMs = 10_000;

async function judge({ name, contentType }: FileCase, bytes: Buffer): Promise<ChatError | undefined> {
  try {
    await inspect(bytes, { name, contentType, size: bytes.length }, defaultPolicy);
    return undefined;
  } catch (error) {
    if (error instanceof ChatError && error.status === 400) return error;
    throw error;
  }
}

/** One change to a file: bytes overwritten, taken out, put in, or repeated. Places are shares of its length. */
const mutation = fc.record({
  kind: fc.constantFrom("overwrite", "remove", "insert", "repeat"),
  place: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 64 }),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 16 }),
});

type Mutation = typeof mutation extends fc.Arbitrary<infer Value> ? Value : never;

function mutate(file: Buffer, { kind, place, length, bytes }: Mutation): Buffer {
  const at = Math.floor(place * file.length);
  const before = file.subarray(0, at);
  if (kind === "overwrite") return Buffer.concat([before, bytes, file.subarray(at + bytes.length)]);
  if (kind === "remove") return Buffer.concat([before, file.subarray(at + length)]);
  if (kind === "insert") return Buffer.concat([before, bytes, file.subarray(at)]);
  return Buffer.concat([before, file.subarray(at, at + length), file.subarray(at)]);
}

describe("inspection", () => {
  it("holds the file to the size it was announced with", async () => {
    const { name, contentType, bytes } = fileCase("", "", "png", makePng());
    const claim = { name, contentType, size: bytes.length + 1 };
    await expect(inspect(bytes, claim, defaultPolicy)).rejects.toMatchObject({
      reason: "AttachmentSizeMismatch",
    });
  });

  it("never repeats what is in the file", async () => {
    const error = await judge(
      fileCase("", "", "txt", Buffer.alloc(0)),
      Buffer.from("<script>secret</script>"),
    );
    expect(error?.message).toBe("The file contains a page or a script, which cannot be sent here.");
  });

  it("answers for any bytes under any name, and in time", async () => {
    const types = fc.constantFrom(...defaultPolicy.types);
    await fc.assert(
      fc.asyncProperty(types, fc.uint8Array({ minLength: 1, maxLength: 300 }), async (type, bytes) => {
        await judge(fileCase("", "", type === "jpeg" ? "jpg" : type, Buffer.alloc(0)), Buffer.from(bytes));
      }),
      { numRuns: 1000 },
    );
  });

  it("answers for damaged files of every kind, and in time", async () => {
    const files = [...legitimatePictures(), ...(await legitimateDocuments()), ...legitimateTexts()];
    const small = files.filter(({ bytes }) => bytes.length < 200_000);
    let slowest = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...small),
        fc.array(mutation, { minLength: 1, maxLength: 4 }),
        async (file, mutations) => {
          const bytes = mutations.reduce(mutate, file.bytes);
          if (bytes.length === 0) return;
          const start = performance.now();
          await judge(file, bytes);
          slowest = Math.max(slowest, performance.now() - start);
        },
      ),
      { numRuns: 1500 },
    );
    expect(slowest).toBeLessThan(patienceMs);
  });
});
