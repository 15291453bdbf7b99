import { randomBytes, randomUUID } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatHandle, type HandleKind, parseHandle } from "../../../lambdas/sessions/handle.ts";

const selector = randomUUID();
const secret = randomBytes(32);
const text = formatHandle({ kind: "connection", selector, secret });

describe("a handle", () => {
  it.each<HandleKind>(["participant", "connection"])("of the %s reads back as it was written", (kind) => {
    expect(parseHandle(formatHandle({ kind, selector, secret }))).toEqual({ kind, selector, secret });
  });

  it("keeps far below the 1,000 characters of a token", () => {
    expect(text.length).toBeLessThan(120);
  });

  it.each([
    ["nothing", ""],
    ["another prefix", text.replace("ccbff", "xxxxx")],
    ["another kind", text.replace("_ct_", "_xt_")],
    ["no selector", text.replace(selector, "")],
    ["no secret", text.slice(0, text.indexOf("."))],
    ["a secret one character short", text.slice(0, -1)],
    ["a secret one character long", `${text}A`],
    ["a second dot", text.replace(".", "..")],
    ["white space around it", ` ${text}`],
    ["a line break after it", `${text}\n`],
    ["standard base64", text.replace(/.{3}$/, "+/A")],
    ["a long selector", text.replace(selector, "a".repeat(257))],
  ])("is not read from %s", (_what, candidate) => {
    expect(parseHandle(candidate)).toBeUndefined();
  });

  it("has one spelling: unused bits of the last character are not ignored", () => {
    const spellings = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]
      .map((last) => text.slice(0, -1) + last)
      .filter((candidate) => parseHandle(candidate)?.secret.equals(secret));
    expect(spellings).toEqual([text]);
  });

  it("is read, or not, from any text without a throw", () => {
    fc.assert(fc.property(fc.string(), (candidate) => void parseHandle(candidate)));
  });
});
