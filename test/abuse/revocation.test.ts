import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { hashSubject } from "../../lambdas/start/subject-hash.ts";
import { attendChat, openChat, type StartedChat, send } from "../support/chat.ts";
import { type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { generousLimits } from "../support/operation-members.ts";
import { createConnection, disconnect, sendMessage } from "../support/participant-operations.ts";
import { accessDenied, expectRefusal } from "../support/refusals.ts";
import { createRevokeFunction } from "../support/revoke-function.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const nothing = { revoked: 0, socketsClosed: 0, contactsStopped: 0, remaining: 0 };

let database: FaultyDatabase;
let system: TestSystem;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({ AWS_ENDPOINT_URL_DYNAMODB: database.url, RATE_LIMITS: generousLimits });
});

afterEach(async () => {
  database.fail(undefined);
  await system.simulator.faults([]);
  await createRevokeFunction(system).revoke({ all: true });
  await system.simulator.forgetCalls();
});

afterAll(async () => {
  await system.close();
  await database.close();
});

type OpenedChat = StartedChat & { readonly connectionHandle: string };

const ask = ({ path, body }: typeof sendMessage, bearer: string) => send(system.url, path, { bearer, body });
const says = async ({ connectionHandle }: OpenedChat) => (await ask(sendMessage, connectionHandle)).status;
const stops = async () => (await system.simulator.calls("StopContact")).length;

async function statusOf({ contactId }: StartedChat): Promise<string | undefined> {
  return (await system.simulator.contacts()).find(({ ContactId }) => ContactId === contactId)?.Status;
}

/** A chat as the start makes it for somebody who signed in. */
async function openChatOf(subject: string): Promise<OpenedChat> {
  const chat = await openChat(system);
  await system.sessions.update(chat.contactId, {
    UpdateExpression: "SET su = :su",
    ConditionExpression: "attribute_exists(pk)",
    ExpressionAttributeValues: { ":su": hashSubject(subject) },
  });
  return chat;
}

describe("a session that is revoked", () => {
  it("is refused from the very next request on, whichever container it meets, and its contact is over", async () => {
    const chat = await attendChat(system);
    const answer = await createRevokeFunction(system).revoke({ contactId: chat.contactId });
    const asked = [
      await ask(sendMessage, chat.connectionHandle),
      await ask(createConnection, chat.participantHandle),
    ];
    system.restartFunctions();
    asked.push(await ask(sendMessage, chat.connectionHandle));

    for (const refused of asked) expectRefusal(refused, accessDenied);
    expect(answer).toEqual({ ...nothing, revoked: 1, contactsStopped: 1 });
    expect(await statusOf(chat)).toBe("ENDED");
    expect(await stops()).toBe(1);
  });

  it("is revoked once, however often that is asked", async () => {
    const chat = await openChat(system);
    const { revoke } = createRevokeFunction(system);
    await revoke({ contactId: chat.contactId });
    const again = [await revoke({ contactId: chat.contactId }), await revoke({ all: true })];

    expect(again).toEqual([nothing, nothing]);
    expect(await stops()).toBe(1);
  });

  it("is revoked by two who ask at once, and counted once", async () => {
    const chat = await openChat(system);
    const answers = await Promise.all(
      [1, 2].map(() => createRevokeFunction(system).revoke({ contactId: chat.contactId })),
    );

    expect(answers.map(({ revoked }) => revoked).sort()).toEqual([0, 1]);
    expect(await says(chat)).toBe(403);
    expect(await statusOf(chat)).toBe("ENDED");
  });

  it("keeps nothing sealed, and answers a disconnect from state", async () => {
    const chat = await openChat(system);
    await createRevokeFunction(system).revoke({ contactId: chat.contactId });
    const item = await system.readSession(chat.contactId);

    expect([item?.st, item?.pt, item?.ct, item?.wc, item?.tk, item?.rv]).toEqual([
      "e",
      ...Array<undefined>(5).fill(undefined),
    ]);
    expect((await ask(disconnect, chat.connectionHandle)).status).toBe(200);
  });

  it("may be one that nobody knows, and no contact is stopped then", async () => {
    expect(await createRevokeFunction(system).revoke({ contactId: randomUUID() })).toEqual(nothing);
    expect(await stops()).toBe(0);
  });

  it("is revoked though its contact is over at Connect", async () => {
    const chat = await attendChat(system);
    await system.simulator.agent(chat.contactId, "join");
    await system.simulator.agent(chat.contactId, "end");

    expect(await createRevokeFunction(system).revoke({ contactId: chat.contactId })).toEqual({
      ...nothing,
      revoked: 1,
      contactsStopped: 1,
    });
  });
});

