import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkName } from "../../../lambdas/attachments/names.ts";
import { defaultPolicy } from "../../../lambdas/attachments/policy.ts";
import { ChatError } from "../../../lambdas/errors.ts";
import { hostileNames } from "./hostile-names.ts";
import { legitimateNames } from "./legitimate-names.ts";

const renaming = { ...defaultPolicy, rename: true };

function repair(name: string): string | undefined {
  try {
    return checkName(name, renaming);
  } catch (error) {
    if (error instanceof ChatError && error.status === 400) return undefined;
    throw error;
  }
}

describe("the name of an attachment", () => {
  it("is composed, so that é is one character", () => {
    expect(checkName("Re\u0301sume\u0301.pdf", defaultPolicy)).toBe("Résumé.pdf");
  });

  it.each([
    "AttachmentNameRefused",
    "AttachmentTypeRefused",
  ])("is refused with a sentence of its own: %s", (reason) => {
    const name = reason === "AttachmentNameRefused" ? "secret\u202Egnp.pdf" : "secret.exe";
    const check = () => checkName(name, defaultPolicy);
    expect(check).toThrow(expect.objectContaining({ type: "ValidationException", reason }));
    expect(check).not.toThrow(/secret/);
  });

  it("must have an extension the policy has on", () => {
    expect(() => checkName("a.pdf", { ...defaultPolicy, types: ["png"] })).toThrow(/Allowed: png\./);
  });
});

describe("a name that is repaired", () => {
  it.each([
    ["C:\\fakepath\\photo.png", "photo.png"],
    ["../../etc/passwd.txt", "passwd.txt"],
    ["invoice.exe.pdf", "invoice_exe.pdf"],
    ["a.b.php;.jpg", "a.b_php;.jpg"],
    ["CON.pdf", "_CON.pdf"],
    ["what?.pdf", "what_.pdf"],
    ['say "hi".pdf', "say _hi_.pdf"],
    ["in\u200Bvoice\u202E.pdf", "invoice.pdf"],
    ["line\r\nbreak.txt", "line  break.txt"],
    ["  .hidden.pdf . ", "hidden.pdf"],
    ["half\ud800.png", "half.png"],
    ["a%2e%2e.pdf", "a__.pdf"],
    [`${"字".repeat(300)}.pdf`, `${"字".repeat(251)}.pdf`],
    [`${"👨‍👩‍👧".repeat(40)}.png`, `${"👨‍👩‍👧".repeat(31)}.png`],
  ])("%j becomes %j", (name, repaired) => {
    expect(checkName(name, renaming)).toBe(repaired);
  });

  it.each([
    "???.pdf",
    "..",
    ".pdf",
    "x.exe",
    "\u202E.pdf",
    "/",
    "x.pdf.exe",
    "pdf",
  ])("%j stays refused", (name) => {
    expect(repair(name)).toBeUndefined();
  });

  it("is left alone where no rule was broken", () => {
    for (const [, name] of legitimateNames()) expect(repair(name)).toBe(checkName(name, defaultPolicy));
  });

  it("keeps every rule afterwards", () => {
    for (const [, name] of hostileNames()) {
      const repaired = repair(name);
      if (repaired !== undefined) expect(checkName(repaired, defaultPolicy)).toBe(repaired);
    }
  });

  it("keeps every rule, or is refused, whatever was sent", () => {
    const piece = fc.oneof(
      fc.string({ unit: "binary", maxLength: 20 }),
      fc.constantFrom(
        ".",
        "..",
        "/",
        "\\",
        ".exe",
        ".pdf",
        "\u202E",
        "\u200D",
        " ",
        "CON",
        "e\u0301",
        "%2e",
        "\ud800",
      ),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 12 }),
        fc.constantFrom(".pdf", ".png", ".exe", ""),
        (pieces, end) => {
          const repaired = repair(pieces.join("") + end);
          if (repaired !== undefined) expect(checkName(repaired, defaultPolicy)).toBe(repaired);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
