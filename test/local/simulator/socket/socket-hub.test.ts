import { once } from "node:events";
import { expect, it } from "vitest";
import { WebSocket } from "ws";
import { connectChat, newSocketUrl, openSocket, simulate, startChat } from "../simulated-chat.ts";

async function statusOfRefusal(url: string): Promise<number | undefined> {
  const socket = new WebSocket(url);
  socket.on("error", () => undefined);
  const [, response] = await once(socket, "unexpected-response");
  response.resume();
  socket.terminate();
  return response.statusCode;
}

it("answers subscribe, ping and heartbeat with Connect's frames", async () => {
  const simulated = await simulate();
  const { socketUrl } = await startChat(simulated);
  const socket = await openSocket(socketUrl);
  for (const topic of ["aws/ping", "aws/heartbeat"]) socket.send(JSON.stringify({ topic }));
  socket.send('{"topic":"aws/subscribe","content":{"topics":["aws/chat"]}})');
  expect(await socket.frame(({ topic }) => topic === "aws/subscribe")).toEqual({
    topic: "aws/subscribe",
    content: { status: "success", topics: ["aws/chat"] },
  });
  expect(await socket.frame(({ topic }) => topic === "aws/heartbeat")).toEqual({ topic: "aws/heartbeat" });
  expect(await socket.frame(({ topic }) => topic === "aws/ping")).toEqual({
    topic: "aws/ping",
    statusCode: 200,
    statusContent: "OK",
  });
});

it("ignores frames that make no sense", async () => {
  const simulated = await simulate();
  const { socketUrl } = await startChat(simulated);
  const socket = await openSocket(socketUrl);
  for (const text of ["", "x", "null", "[]", '"aws/ping"', '{"topic":"aws/else"}']) socket.send(text);
  await socket.settled();
});

it("sends items to subscribed sockets only, and replays nothing", async () => {
  const simulated = await simulate();
  const { ConnectionToken, ParticipantToken, socket } = await connectChat(simulated);
  const silent = await openSocket(await newSocketUrl(simulated, ParticipantToken));
  const say = (Content: string) =>
    simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content });
  await say("one");
  await silent.settled();
  await silent.subscribe();
  await say("two");
  await silent.item(({ Content }) => Content === "two");
  await socket.item(({ Content }) => Content === "two");
  expect(silent.items().map(({ Content }) => Content)).toEqual(["two"]);
  expect(socket.items().map(({ Content }) => Content)).toEqual([undefined, "one", "two"]);
});

it("starts the flow with the first subscription, once", async () => {
  const simulated = await simulate();
  const { ParticipantToken, socketUrl } = await startChat(simulated);
  const first = await openSocket(socketUrl);
  expect((await simulated.control("GET", "contacts"))[0].Status).toBe("WAITING");
  await first.subscribe();
  const second = await openSocket(await newSocketUrl(simulated, ParticipantToken));
  await second.subscribe();
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact).toMatchObject({ Status: "CONNECTED", OpenSockets: 2 });
  expect(contact.Transcript).toHaveLength(1);
});

it("opens a URL once, within 100 seconds, and not after the chat's end", async () => {
  const simulated = await simulate();
  const { ConnectionToken, ParticipantToken, socketUrl } = await startChat(simulated);
  await openSocket(socketUrl);
  expect(await statusOfRefusal(socketUrl)).toBe(403);
  expect(await statusOfRefusal(`${socketUrl}x`)).toBe(403);
  const late = await newSocketUrl(simulated, ParticipantToken);
  await simulated.control("PUT", "clock", { offsetSeconds: 100 });
  expect(await statusOfRefusal(late)).toBe(403);
  const fresh = await newSocketUrl(simulated, ParticipantToken);
  await simulated.post("disconnect", ConnectionToken, {});
  expect(await statusOfRefusal(fresh)).toBe(403);
});

it("refuses the sixth socket of a participant, or closes the oldest", async () => {
  const simulated = await simulate();
  const { ParticipantToken, socket } = await connectChat(simulated);
  for (let count = 2; count <= 5; count++) await openSocket(await newSocketUrl(simulated, ParticipantToken));
  expect(await statusOfRefusal(await newSocketUrl(simulated, ParticipantToken))).toBe(403);
  await connectChat(simulated);
  await simulated.control("PUT", "switches", { socketOverLimit: "close-oldest" });
  await openSocket(await newSocketUrl(simulated, ParticipantToken));
  expect(await socket.closed).toBe(1008);
});

it("can be dropped without a word, as by a lost network", async () => {
  const simulated = await simulate();
  const { contactId, socket } = await connectChat(simulated);
  expect(await simulated.control("DELETE", `contacts/${contactId}/sockets`)).toEqual({ dropped: 1 });
  expect(await socket.closed).toBe(1006);
  expect((await simulated.control("GET", "contacts"))[0]).toMatchObject({ Status: "CONNECTED" });
});

it("is logged, and can be refused by a fault", async () => {
  const simulated = await simulate();
  const { contactId, ParticipantToken } = await connectChat(simulated);
  await simulated.control("PUT", "faults", [{ operation: "OpenSocket", status: 503, times: 1 }]);
  expect(await statusOfRefusal(await newSocketUrl(simulated, ParticipantToken))).toBe(503);
  const requests = await simulated.control("GET", "requests");
  const opened = requests.filter(({ operation }: { operation: string }) => operation === "OpenSocket");
  expect(opened).toMatchObject([{ status: 101, contactId }, { status: 503 }]);
});