describe("a revocation that dies or fails", () => {
  it("between the session's end and the contact's is finished by the next", async () => {
    const chat = await openChat(system);
    await system.simulator.faults([{ operation: "StopContact", status: 500 }]);
    const first = await createRevokeFunction(system).revoke({ contactId: chat.contactId });
    const refused = await says(chat);
    await system.simulator.faults([]);
    const second = await createRevokeFunction(system).revoke({ all: true });

    expect([first, refused]).toEqual([{ ...nothing, revoked: 1, remaining: 1 }, 403]);
    expect(second).toEqual({ ...nothing, contactsStopped: 1 });
    expect(await statusOf(chat)).toBe("ENDED");
  });

  it("after the contact's end and before that is written is finished by the next", async () => {
    const chat = await openChat(system);
    database.fail("refused", "UpdateItem", { skip: 1 });
    const first = await createRevokeFunction(system).revoke({ contactId: chat.contactId });
    database.fail(undefined);

    expect(first).toEqual({ revoked: 1, socketsClosed: 0, contactsStopped: 1, remaining: 1 });
    expect(await createRevokeFunction(system).revoke({ contactId: chat.contactId })).toEqual({
      ...nothing,
      contactsStopped: 1,
    });
    expect((await system.readSession(chat.contactId))?.rv).toBeUndefined();
  });

  it("by an answer of the database that was lost goes on all the same", async () => {
    const chat = await openChat(system);
    database.fail("answer-lost", "UpdateItem", { times: 1 });

    expect(await createRevokeFunction(system).revoke({ contactId: chat.contactId })).toEqual({
      ...nothing,
      revoked: 1,
      contactsStopped: 1,
    });
  });

  it.each([
    "refused",
    "throttled",
    "failing",
  ] as const)("because the database is %s says so, and revokes nothing", async (fault) => {
    const chat = await openChat(system);
    database.fail(fault);
    const one = await createRevokeFunction(system).revoke({ contactId: chat.contactId });
    const all = createRevokeFunction(system).revoke({ all: true });

    await expect(all).rejects.toThrow("unavailable");
    expect(one).toEqual({ ...nothing, remaining: 1 });
    database.fail(undefined);
    expect([await says(chat), await stops()]).toEqual([200, 0]);
  });
});

describe("all sessions", () => {
  it("are ended before the first contact is stopped, which takes its time; what finds none is left to the next", async () => {
    const chats: Awaited<ReturnType<typeof openChat>>[] = [];
    while (chats.length < 50) chats.push(await openChat(system));
    const { sleep, now } = system.clock;
    let slept = 0;
    const seen: number[] = [];
    const clock = {
      now: () => now() + slept,
      sleep: async (milliseconds: number, signal: AbortSignal) => {
        if (slept === 0) seen.push(...(await Promise.all(chats.map(says))));
        slept += milliseconds;
        await sleep(milliseconds, signal);
      },
    };
    const first = await createRevokeFunction(system, {}, clock).invoke(
      { revoke: { all: true }, reason: "an incident", by: "the owner" },
      13_000,
    );
    const second = await createRevokeFunction(system).revoke({ all: true });

    expect(new Set(seen)).toEqual(new Set([403]));
    expect(seen).toHaveLength(50);
    expect(first).toEqual({ ...nothing, revoked: 50, contactsStopped: 25, remaining: 25 });
    expect(second).toEqual({ ...nothing, contactsStopped: 25 });
    expect(await stops()).toBe(50);
  });

  it("are none of those that have expired or ended", async () => {
    const over = await openChat(system, { ChatDurationInMinutes: 60 });
    await system.advance(61 * 60_000);
    const goesOn = await openChat(system);
    const answer = await createRevokeFunction(system).revoke({ all: true });

    expect(answer).toEqual({ ...nothing, revoked: 1, contactsStopped: 1 });
    expect([(await system.readSession(over.contactId))?.st, await says(goesOn)]).toEqual(["a", 403]);
  });
});

describe("the sessions of a subject", () => {
  it("are revoked, and nobody else's", async () => {
    const issuer = "https://login.example.com";
    const mine = [await openChatOf(`${issuer}|jane`), await openChatOf(`${issuer}|jane`)];
    const others = [
      await openChatOf(`${issuer}|janet`),
      await openChatOf("https://other.example|jane"),
      await openChat(system),
    ];
    const { revoke } = createRevokeFunction(system);
    const answers = [
      await revoke({ subject: `${issuer}|jane` }),
      await revoke({ subject: `${issuer}|jane` }),
    ];

    expect(answers).toEqual([{ ...nothing, revoked: 2, contactsStopped: 2 }, nothing]);
    expect(await Promise.all(mine.map(says))).toEqual([403, 403]);
    expect(await Promise.all(others.map(says))).toEqual([200, 200, 200]);
  });
});
