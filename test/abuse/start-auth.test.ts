import { base64url, generateKeyPair, SignJWT } from "jose";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { type ApiAnswer, send } from "../support/chat.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { costOf } from "../support/refusals.ts";
import { createRevokeFunction } from "../support/revoke-function.ts";
import { pageOrigin, startTestSystem, type TestSystem } from "../support/test-system.ts";
import { TokenIssuer } from "../support/token-issuer.ts";

let system: TestSystem;
let issuer: TokenIssuer;

beforeAll(async () => {
  const clock = new FakeClock();
  issuer = await TokenIssuer.start(() => clock.now());
  system = await startTestSystem(
    {
      START_AUTH: "jwt",
      JWT_ISSUER: issuer.url,
      JWT_AUDIENCE: "chat-app,chat-page",
      CLAIM_ATTRIBUTES: "email=customerEmail,sub=customerId,vip=vip,level=level,groups=groups,phone=phone",
      ALLOW_APPS_WITHOUT_ORIGIN: "false",
    },
    clock,
  );
});

afterAll(async () => {
  vi.useRealTimers();
  await system.close();
  await issuer.close();
});

const seconds = () => Math.floor(system.clock.now() / 1_000);
const inHeader = (token: string) => ({ authorization: `Bearer ${token}` });

function start(headers: Readonly<Record<string, string>>, members: object = {}): Promise<ApiAnswer> {
  return send(system.url, "/chat", {
    headers: { origin: pageOrigin, ...headers },
    body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" }, ...members },
  });
}

async function attributesOf(answer: ApiAnswer): Promise<unknown> {
  expect(answer.status).toBe(200);
  return (await system.simulator.contacts()).at(-1)?.Attributes;
}

/** Moves the hour by which jose keeps the issuer's keys; timers go on. */
function keysAge(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + milliseconds });
}

function signedWith(header: object, payload: object, signature = ""): string {
  const part = (value: object) => base64url.encode(JSON.stringify(value));
  return `${part(header)}.${part(payload)}.${signature}`;
}

const claims = () => ({ iss: issuer.url, aud: "chat-page", sub: "jane", exp: seconds() + 300 });

describe("a start where visitors sign in", () => {
  it("is let through with a token of the issuer's, from a page and from an app", async () => {
    const token = await issuer.sign();

    expect((await start(inHeader(token))).status).toBe(200);
    const fromApp = await send(system.url, "/chat", {
      headers: inHeader(token),
      body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" } },
    });
    expect(fromApp.status).toBe(200);
  });

  it.each<readonly [string, () => Promise<Readonly<Record<string, string>>>]>([
    ["without a token", async () => ({})],
    ["with an SDK's signature instead", async () => ({ authorization: "AWS4-HMAC-SHA256 Credential=a/b" })],
    ["with a word for a token", async () => inHeader("please")],
    ["with a token that has expired", async () => inHeader(await issuer.sign({ exp: seconds() - 6 }))],
    ["with one that is not valid yet", async () => inHeader(await issuer.sign({ nbf: seconds() + 60 }))],
    ["with one that never ends", async () => inHeader(await issuer.sign({ exp: undefined }))],
    ["with one for somebody else", async () => inHeader(await issuer.sign({ aud: "another" }))],
    ["with one for nobody", async () => inHeader(await issuer.sign({ aud: undefined }))],
    ["with one of another issuer", async () => inHeader(await issuer.sign({ iss: "https://evil.example" }))],
    ["with one that names no subject", async () => inHeader(await issuer.sign({ sub: undefined }))],
    ["with one of an empty subject", async () => inHeader(await issuer.sign({ sub: "" }))],
    [
      "with one that another key signed",
      async () => inHeader(await issuer.sign({}, "one", (await generateKeyPair("RS256")).privateKey)),
    ],
    [
      "with one whose claims were changed",
      async () => {
        const [header, , signature] = (await issuer.sign()).split(".");
        const changed = base64url.encode(JSON.stringify({ ...claims(), sub: "admin" }));
        return inHeader(`${header}.${changed}.${signature}`);
      },
    ],
    ["with alg none", async () => inHeader(signedWith({ alg: "none", kid: "one" }, claims()))],
    ["with alg nOnE", async () => inHeader(signedWith({ alg: "nOnE", kid: "one" }, claims(), "AA"))],
    [
      "with HS256 and the public key for a secret",
      async () => {
        const secret = new TextEncoder().encode(JSON.stringify(issuer.published("one")));
        const token = await new SignJWT(claims())
          .setProtectedHeader({ alg: "HS256", kid: "one" })
          .sign(secret);
        return inHeader(token);
      },
    ],
    [
      "with a key that it brings itself",
      async () => {
        const { privateKey } = await generateKeyPair("RS256");
        const jwk = issuer.published("one");
        const header = { alg: "RS256", kid: "one", jwk, jku: "http://127.0.0.1:9/keys" };
        return inHeader(await new SignJWT(claims()).setProtectedHeader(header).sign(privateKey));
      },
    ],
    [
      "with a critical header it does not know",
      async () => inHeader(signedWith({ alg: "RS256", kid: "one", crit: ["x"], x: 1 }, claims(), "AA")),
    ],
  ])("is refused %s: 401, the same for all, and nothing is asked of anybody", async (_how, headers) => {
    const given = await headers();
    const { result, upstream, database } = await costOf(system, () => start(given));

    expect(result).toMatchObject({
      status: 401,
      body: {
        __type: "UnauthorizedException",
        message: "Sign in to start a chat.",
        reason: "SignInRequired",
      },
    });
    expect(result.headers.get("www-authenticate")).toBe("Bearer");
    expect(result.headers.get("access-control-allow-origin")).toBe(pageOrigin);
    expect([...upstream, ...database]).toEqual([]);
  });

  it("writes nothing of a token into the log", async () => {
    const token = await issuer.sign({ email: "jane@example.com" });
    await start(inHeader(token));
    await start(inHeader(`${token}x`));
    const marked = { email: "marked@example.com", name: "marked" };
    await start(inHeader(await issuer.sign({ ...marked, exp: seconds() - 60 })));
    await start(inHeader(await issuer.sign({ ...marked, aud: "marked" })));

    const logged = JSON.stringify(system.logs);
    expect(logged).toContain("ERR_JWT_EXPIRED");
    expect(system.logs.at(-1)).toMatchObject({ detail: "ERR_JWT_CLAIM_VALIDATION_FAILED" });
    expect(logged).not.toContain(token.slice(0, 40));
    expect(logged).not.toMatch(/jane|marked/);
  });
});

