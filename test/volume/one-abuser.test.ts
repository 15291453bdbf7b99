import { afterAll, beforeAll, expect, it } from "vitest";
import { type ApiAnswer, openChat } from "../support/chat.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

/** Amazon Connect's default quotas, calls a second: Amazon Connect service quotas. */
const quotas = {
  CreateParticipantConnection: 6,
  SendMessage: 10,
  SendEvent: 10,
  GetTranscript: 8,
  GetAttachment: 8,
  StartAttachmentUpload: 2,
  CompleteAttachmentUpload: 2,
} as const;

const seconds = 60;
const ticksPerSecond = 10;
const abusesPerTick = 10;
const normalChats = 20;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
});

afterAll(() => system.close());

type Chat = Awaited<ReturnType<typeof openChat>>;
type Ask = (chat: Chat) => Promise<ApiAnswer>;

const event = "application/vnd.amazonaws.connect.event.";

/** Every operation but the disconnect, which would end the abuse. */
function operations(): readonly Ask[] {
  const invoke = createDirectFunctions(system);
  const ask = (resource: string, body: object, bearer: string) =>
    invoke({ resource, headers: { "x-amz-bearer": bearer }, body: JSON.stringify(body) });
  const onConnection =
    (name: string, body: object): Ask =>
    ({ connectionHandle }) =>
      ask(`/participant/${name}`, body, connectionHandle);
  const receipt = (kind: string) =>
    onConnection("event", {
      ContentType: `${event}message.${kind}`,
      Content: JSON.stringify({ messageId: "none" }),
    });
  return [
    onConnection("message", { ContentType: "text/plain", Content: "hello" }),
    onConnection("event", { ContentType: `${event}typing` }),
    onConnection("transcript", {}),
    ({ participantHandle }) => ask("/participant/connection", {}, participantHandle),
    receipt("delivered"),
    receipt("read"),
    onConnection("event", { ContentType: `${event}connection.acknowledged` }),
    onConnection("start-attachment-upload", {
      ContentType: "text/plain",
      AttachmentSizeInBytes: 4,
      AttachmentName: "note.txt",
      ClientToken: "one",
    }),
    onConnection("complete-attachment-upload", { AttachmentIds: ["none"], ClientToken: "one" }),
    onConnection("attachment", { AttachmentId: "none" }),
  ];
}

it("one session at 100 requests a second disturbs no other, and takes no tenth of any quota of Connect's", async () => {
  const chats: Chat[] = [];
  for (let count = 0; count <= normalChats; count++) chats.push(await openChat(system));
  const [abuser, ...others] = chats;
  if (abuser === undefined) throw new Error("no chat");
  const all = operations();
  const [sendMessage, sendTyping, getTranscript] = all as [Ask, Ask, Ask];
  await controlSimulator(system.simulator.url, "PUT", "quotas", { enforce: true });
  await system.simulator.forgetCalls();
  const normal: ApiAnswer[] = [];
  const abusive: ApiAnswer[] = [];

  for (let tick = 0; tick < seconds * ticksPerSecond; tick++) {
    await system.advance(1_000 / ticksPerSecond);
    const abuse = Array.from({ length: abusesPerTick }, (_, index) =>
      all[(tick * abusesPerTick + index) % all.length]?.(abuser),
    );
    // Each of the others does one thing every three seconds: writes, types, reads.
    const due = others.filter((_, index) => (tick + index) % (3 * ticksPerSecond) === 0);
    const turn = Math.floor(tick / (3 * ticksPerSecond)) % 3;
    const use = due.map((chat) => [sendMessage, sendTyping, getTranscript][turn]?.(chat));
    for (const answer of await Promise.all(abuse)) if (answer) abusive.push(answer);
    for (const answer of await Promise.all(use)) if (answer) normal.push(answer);
  }

  const calls = await system.simulator.calls();
  const rows = Object.entries(quotas).map(([operation, rate]) => {
    const taken = calls.filter(
      (call) => call.operation === operation && call.contactId === abuser.contactId,
    ).length;
    return { operation, taken, quota: rate * seconds, share: taken / (rate * seconds) };
  });
  const table = rows.map(
    ({ operation, taken, quota, share }) =>
      `${operation} ${taken} of ${quota} (${(100 * share).toFixed(1)} %)`,
  );
  process.stdout.write(
    `one abuser, ${abusive.length} requests in a minute beside ${normal.length} of ${normalChats} chats; calls upstream: ${table.join(", ")}\n`,
  );
  expect(abusive).toHaveLength(seconds * ticksPerSecond * abusesPerTick);
  expect(normal.length).toBeGreaterThan(normalChats * 15);
  expect(normal.filter(({ status }) => status !== 200)).toEqual([]);
  for (const { operation, share } of rows) expect(share, operation).toBeLessThanOrEqual(0.1);
  expect(abusive.filter(({ status }) => status >= 500)).toEqual([]);
}, 180_000);
