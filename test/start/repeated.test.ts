import type { APIGatewayProxyEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { repeatedForMs } from "../../lambdas/start/start-record.ts";
import { hasCanary } from "../support/canary.ts";
import { type ApiAnswer, connectChat } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { costOf, expectRefusal } from "../support/refusals.ts";
import { scanTable } from "../support/relay-function.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";
import { TokenIssuer } from "../support/token-issuer.ts";

const reused = { status: 409, type: "ConflictException", reason: "ClientTokenReused" };
const tooMany = { status: 429, type: "ThrottlingException", reason: "TooManyStarts" };

let system: TestSystem;
let issuer: TokenIssuer;
let ClientToken: string;

beforeAll(async () => {
  system = await startTestSystem();
  issuer = await TokenIssuer.start(() => system.clock.now());
});

beforeEach(() => {
  ClientToken = crypto.randomUUID();
});

afterAll(async () => {
  await system.close();
  await issuer.close();
});

/** Starts chats as another container would, from any address. */
function starter(settings: Readonly<Record<string, string>> = {}) {
  const invoke = createDirectFunctions(system, settings);
  return (members: object, sourceIp = "203.0.113.7", headers: Record<string, string> = {}) =>
    invoke({
      resource: "/chat",
      headers,
      body: JSON.stringify({ ContactFlowId: "support", Username: "Jane", ...members }),
      requestContext: {
        requestId: crypto.randomUUID(),
        identity: { sourceIp },
      } as APIGatewayProxyEvent["requestContext"],
    });
}

function chatOf({ status, text, body }: ApiAnswer): Record<string, string> {
  expect(status, text).toBe(200);
  return (body["data"] as { startChatResult: Record<string, string> }).startChatResult;
}

describe("a start that is repeated with its ClientToken", () => {
  it.each([
    ["a UUID", () => crypto.randomUUID()],
    ["a UUID in capitals", () => crypto.randomUUID().toUpperCase()],
    [
      "128 random bits in base64url",
      () => Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64url"),
    ],
  ])("that is %s is answered the same, by any container and without a call to Connect", async (_, token) => {
    const members = { ClientToken: token(), Attributes: { topic: "boots", customerName: "Jane" } };
    const first = chatOf(await starter()(members));
    const again = { ...members, Attributes: { customerName: "Jane", topic: "boots" } };
    const { result, upstream, database } = await costOf(system, () => starter()(again));

    expect(chatOf(result)).toEqual(first);
    expect(upstream).toEqual([]);
    expect(database).toEqual(["PutItem"]);
  });

  it("opens the chat with the handle that it is answered", async () => {
    await starter()({ ClientToken });
    const { ParticipantToken = "" } = chatOf(await starter()({ ClientToken }));

    expect(await connectChat(system.url, ParticipantToken)).toMatch(/^ccbff_ct_/);
  });

  it("takes no unit of the limit of starts", async () => {
    const limited = starter({ START_LIMITS: '{"address":{"intervalMs":600000,"burst":1}}' });
    const first = chatOf(await limited({ ClientToken }, "203.0.113.20"));

    expect(chatOf(await limited({ ClientToken }, "203.0.113.20"))).toEqual(first);
    expect(chatOf(await limited({ ClientToken }, "203.0.113.20"))).toEqual(first);
    expectRefusal(await limited({ ClientToken: crypto.randomUUID() }, "203.0.113.20"), tooMany);
  });

  it("beyond the limit leaves no record, and is a start like any other later", async () => {
    const limited = starter({ START_LIMITS: '{"address":{"intervalMs":600000,"burst":1}}' });
    await limited({}, "203.0.113.21");
    expectRefusal(await limited({ ClientToken }, "203.0.113.21"), tooMany);
    await system.advance(600_000);

    expect((await limited({ ClientToken }, "203.0.113.21")).status).toBe(200);
  });

  it("is a new chat after five minutes, on the millisecond", async () => {
    const first = chatOf(await starter()({ ClientToken }));
    await system.advance(repeatedForMs - 1);
    expect(chatOf(await starter()({ ClientToken }))).toEqual(first);
    await system.advance(1);

    expect(chatOf(await starter()({ ClientToken }))["ContactId"]).not.toBe(first["ContactId"]);
  });

  it.each([
    [{ Username: "Joan" }],
    [{ ContactFlowId: "sales" }],
    [{ InitialMessage: { ContentType: "text/plain", Content: "hello" } }],
  ])("and another body %j is refused with 409, and asks Connect for nothing", async (members) => {
    await starter()({ ClientToken });
    const { result, upstream } = await costOf(system, () => starter()({ ClientToken, ...members }));

    expectRefusal(result, reused);
    expect(upstream).toEqual([]);
  });

  it.each([
    [{ status: 400, type: "InvalidRequestException" }, { Username: "Joan" }],
    [{ status: 429 }, {}],
    [{ cut: "after" }, {}],
  ])("goes on after one that ended in %j, with %j", async (fault, members) => {
    await system.simulator.faults([{ operation: "StartChatContact", ...fault }]);
    const failed = await starter()({ ClientToken });
    await system.simulator.faults([]);
    const { ContactId } = chatOf(await starter()({ ClientToken, ...members }));
    const alive = (await system.simulator.contacts()).filter(({ Status }) => Status !== "ENDED");

    expect(failed.status).toBeGreaterThanOrEqual(400);
    expect(alive.at(-1)?.ContactId).toBe(ContactId);
  });

  it("by another address is a chat of its own", async () => {
    const first = chatOf(await starter()({ ClientToken }, "203.0.113.7"));
    expect(chatOf(await starter()({ ClientToken }, "203.0.113.8"))["ContactId"]).not.toBe(first["ContactId"]);
  });

  it("is the subject's wherever it comes from, and another subject's never", async () => {
    const signedIn = starter({ START_AUTH: "jwt", JWT_ISSUER: issuer.url, JWT_AUDIENCE: "chat-page" });
    const as = async (sub: string, sourceIp: string) => {
      const headers = { authorization: `Bearer ${await issuer.sign({ sub })}` };
      return chatOf(await signedIn({ ClientToken }, sourceIp, headers));
    };
    const first = await as("jane", "203.0.113.7");

    expect(await as("jane", "198.51.100.4")).toEqual(first);
    expect((await as("joan", "203.0.113.7"))["ContactId"]).not.toBe(first["ContactId"]);
  });

  it.each([
    ["is short", "123456789012345678901"],
    ["is empty", ""],
    ["is a UUID of a time and an address", "c232ab00-9414-11ec-b3c8-9f6bdeced846"],
    ["has characters that random ones have not", "the visitor's own token, rather long"],
  ])("that %s is a new chat each time: it could be guessed", async (_, weak) => {
    const start = starter();
    const first = chatOf(await start({ ClientToken: weak }));
    const { result, upstream } = await costOf(system, () => start({ ClientToken: weak }));

    expect(chatOf(result)["ContactId"]).not.toBe(first["ContactId"]);
    expect(upstream[0]?.ClientToken).toMatch(/^[\w-]{43}$/);
  });

  it("longer than 500 characters is refused", async () => {
    const answer = await starter()({ ClientToken: "a".repeat(501) });
    expectRefusal(answer, { status: 400, type: "ValidationException", reason: "InvalidInput" });
  });
});

describe("twenty starts at once with one ClientToken", () => {
  it("are one contact; each is answered that one, or the 503 to come again", async () => {
    const containers = [starter(), starter(), starter()];
    const { result, upstream } = await costOf(system, () =>
      Promise.all(Array.from({ length: 20 }, (_, index) => containers[index % 3]?.({ ClientToken }))),
    );
    const answers = result.flatMap((answer) => answer ?? []);
    const chats = answers.filter(({ status }) => status === 200).map(chatOf);
    const others = answers.filter(({ status }) => status !== 200);

    expect(upstream.map(({ operation }) => operation)).toEqual(["StartChatContact"]);
    expect(chats.length).toBeGreaterThan(0);
    for (const other of others) {
      expect([other.status, other.headers.get("retry-after")]).toEqual([503, "1"]);
    }
    expect(
      new Set([...chats, chatOf(await starter()({ ClientToken }))].map((chat) => JSON.stringify(chat))).size,
    ).toBe(1);
  });
});

describe("the table of starts", () => {
  it("has neither a token, nor a handle, nor a name, and nothing that opens the answer", async () => {
    const { ParticipantToken = "", ParticipantId = "" } = chatOf(
      await starter()({ ClientToken, Username: "Jane of Acme" }),
    );
    const table = JSON.stringify(await scanTable("starts"), (_name, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
    );

    expect(table).toContain("start#");
    expect(hasCanary(table)).toBe(false);
    for (const secret of [ClientToken, ParticipantToken, ParticipantId, "Jane of Acme", "203.0.113"]) {
      expect(table).not.toContain(secret);
    }
  });

  it("keeps nothing of a start that cannot be repeated", async () => {
    const before = (await scanTable("starts")).length;
    await starter()({});

    expect(await scanTable("starts")).toHaveLength(before);
  });
});

it("costs three calls of the database more than the limit and the session", async () => {
  const { database } = await costOf(system, () => starter()({}, "203.0.113.30"));
  expect(database).toEqual(["UpdateItem", "PutItem", "UpdateItem", "PutItem", "DeleteItem"]);
  const repeatable = await costOf(system, () => starter()({ ClientToken }, "203.0.113.31"));
  expect(repeatable.database).toEqual(["PutItem", "UpdateItem", "UpdateItem", "PutItem", "UpdateItem"]);
});
