import { describe, expect, it } from "vitest";
import { answers, itemFrame, largestFrameBytes, readFrame } from "../../../lambdas/relay/frames.ts";

const largestMessageBytes = 131_072;

const contentOf = (frame: string) => (JSON.parse(frame) as { content: string }).content;

const message = (Content: string, ContentType = "text/plain") =>
  JSON.stringify({ Id: "1", Type: "MESSAGE", ContentType, Content });

describe("a client's frame", () => {
  it.each([
    ["chatjs' subscription", "subscribe", '{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}}'],
    [
      "iOS', with its stray bracket",
      "subscribe",
      '{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}})',
    ],
    ["escaped slashes", "subscribe", '{"topic":"aws\\/subscribe","content":{"topics":["aws\\/chat"]}}'],
    ["other order", "subscribe", '{"content":{"topics":["aws/chat"]},"topic":"aws/subscribe"}'],
    ["whitespace", "subscribe", '{ "topic" :\n"aws/subscribe", "content": { "topics": [ "aws/chat" ] } }\n'],
    ["a ping", "ping", '{"topic":"aws/ping"}'],
    ["a heartbeat", "heartbeat", ' {\t"topic": "aws/heartbeat" } '],
  ])("is understood: %s", (_name, frame, text) => {
    expect(readFrame(text)).toBe(frame);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["an empty one", ""],
    ["garbage", "\u0000\ufffd{{{"],
    ["a subscription to another topic", '{"topic":"aws/subscribe","content":{"topics":["aws/task"]}}'],
    ["a topic of the server's", '{"topic":"aws/chat","content":"{}"}'],
    ["an unknown topic", '{"topic":"aws/pingpong"}'],
    ["a topic that only starts like ours", '{"topic":"aws/ping/../subscribe"}'],
    ["a topic in other case", '{"topic":"AWS/PING"}'],
    ["a frame of 5,000 characters", `{"topic":"aws/ping","x":"${"x".repeat(5_000)}"}`],
  ])("is ignored: %s", (_name, text) => {
    expect(readFrame(text)).toBeUndefined();
  });

  // Where the pattern tried again from each character, two thousand of these would take minutes, and the test its
  // time limit.
  it.each([
    ["spaces after a topic", `"topic"${" ".repeat(4_000)}`],
    ["topics", '"topic"'.repeat(500)],
    ["a million spaces", " ".repeat(1_000_000)],
  ])("costs what its length does: %s", (_name, text) => {
    for (let frame = 0; frame < 2_000; frame++) expect(readFrame(text)).toBeUndefined();
  });
});

it("has Connect's own answers, with both members of the ping that Android needs", () => {
  expect(answers).toEqual({
    subscribe: '{"topic":"aws/subscribe","content":{"status":"success","topics":["aws/chat"]}}',
    ping: '{"topic":"aws/ping","statusCode":200,"statusContent":"OK"}',
    heartbeat: '{"topic":"aws/heartbeat"}',
  });
});

describe("an item's frame", () => {
  it("carries the item as Connect wrote it, as a text inside", () => {
    const item = '{ "Content" : "ü\\u00fc" ,"Id":"1" }';

    expect(JSON.parse(itemFrame(item))).toEqual({
      topic: "aws/chat",
      contentType: "application/json",
      content: item,
    });
  });

  it("is whole at exactly the largest size, and cut one byte above", () => {
    const room = largestMessageBytes - Buffer.byteLength(itemFrame(message("")));
    const fits = itemFrame(message("x".repeat(room)));
    const cut = itemFrame(message("x".repeat(room + 1)));

    expect(Buffer.byteLength(fits)).toBe(largestMessageBytes);
    expect(contentOf(fits)).toContain('xx"}');
    expect(contentOf(cut)).toContain('x…"}');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(largestMessageBytes);
  });

  it.each([
    ["one byte", "x"],
    ["three bytes", "語"],
    ["four bytes", "😀"],
    ["a control character, escaped twice", "\u0001"],
    ["a quote, escaped twice", '"'],
  ])("that is cut keeps as much as fits, whole characters of %s alone", (_name, character) => {
    const content = character.repeat(60_000);
    const cut = itemFrame(message(content), largestFrameBytes);
    const { Content } = JSON.parse(contentOf(cut)) as { Content: string };
    const oneMore = itemFrame(message(`${Content.slice(0, -1)}${character}…`));

    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(largestFrameBytes);
    expect(Buffer.byteLength(oneMore)).toBeGreaterThan(largestFrameBytes);
    expect(content.startsWith(Content.slice(0, -1))).toBe(true);
    expect(Content).toMatch(/…$/);
    expect(Content.isWellFormed()).toBe(true);
  });

  it("has a note in the place of content that cannot be cut", () => {
    const cut = itemFrame(message("x".repeat(140_000), "application/json"));

    expect(JSON.parse(contentOf(cut))).toEqual({
      Id: "1",
      Type: "MESSAGE",
      ContentType: "text/plain",
      Content: expect.stringMatching(/too long/),
    });
  });
});
