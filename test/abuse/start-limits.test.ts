import type { APIGatewayProxyEvent } from "aws-lambda";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type ApiAnswer, connectChat, send } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { type FaultyDatabase, startFaultyDatabase } from "../support/faulty-database.ts";
import { costOf, expectRefusal, unavailable } from "../support/refusals.ts";
import { pageOrigin, startTestSystem, type TestSystem } from "../support/test-system.ts";
import { TokenIssuer } from "../support/token-issuer.ts";

const tooMany = { status: 429, type: "ThrottlingException", reason: "TooManyStarts" };
const tenMinutesMs = 600_000;

let database: FaultyDatabase;
let system: TestSystem;
let issuer: TokenIssuer;

beforeAll(async () => {
  database = await startFaultyDatabase();
  system = await startTestSystem({ AWS_ENDPOINT_URL_DYNAMODB: database.url, START_LIMITS: "" });
  issuer = await TokenIssuer.start(() => system.clock.now());
});

afterEach(async () => {
  database.fail(undefined);
  await system.advance(tenMinutesMs);
});

afterAll(async () => {
  await system.close();
  await issuer.close();
  await database.close();
});

type Start = (sourceIp: string, headers?: Readonly<Record<string, string>>) => Promise<ApiAnswer>;

/** Starts chats as another deployment on the same table would, from any address. */
function starter(settings: Readonly<Record<string, string>> = {}): Start {
  // Many at once keep the embedded database busy for longer than a function gives it.
  const patient = { ...system, database: system.patientDatabase };
  const invoke = createDirectFunctions(patient, { START_LIMITS: "", ...settings });
  return (sourceIp, headers = {}) =>
    invoke({
      resource: "/chat",
      headers: { origin: pageOrigin, ...headers },
      body: JSON.stringify({ ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } }),
      requestContext: {
        requestId: crypto.randomUUID(),
        identity: { sourceIp },
      } as APIGatewayProxyEvent["requestContext"],
    });
}

async function times(count: number, start: (index: number) => Promise<ApiAnswer>): Promise<number[]> {
  const statuses: number[] = [];
  for (let index = 0; index < count; index++) statuses.push((await start(index)).status);
  return statuses;
}

const all = (count: number, status: number) => Array<number>(count).fill(status);

describe("an address", () => {
  it("starts twenty chats at once; one more hears exactly when to come again, and costs Connect nothing", async () => {
    const start = starter();
    expect(await times(20, () => start("203.0.113.1"))).toEqual(all(20, 200));
    const { result, upstream } = await costOf(system, () => start("203.0.113.1"));

    expectRefusal(result, tooMany);
    expect(result.headers.get("retry-after")).toBe("30");
    expect(upstream).toEqual([]);

    await system.advance(29_999);
    expect((await start("203.0.113.1")).status).toBe(429);
    await system.advance(1);
    expect((await start("203.0.113.1")).status).toBe(200);
    expect((await start("203.0.113.1")).status).toBe(429);
  });

  it("starts exactly twenty of forty that come at once, whichever containers they meet", async () => {
    const containers = [starter(), starter(), starter()];
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, index) => containers[index % 3]?.("203.0.113.2")),
    );
    const started = answers.filter((answer) => answer?.status === 200);

    expect(started).toHaveLength(20);
    expect(answers.filter((answer) => answer?.body["reason"] === "TooManyStarts")).toHaveLength(20);
  });

  it("takes nothing from another one", async () => {
    const start = starter();
    await times(20, () => start("203.0.113.3"));

    expect((await start("203.0.113.3")).status).toBe(429);
    expect((await start("203.0.113.4")).status).toBe(200);
  });

  it("of IPv6 is its /64: rotating within it gives no more, however it is written", async () => {
    const start = starter();
    const rotated = (index: number) =>
      start(`2001:db8:0:7:${index.toString(16)}::${(index * 7).toString(16)}`);

    expect(await times(20, rotated)).toEqual(all(20, 200));
    expect((await rotated(77)).status).toBe(429);
    expect((await start("2001:0DB8:0000:0007:0000:0000:0000:0001")).status).toBe(429);
    expect((await start("2001:db8:0:8::1")).status).toBe(200);
  });

  it("is not what a header says it is", async () => {
    const start = starter();
    const forged = (index: number) =>
      start("203.0.113.5", {
        "x-forwarded-for": `198.51.100.${index}`,
        forwarded: `for=198.51.100.${index}`,
      });

    expect((await times(25, forged)).filter((status) => status === 200)).toHaveLength(20);
  });

  it("is not counted for a start that could not be, because its input is invalid", async () => {
    const invoke = createDirectFunctions(system, { START_LIMITS: "" });
    const { result, database: calls } = await costOf(system, () =>
      invoke({ resource: "/chat", headers: { origin: pageOrigin }, body: "{}" }),
    );

    expect(result.status).toBe(400);
    expect(calls).toEqual([]);
  });

  it("stands in the table by a hash alone", async () => {
    await starter()("203.0.113.6");
    const items = await system.scan();

    expect(items.some(({ pk }) => String(pk).startsWith("start#"))).toBe(true);
    expect(JSON.stringify(items)).not.toContain("203.0.113");
  });
});

