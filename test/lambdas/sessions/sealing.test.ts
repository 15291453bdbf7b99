import { createSecretKey, randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { open, SealBrokenError, type SealedPlace, seal } from "../../../lambdas/sessions/sealing.ts";

const key = createSecretKey(randomBytes(32));
const place: SealedPlace = { pk: "contact-1", kind: "connection-token", version: 3 };
const token = Buffer.from("a token of Connect");

describe("a sealed value", () => {
  it("opens with its key, in its place", () => {
    expect(open(key, seal(key, token, place), place)).toEqual(token);
  });

  it("looks different each time it is sealed", () => {
    expect(seal(key, token, place)).not.toEqual(seal(key, token, place));
  });

  it.each<[string, SealedPlace]>([
    ["in another chat", { ...place, pk: "contact-2" }],
    ["as another kind", { ...place, kind: "participant-token" }],
    ["as another version", { ...place, version: 4 }],
  ])("does not open %s", (_where, elsewhere) => {
    const sealed = seal(key, token, place);
    expect(() => open(key, sealed, elsewhere)).toThrow(SealBrokenError);
  });

  it("does not open with another key", () => {
    const sealed = seal(key, token, place);
    expect(() => open(createSecretKey(randomBytes(32)), sealed, place)).toThrow(SealBrokenError);
  });

  it("does not open with any one bit changed", () => {
    const sealed = seal(key, token, place);
    for (let bit = 0; bit < sealed.length * 8; bit++) {
      const damaged = Buffer.from(sealed);
      damaged.writeUInt8(damaged.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3);
      expect(() => open(key, damaged, place)).toThrow(SealBrokenError);
    }
  });

  it("does not open truncated, down to nothing", () => {
    const sealed = seal(key, token, place);
    for (let length = 0; length < sealed.length; length++) {
      expect(() => open(key, sealed.subarray(0, length), place)).toThrow(SealBrokenError);
    }
  });
});
