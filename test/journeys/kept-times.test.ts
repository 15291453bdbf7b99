import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ApiAnswer, send } from "../support/chat.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { connectPage, textsOf } from "../support/relay-chat.ts";
import { openSubscribed } from "../support/relay-socket.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { TokenIssuer } from "../support/token-issuer.ts";
import { putUpload } from "../support/upload.ts";

const hour = 3_600;
const day = 24 * hour;

/** What a chat of 25 hours leaves in each table, by the beginning of its key, and for how many seconds. */
const kept: Readonly<Record<string, readonly (readonly [what: string, key: RegExp, seconds: number])[]>> = {
  sessions: [
    ["an hour longer than the chat may last", /^[0-9a-f-]{36}$/, 25 * hour + hour],
    ["an upload for as long as its object may lie in the bucket", /^upload#/, 49 * hour],
    ["a subject's places for longer than any chat", /^start#/, 8 * day],
  ],
  starts: [["a start that nobody finished for longer than any chat", /./, 8 * day]],
  relay: [
    ["a delivery for a day, while it may be repeated", /^item#/, day],
    ["a socket for longer than one lives", /^socket#/, 3 * hour],
  ],
};

let system: TestSystem;
let issuer: TokenIssuer;
const items: Record<string, readonly Readonly<Record<string, unknown>>[]> = {};

beforeAll(async () => {
  const clock = new FakeClock();
  issuer = await TokenIssuer.start(() => clock.now());
  const settings = {
    REAL_TIME: "relay",
    START_AUTH: "jwt",
    JWT_ISSUER: issuer.url,
    JWT_AUDIENCE: "chat-page",
  };
  system = await startTestSystem(settings, clock);
  const { ContactId, ParticipantToken } = started(await start());
  const chat = await connectPage(system, ParticipantToken);
  const socket = await openSubscribed(chat.socketUrl);
  await putUpload(system, chat.connectionHandle);
  await system.simulator.agent(ContactId, "join", "Ann");
  await system.simulator.agent(ContactId, "message", "Welcome!");
  await vi.waitUntil(() => textsOf(socket).includes("Welcome!"), { timeout: 10_000 });
  await system.simulator.faults([{ operation: "StartChatContact", cut: "after" }]);
  // A start that can be repeated leaves its record when it fails.
  expect((await start({ ClientToken: crypto.randomUUID() })).status).toBe(503);
  for (const TableName of Object.keys(kept)) {
    items[TableName] = (await system.patientDatabase.send(new ScanCommand({ TableName }))).Items ?? [];
  }
});

async function start(members: object = {}): Promise<ApiAnswer> {
  const token = await issuer.sign({ aud: "chat-page", sub: "jane" });
  return send(system.url, "/chat", {
    headers: { authorization: `Bearer ${token}` },
    body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" }, ...members },
  });
}

function started({ body }: ApiAnswer) {
  return (body as unknown as { data: { startChatResult: Record<"ContactId" | "ParticipantToken", string> } })
    .data.startChatResult;
}

afterAll(async () => {
  await system.close();
  await issuer.close();
});

describe.each(Object.entries(kept))("the table %s keeps", (table, rows) => {
  it.each(rows)("%s", (_, key, seconds) => {
    const found = items[table]?.filter(({ pk }) => key.test(String(pk))) ?? [];
    expect(found.length).toBeGreaterThan(0);
    const now = Math.ceil(system.clock.now() / 1_000);
    expect([...new Set(found.map(({ ttl }) => Number(ttl) - now))]).toEqual([seconds]);
  });
});