describe("a subject", () => {
  it("starts three chats at once, wherever it comes from, and takes nothing from another", async () => {
    const start = starter({ START_AUTH: "jwt", JWT_ISSUER: issuer.url, JWT_AUDIENCE: "chat-page" });
    const as = async (sub: string, address: string) =>
      start(address, { authorization: `Bearer ${await issuer.sign({ sub })}` });

    expect(await times(3, (index) => as("mallory", `203.0.113.${10 + index}`))).toEqual(all(3, 200));
    expectRefusal(await as("mallory", "203.0.113.20"), tooMany);
    expect((await as("jane", "203.0.113.10")).status).toBe(200);
  });
});

describe("a subject that starts as many chats as it likes", () => {
  const unlimited = {
    CHATS_PER_SUBJECT: "",
    START_LIMITS: '{"subject":{"intervalMs":1,"burst":1000}}',
  };
  const signIn = () => ({ START_AUTH: "jwt", JWT_ISSUER: issuer.url, JWT_AUDIENCE: "chat-page" });
  const tooManyOpen = { ...tooMany, reason: "TooManyOpenChats" };
  const subjects = () => {
    const containers = [1, 2, 3].map(() => starter({ ...unlimited, ...signIn() }));
    let requests = 0;
    return async (sub: string) => {
      const headers = { authorization: `Bearer ${await issuer.sign({ sub })}` };
      return (await containers[requests++ % 3]?.("203.0.113.9", headers)) ?? expect.unreachable();
    };
  };
  const handleOf = ({ body }: ApiAnswer) =>
    (body as { data: { startChatResult: { ParticipantToken: string } } }).data.startChatResult
      .ParticipantToken;

  it("has three open; the fourth costs Connect nothing, until one is over", async () => {
    const start = subjects();
    const [first] = await Promise.all([1, 2, 3].map(() => start("ann")));
    await system.advance(60_000);
    const { result, upstream } = await costOf(system, () => start("ann"));
    expectRefusal(result, tooManyOpen);
    expect(result.headers.get("retry-after")).toBe("60");
    expect(upstream).toEqual([]);
    expect((await start("bob")).status).toBe(200);

    const bearer = await connectChat(system.url, handleOf(first ?? expect.unreachable()));
    await send(system.url, "/participant/disconnect", { bearer });
    expect((await start("ann")).status).toBe(200);
    expectRefusal(await start("ann"), tooManyOpen);
  });

  it("has exactly three of twenty that start at once, and leaves no contact of the others", async () => {
    const start = subjects();
    const before = new Set((await system.simulator.contacts()).map(({ ContactId }) => ContactId));
    const answers = await Promise.all(Array.from({ length: 20 }, () => start("carl")));
    const contacts = (await system.simulator.contacts()).filter(({ ContactId }) => !before.has(ContactId));

    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(contacts.filter(({ Status }) => Status !== "ENDED")).toHaveLength(3);
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200, 429]));
  });

  it("has its places back of chats that were never connected, when Connect has ended those", async () => {
    const start = subjects();
    expect(await times(3, () => start("eve"))).toEqual(all(3, 200));
    await system.advance(299_999);
    expectRefusal(await start("eve"), tooManyOpen);
    await system.advance(1);
    expect((await start("eve")).status).toBe(200);
  });

  it("has none back of chats that were connected, though all they asked for was Connect's socket", async () => {
    const start = subjects();
    for (let count = 0; count < 3; count++) {
      const bearer = handleOf(await start("fay"));
      const answer = await send(system.url, "/participant/connection", {
        bearer,
        body: { Type: ["WEBSOCKET"] },
      });
      expect(Object.keys(answer.body)).toEqual(["Websocket"]);
    }
    await system.advance(600_000);

    expectRefusal(await start("fay"), tooManyOpen);
  });

  it("has its places back at the end of the chats' duration, and of starts that came to nothing", async () => {
    const start = subjects();
    await system.simulator.faults([{ operation: "StopContact", status: 500 }]);
    database.fail("refused", "PutItem");
    expectRefusal(await start("dora"), unavailable);
    database.fail(undefined);
    await system.simulator.faults([]);
    await system.advance(60_000);
    for (let count = 0; count < 3; count++) await connectChat(system.url, handleOf(await start("dora")));
    await system.advance(1_499 * 60_000);
    expectRefusal(await start("dora"), tooManyOpen);
    await system.advance(60_000);
    expect(await times(3, () => start("dora"))).toEqual(all(3, 200));
  });
});

it("a start whose limit cannot be asked is the 503 answer, and nothing is started", async () => {
  database.fail("throttled");
  const { result, upstream } = await costOf(system, () =>
    send(system.url, "/chat", {
      headers: { origin: pageOrigin },
      body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } },
    }),
  );

  expectRefusal(result, unavailable);
  expect(upstream).toEqual([]);
});

it("an address that starts as fast as it may has 39 chats in ten minutes: the burst, and what is given back meanwhile", async () => {
  const start = starter();
  let started = 0;
  for (let second = 0; second < tenMinutesMs / 1_000; second += 10) {
    for (let tries = 0; tries < 21; tries++) {
      if ((await start("203.0.113.30")).status !== 200) break;
      started += 1;
    }
    await system.advance(10_000);
  }

  expect(started).toBe(39);
});
