import { describe, expect, it } from "vitest";
import {
  coldStartsOfChat,
  functionsOf,
  oneForEachBoundary,
  oneForEachOperation,
  type Split,
  secondsOfMonth,
} from "./cold-starts.ts";
import type { ChatPart } from "./reckoned-chat.ts";

const parts: readonly ChatPart[] = [
  { step: "StartChatContact", operation: "start-chat-contact", times: 1 },
  { step: "socket opened", times: 1 },
  { step: "SendMessage", operation: "send-message", times: 18, lasts: true },
  { step: "GetTranscript", operation: "get-transcript", times: 2 },
  { step: "GetAttachment", operation: "get-attachment", times: 0.1 },
];

const once = { share: 1, lastsSeconds: 0 };

describe("cold starts of a chat", () => {
  it("are one for each function where chats are so rare that none finds a warm one", () => {
    expect(coldStartsOfChat([once, once], 1, 600)).toBeCloseTo(2, 3);
  });

  it("are none where some container is always warm", () => {
    expect(coldStartsOfChat([once, once], 1e6, 600)).toBeLessThan(1e-90);
  });

  it("are 1/e where one chat is expected within the time that a container outlives", () => {
    expect(coldStartsOfChat([once], secondsOfMonth / 600, 600)).toBeCloseTo(1 / Math.E, 9);
  });

  it("are fewer where a chat keeps the function warm for as long as it goes on", () => {
    const chats = secondsOfMonth / 600;
    expect(coldStartsOfChat([{ share: 1, lastsSeconds: 600 }], chats, 600)).toBeCloseTo(Math.E ** -2, 9);
  });

  it("are met by those chats alone that use the function, and only they keep it warm", () => {
    const rare = { share: 0.1, lastsSeconds: 0 };
    expect(coldStartsOfChat([rare], (10 * secondsOfMonth) / 600, 600)).toBeCloseTo(0.1 / Math.E, 9);
  });
});

describe("the functions of a chat", () => {
  it("are those of the route table, each used for as long as any of its operations", () => {
    expect([...functionsOf(parts, oneForEachBoundary, 600)]).toEqual([
      ["start-chat", { share: 1, lastsSeconds: 0 }],
      ["chat", { share: 1, lastsSeconds: 600 }],
      ["attachments", { share: 0.1, lastsSeconds: 0 }],
    ]);
  });

  it("are one for each operation the other way, and none for what asks nothing of the API", () => {
    expect([...functionsOf(parts, oneForEachOperation, 600).keys()]).toEqual([
      "start-chat-contact",
      "send-message",
      "get-transcript",
      "get-attachment",
    ]);
  });

  it("of the trust boundaries meet fewer cold starts than those of the operations", () => {
    const met = (split: Split) => coldStartsOfChat(functionsOf(parts, split, 600).values(), 1_000, 600);
    expect(met(oneForEachBoundary)).toBeLessThan(met(oneForEachOperation));
  });
});
