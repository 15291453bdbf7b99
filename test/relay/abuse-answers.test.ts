import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiAnswer, send, startChat } from "../support/chat.ts";
import { generousLimits } from "../support/operation-members.ts";
import { sendMessage } from "../support/participant-operations.ts";
import { accessDenied, expectRefusal } from "../support/refusals.ts";
import { askConnection } from "../support/relay-chat.ts";
import { openSubscribed } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay", RATE_LIMITS: generousLimits });
});

afterAll(async () => {
  await system.close();
});

const expiryOf = ({ body }: ApiAnswer) =>
  Date.parse((body["ConnectionCredentials"] as { Expiry: string }).Expiry) - system.clock.now();

it("advertises an expiry from five minutes to an hour ahead, whatever the chat's age", async () => {
  for (const ChatDurationInMinutes of [60, 1_500, 10_080]) {
    const { participantHandle: bearer } = await startChat(system.url, { ChatDurationInMinutes });
    const ends = ChatDurationInMinutes * 60_000;
    let age = 0;
    for (const next of [0, 1_800_000, ends - 3_600_000, ends - 300_001, ends - 60_000, ends - 1].sort(
      (one, other) => one - other,
    )) {
      await system.advance(next - age);
      age = next;
      const expiry = expiryOf(await askConnection(system, bearer));

      expect(expiry).toBe(Math.max(300_000, Math.min(3_600_000, ends - age)));
    }
    await system.advance(1);
    expectRefusal(await askConnection(system, bearer), accessDenied);
  }
});

it("answers nothing that Connect issued, no ARN, no account, no instance", async () => {
  const start = await send(system.url, "/chat", { body: { ContactFlowId: "support", Username: "Jane" } });
  const answers = [start];
  const { data } = start.body as { data: { startChatResult: { ParticipantToken: string } } };
  const bearer = data.startChatResult.ParticipantToken;
  const connection = await askConnection(system, bearer);
  answers.push(connection, await askConnection(system, bearer, {}), await askConnection(system, "wrong"));
  const { ConnectionToken } = connection.body["ConnectionCredentials"] as { ConnectionToken: string };
  const socket = await openSubscribed((connection.body["Websocket"] as { Url: string }).Url);
  for (const path of [sendMessage.path, "/participant/transcript", "/participant/disconnect"]) {
    answers.push(await send(system.url, path, { bearer: ConnectionToken, body: sendMessage.body }));
  }
  await expect.poll(() => socket.closedWith, { timeout: 10_000 }).toBe(1000);
  const seen = [...answers.map(({ text, headers }) => text + JSON.stringify([...headers])), ...socket.frames];

  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 403, 200, 200, 200]);
  expect(socket.items.length).toBeGreaterThan(1);
  expect(seen.join("\n")).not.toMatch(/SIM-|arn:|111122223333|0f2d7c1e-5b1a|7d3f4a52-8f0e|chat-stream/);
});
