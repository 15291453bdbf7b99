import { expect, it } from "vitest";
import { connectChat, event, simulate } from "../simulated-chat.ts";

const immediate = { enabled: true, joinDelayMs: 0, greetingDelayMs: 0, typingDelayMs: 0, replyDelayMs: 0 };

it("joins a connected customer, greets, acknowledges and answers", async () => {
  const simulated = await simulate({ agent: { ...immediate, displayName: "Ann", greeting: "Hello!" } });
  const { ConnectionToken, socket } = await connectChat(simulated);
  const greeting = await socket.item(({ Content }) => Content === "Hello!");
  expect(greeting).toMatchObject({ ParticipantRole: "AGENT", DisplayName: "Ann" });
  await simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content: "hi" });
  await socket.item(({ Content }) => Content === "You said: hi");
  expect(
    socket.items().map(({ Type, ContentType }) => (Type === "MESSAGE" ? "message" : ContentType)),
  ).toEqual([
    event("participant.joined"),
    event("participant.joined"),
    "message",
    "message",
    event("message.metadata"),
    event("message.metadata"),
    event("typing"),
    "message",
  ]);
});

it("takes its time by the simulator's clock", async () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const simulated = await simulate({ clock: { now: () => now }, agent: { ...immediate, joinDelayMs: 5000 } });
  const { socket } = await connectChat(simulated);
  await simulated.control("PUT", "clock", { offsetSeconds: 4 });
  await socket.settled();
  expect(socket.items()).toHaveLength(1);
  await simulated.control("PUT", "clock", { offsetSeconds: 5 });
  await socket.item(({ ParticipantRole }) => ParticipantRole === "AGENT");
});

it("says nothing more once the chat is over", async () => {
  const simulated = await simulate({ agent: { ...immediate, joinDelayMs: 5000 } });
  const { ConnectionToken, socket } = await connectChat(simulated);
  await simulated.post("disconnect", ConnectionToken, {});
  await simulated.control("PUT", "clock", { offsetSeconds: 6 });
  await socket.settled();
  expect(socket.items().filter(({ ParticipantRole }) => ParticipantRole === "AGENT")).toEqual([]);
});

it("is off unless it is switched on", async () => {
  const simulated = await simulate({ agent: { ...immediate, enabled: false } });
  const { socket } = await connectChat(simulated);
  await simulated.control("PUT", "clock", { offsetSeconds: 60 });
  await socket.settled();
  expect(socket.items()).toHaveLength(1);
});

it("hands the chat over to a colleague, who greets, when the customer asks for a transfer", async () => {
  const simulated = await simulate({ agent: { ...immediate, displayName: "Ann", colleagueName: "Bob" } });
  const { ConnectionToken, socket } = await connectChat(simulated);
  const say = (Content: string) =>
    simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content });
  const greeted = (name: string) =>
    socket.item(({ Type, DisplayName }) => Type === "MESSAGE" && DisplayName === name);
  await greeted("Ann");
  await say("Transfer me, please!");
  await greeted("Bob");
  expect(
    socket
      .items()
      .filter(({ Type }) => Type === "EVENT")
      .slice(2)
      .map(({ ContentType, DisplayName }) => [ContentType, DisplayName]),
  ).toEqual([
    [event("typing"), "Ann"],
    [event("transfer.succeeded"), "Ann"],
    [event("participant.left"), "Ann"],
    [event("participant.joined"), "Bob"],
  ]);
  await say("about my transferred money");
  const answer = await socket.item(({ Content }) => Content === "You said: about my transferred money");
  expect(answer).toMatchObject({ DisplayName: "Bob" });
  await say("please TRANSFER me back");
  await socket.item(
    ({ ContentType, DisplayName }) => ContentType === event("transfer.succeeded") && DisplayName === "Bob",
  );
  expect(socket.items().some(({ Content }) => Content?.startsWith("You said: please"))).toBe(false);
});

it("does not speak for an agent who has left", async () => {
  const now = Date.parse("2026-01-01T00:00:00Z");
  const simulated = await simulate({
    clock: { now: () => now },
    agent: { ...immediate, replyDelayMs: 5000 },
  });
  const { ConnectionToken, contactId, socket } = await connectChat(simulated);
  await simulated.control("PUT", "clock", { offsetSeconds: 0 });
  await simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content: "hi" });
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "leave" });
  await simulated.control("PUT", "clock", { offsetSeconds: 60 });
  await socket.settled();
  expect(socket.items().some(({ Content }) => Content === "You said: hi")).toBe(false);
});
