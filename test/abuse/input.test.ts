import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { costOf, expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
  chat = await openChat(system);
});

afterAll(async () => {
  await system.close();
});

const message = (body: unknown, headers = {}) =>
  costOf(system, () =>
    send(system.url, "/participant/message", { bearer: chat.connectionHandle, body, headers }),
  );

const nested = (depth: number, inner = "") => "[".repeat(depth) + inner + "]".repeat(depth);
const valid = '"ContentType":"text/plain","Content":"hello"';

describe("a body", () => {
  const noJson: Readonly<Record<string, string | Uint8Array>> = {
    "that stops half-way": '{"ContentType":"text/pl',
    "in single quotes": "{'ContentType':'text/plain'}",
    "with a comma too many": `{${valid},}`,
    "with something behind it": `{${valid}} MARKED`,
    "of two objects": `{${valid}}{${valid}}`,
    "of NaN": `{${valid},"a":NaN}`,
    "with a raw line end in a text": '{"ContentType":"text/plain","Content":"a\nb"}',
    "behind a byte order mark": `\uFEFF{${valid}}`,
    "of NUL": "\0",
    "of blanks": "   ",
    "of 10,000 brackets that stay open": "[".repeat(10_000),
    "of 65,000 closed brackets in a member": `{${valid},"a":${nested(65_000)}}`,
    "of a form": "ContentType=text/plain&Content=MARKED",
    "of XML": "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
    "with __proto__": `{${valid},"__proto__":{"MARKED":true}}`,
    "with __proto__ in escapes": `{${valid},"\\u005f_proto_\\u005F":{"MARKED":true}}`,
    "with __proto__ far inside": `{${valid},"a":[{"b":[{"__proto__":{"MARKED":true}}]}]}`,
    "with __proto__ 5,000 levels down": `{${valid},"a":${nested(5_000, '{"__proto__":{}}')}}`,
    "with constructor.prototype": `{${valid},"constructor":{"prototype":{"MARKED":true}}}`,
    "with a byte that is no UTF-8": Buffer.from([...Buffer.from(`{${valid},"a":"`), 0xff, 0x22, 0x7d]),
    "with an overlong slash": Buffer.from([...Buffer.from(`{${valid},"a":"`), 0xc0, 0xaf, 0x22, 0x7d]),
    "with an encoded surrogate": Buffer.from([
      ...Buffer.from(`{${valid},"a":"`),
      0xed,
      0xa0,
      0x80,
      0x22,
      0x7d,
    ]),
    "in UTF-16": Buffer.from(`\uFEFF{${valid}}`, "utf16le"),
    "that is compressed": gzipSync(`{${valid}}`),
  };
  it.each(
    Object.entries(noJson),
  )("%s is refused as no JSON, and nothing of it repeated", async (_name, body) => {
    const { result, ...cost } = await message(body);

    expectRefusal(result, invalid("InvalidJson"));
    expect(result.text).not.toContain("MARKED");
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it.each([
    "[]",
    "null",
    "7",
    "true",
    '"MARKED"',
    `[{${valid}}]`,
  ])("that is JSON but no object is refused (%#)", async (body) => {
    const { result, ...cost } = await message(body);

    expectRefusal(result, invalid("InvalidInput"));
    expect(result.body["message"]).toContain("'body'");
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it.each([
    ["alone", nested(10_000)],
    ["in a known member", `{"ContentType":"text/plain","Content":${nested(10_000)}}`],
    ["of objects", `{"Content":${'{"a":'.repeat(10_000)}1${"}".repeat(10_000)}}`],
  ])("of 10,000 levels %s is refused", async (_name, body) => {
    const { result, ...cost } = await message(body);

    expect(result).toMatchObject({ status: 400, body: { __type: "ValidationException" } });
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it.each([
    ["262,145 bytes", 262_145],
    ["1 MB", 1_000_000],
    ["11 MB, which the gateway refuses", 11_000_000],
  ])("of %s is refused as too large", async (_name, bytes) => {
    const { result, ...cost } = await message(`{${valid}}`.padEnd(bytes, " "));

    expectRefusal(result, invalid("InputTooLarge"));
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it("of fewer characters than the limit but more bytes is refused as too large", async () => {
    const { result } = await message(`{${valid},"a":"${"\u20ac".repeat(120_000)}"}`);

    expectRefusal(result, invalid("InputTooLarge"));
  });

  it("at the limit is served, and so is text that only looks dangerous", async () => {
    const Content = '{"__proto__":{"a":1},"constructor":{"prototype":{}}} \r\n <script>';
    const { result } = await message(
      JSON.stringify({ ContentType: "text/plain", Content }).padEnd(262_144, " "),
    );
    const { body } = await send(system.url, "/participant/transcript", { bearer: chat.connectionHandle });

    expect(result.status).toBe(200);
    expect(body["Transcript"]).toMatchObject([{ Content }]);
  });

  it.each([
    "\\u20ac",
    "\\ud83d\\ude00",
  ])("of the longest message is served, though a client escapes every %s", async (character) => {
    const { result } = await message(`{"ContentType":"text/plain","Content":"${character.repeat(16_384)}"}`);

    expect(result.status).toBe(200);
  });

  it("that claims a prototype changed none", async () => {
    expect(({} as Record<string, unknown>)["MARKED"]).toBeUndefined();
  });
});

it("counts numbers as what they are, not as what they round to", async () => {
  for (const number of ["1e400", "-1e400", "1.0000001", "-0.5", "9007199254740993", "100.00001"]) {
    const { result, upstream } = await costOf(system, () =>
      send(system.url, "/participant/transcript", {
        bearer: chat.connectionHandle,
        body: `{"MaxResults":${number}}`,
      }),
    );
    expectRefusal(result, invalid("InvalidInput"));
    expect(upstream).toEqual([]);
  }
});
