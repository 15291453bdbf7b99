import { describe, expect, it } from "vitest";
import { checkClaim } from "../../../lambdas/attachments/claim.ts";
import { connectMaxFileBytes, fileTypeNames, row } from "../../../lambdas/attachments/file-types.ts";
import { defaultPolicy, PolicyError, parsePolicy } from "../../../lambdas/attachments/policy.ts";
import { isAllowedFile } from "../../../local/simulator/chat/file-types.ts";
import { defaultSwitches } from "../../../local/simulator/switches.ts";

/** What Connect accepts by default (administrator guide). */
const connectTypes = "csv doc docx heic jfif jpeg jpg mov mp4 pdf png ppt pptx rtf txt wav xls xlsx".split(
  " ",
);

describe("the policy of attachments", () => {
  it("has ten extensions on by default", () => {
    const extensions = defaultPolicy.types.flatMap((name) => row(name).extensions);
    expect(extensions.join(" ")).toBe("jpg jpeg png heic pdf txt csv docx xlsx pptx");
    expect(parsePolicy(undefined)).toBe(defaultPolicy);
    expect(parsePolicy("")).toBe(defaultPolicy);
  });

  it("knows what Connect accepts, nothing else, and no larger file", () => {
    expect(fileTypeNames.flatMap((name) => row(name).extensions).toSorted()).toEqual(connectTypes);
    expect(connectMaxFileBytes).toBe(defaultSwitches().maxAttachmentBytes);
  });

  it("tells Connect a content type it takes for the extension", () => {
    for (const name of fileTypeNames) {
      for (const extension of row(name).extensions) {
        expect([extension, isAllowedFile(`a.${extension}`, row(name).mimeTypes[0] ?? "")]).toEqual([
          extension,
          true,
        ]);
      }
    }
  });

  it("is what an owner asks for, and otherwise the default", () => {
    expect(parsePolicy('{"types":["PDF","jpeg","mov"],"filesPerChat":3,"rename":true}')).toEqual({
      ...defaultPolicy,
      types: ["jpeg", "pdf", "mov"],
      filesPerChat: 3,
      rename: true,
    });
  });

  it.each([
    ["no JSON", "pdf"],
    ["a list", "[]"],
    ["nothing", "null"],
    ["an unknown member", '{"type":["pdf"]}'],
    ["a member of every object", '{"__proto__":{}}'],
    ["an unknown type", '{"types":["exe"]}'],
    ["no type", '{"types":[]}'],
    ["a type that is no text", '{"types":[1]}'],
    ["types as text", '{"types":"pdf"}'],
    ["a larger file than Connect's", `{"maxFileBytes":${connectMaxFileBytes + 1}}`],
    ["more files than Connect's", '{"filesPerChat":36}'],
    ["no files", '{"filesPerChat":0}'],
    ["half a byte", '{"maxFileBytes":1.5}'],
    ["bytes as text", '{"bytesPerChat":"1000"}'],
    ["a number as flag", '{"rename":1}'],
  ])("refuses %s", (_title, json) => {
    expect(() => parsePolicy(json)).toThrow(PolicyError);
  });
});

describe("a claim", () => {
  const claim = { name: "a.pdf", contentType: "application/pdf", size: 10 };

  it("names one type, and the content type Connect is told", () => {
    expect(
      checkClaim({ ...claim, name: "a.PDF", contentType: "Application/X-PDF " }, defaultPolicy),
    ).toMatchObject({
      typeName: "pdf",
      contentType: "application/pdf",
    });
  });

  it("may say that a text is in UTF-8, and nothing else", () => {
    const text = (contentType: string) => () =>
      checkClaim({ ...claim, name: "a.txt", contentType }, defaultPolicy);
    expect(text("text/plain; charset=UTF-8")).not.toThrow();
    expect(text('text/plain;charset="utf-8"')).not.toThrow();
    expect(text("text/plain; charset=utf-7")).toThrow();
  });

  it.each([
    [{ name: "a.png" }, "AttachmentTypeRefused"],
    [{ contentType: "image/png" }, "AttachmentTypeRefused"],
    [{ contentType: "application/octet-stream" }, "AttachmentTypeRefused"],
    [{ contentType: "application/pdf; a=b" }, "AttachmentTypeRefused"],
    [{ name: "a.doc", contentType: "application/msword" }, "AttachmentTypeRefused"],
    [{ name: "pdf" }, "AttachmentTypeRefused"],
    ...[0, -1, 1.5, connectMaxFileBytes + 1, 2 ** 53, Number.NaN].map(
      (size) => [{ size }, "AttachmentSizeRefused"] as const,
    ),
  ] as const)("with %j is refused: %s", (change, reason) => {
    expect(() => checkClaim({ ...claim, ...change }, defaultPolicy)).toThrow(
      expect.objectContaining({ reason }),
    );
  });

  it("is held to the policy's own size", () => {
    expect(() => checkClaim(claim, { ...defaultPolicy, maxFileBytes: 9 })).toThrow(/1 to 9 bytes/);
  });
});