describe("what is known from a sign-in", () => {
  it("becomes contact attributes: texts, numbers and truths, and nothing that was not said", async () => {
    const token = await issuer.sign({ email: "jane@example.com", vip: true, level: 3, groups: ["a"] });

    expect(await attributesOf(await start(inHeader(token), { Attributes: { topic: "bill" } }))).toEqual({
      customerEmail: "jane@example.com",
      customerId: "jane",
      topic: "bill",
      level: "3",
      vip: "true",
    });
  });

  it.each([
    "customerEmail",
    "customerId",
    "vip",
  ])("cannot be set or overwritten by a page (%s)", async (name) => {
    for (const token of [await issuer.sign(), await issuer.sign({ email: "jane@example.com", vip: true })]) {
      const { result, upstream } = await costOf(system, () =>
        start(inHeader(token), { Attributes: { [name]: "forged" } }),
      );

      expect(result).toMatchObject({ status: 400, body: { reason: "AttributeNotAllowed" } });
      expect(upstream).toEqual([]);
    }
  });

  it("counts with the rest against Connect's limit", async () => {
    const token = await issuer.sign({ email: "x".repeat(4_000) });
    const answer = await start(inHeader(token), { Attributes: { topic: "y".repeat(30_000) } });

    expect(answer).toMatchObject({ status: 400, body: { reason: "InvalidInput" } });
  });
});

describe("the subject of a sign-in", () => {
  const contactOf = ({ body }: ApiAnswer) =>
    (body as { data: { startChatResult: { ContactId: string } } }).data.startChatResult.ContactId;

  it("is bound to the session, hashed, so that its chats can be revoked and nobody else's", async () => {
    const mine = contactOf(await start(inHeader(await issuer.sign({ sub: "mallory" }))));
    const other = contactOf(await start(inHeader(await issuer.sign({ sub: "jane" }))));
    const answer = await createRevokeFunction(system).revoke({ subject: `${issuer.url}|mallory` });

    expect(answer).toMatchObject({ revoked: 1, contactsStopped: 1, remaining: 0 });
    expect(await system.readSession(mine)).toMatchObject({ st: "e" });
    expect(await system.readSession(other)).toMatchObject({ st: "a" });
    expect(JSON.stringify(await system.scan())).not.toContain("mallory");
  });
});

describe("the issuer's keys", () => {
  it("are asked for once, however many start", async () => {
    const token = await issuer.sign();
    const before = issuer.asked;
    system.restartFunctions();
    await Promise.all(Array.from({ length: 20 }, () => start(inHeader(token))));

    expect(issuer.asked).toBe(before + 1);
  });

  it("may be rotated while chats start: the new one is fetched, the old one ends with the issuer's list", async () => {
    system.restartFunctions();
    const old = await issuer.sign();
    expect((await start(inHeader(old))).status).toBe(200);
    await issuer.addKey("two");
    keysAge(11_000);

    expect((await start(inHeader(await issuer.sign({}, "two")))).status).toBe(200);
    expect((await start(inHeader(old))).status).toBe(200);

    issuer.removeKey("one");
    keysAge(600_000);
    expect((await start(inHeader(old))).status).toBe(401);
    await issuer.addKey("one");
    keysAge(600_000);
  });

  it("are not asked for again and again by tokens of unknown ones", async () => {
    system.restartFunctions();
    await start(inHeader(await issuer.sign()));
    const before = issuer.asked;
    const { privateKey } = await generateKeyPair("RS256");
    for (const kid of ["a", "b", "c", "d"]) {
      expect((await start(inHeader(await issuer.sign({}, kid, privateKey)))).status).toBe(401);
    }

    expect(issuer.asked).toBe(before);
  });

  it.each([
    "isDown",
    "hasNoKeys",
  ] as const)("are needed: without them nobody is let in, and the answer is the 503 (%s)", async (fault) => {
    system.restartFunctions();
    issuer[fault] = true;
    const token = await issuer.sign();
    const { result, upstream } = await costOf(system, () => start(inHeader(token)));
    issuer[fault] = false;
    keysAge(11_000);

    expect(result).toMatchObject({ status: 503, body: { reason: "Unavailable" } });
    expect(upstream).toEqual([]);
    expect((await start(inHeader(token))).status).toBe(200);
  });
});
