import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import {
  connectionOperations,
  createConnection,
  type ParticipantOperation,
  sendMessage,
} from "../support/participant-operations.ts";
import { accessDenied, costOf, expectRefusal, fingerprint } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem();
  chat = await openChat(system);
});

afterAll(async () => {
  await system.close();
});

const call = ({ path, body }: ParticipantOperation, bearer: string | undefined) =>
  send(system.url, path, { bearer, body });

const secretOf = (handle: string) => handle.split(".")[1] ?? "";
const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const respelled = (handle: string) =>
  handle.slice(0, -1) + letters.charAt(letters.indexOf(handle.slice(-1)) + 1);

/** What a handle must not look like, made from a good one. */
const malformed: Readonly<Record<string, (handle: string) => string>> = {
  "an empty one": () => "",
  "another prefix": (handle) => handle.replace("ccbff", "ccbfg"),
  "no prefix": (handle) => handle.replace(/^ccbff_/, ""),
  "a prefix in capitals": (handle) => handle.replace("ccbff", "CCBFF"),
  "an unknown kind": (handle) => handle.replace(/_.t_/, "_xt_"),
  "a scheme before it": (handle) => `Bearer ${handle}`,
  "no dot": (handle) => handle.replace(".", ""),
  "two dots": (handle) => handle.replace(".", ".."),
  "a dot at its end": (handle) => `${handle}.`,
  "no selector": (handle) => handle.replace(/_[^_]*\./, "_."),
  "no secret": (handle) => handle.replace(secretOf(handle), ""),
  "a secret one character short": (handle) => handle.slice(0, -1),
  "a secret one character long": (handle) => `${handle}A`,
  "a secret in the other base64": (handle) => `${handle.slice(0, -43)}+/${handle.slice(-41)}`,
  "a padded secret": (handle) => `${handle}=`,
  "a second spelling of the same secret": respelled,
  "a selector with a slash": (handle) => handle.replace(/-/, "/"),
  "a selector with a percent sign": (handle) => handle.replace(/-/, "%2d"),
  "a selector of 257 characters": (handle) => handle.replace(/_[^_]*\./, `_${"a".repeat(257)}.`),
  "two handles in one": (handle) => `${handle}, ${handle}`,
  "ten thousand characters": (handle) => handle + "A".repeat(10_000),
  "a token such as Connect's": () => `QVFJREFI${randomBytes(288).toString("base64url")}`,
  "the word undefined": () => "undefined",
};

/** Well-formed handles that open nothing. */
const strangers: Readonly<Record<string, (handle: string) => string>> = {
  "an unknown selector": (handle) => handle.replace(chat.contactId, randomUUID()),
  "a selector in capitals": (handle) => handle.replace(chat.contactId, chat.contactId.toUpperCase()),
  "a wrong secret": (handle) => handle.replace(secretOf(handle), randomBytes(32).toString("base64url")),
  "a secret of zeros": (handle) => handle.replace(secretOf(handle), "A".repeat(43)),
  "the other handle's secret": (handle) =>
    handle.replace(
      secretOf(handle),
      secretOf(handle === chat.connectionHandle ? chat.participantHandle : chat.connectionHandle),
    ),
};

const everywhere = [
  { operation: sendMessage, handle: () => chat.connectionHandle },
  { operation: createConnection, handle: () => chat.participantHandle },
];

describe.each(everywhere)("$operation.name", ({ operation, handle }) => {
  it.each(Object.entries(malformed))("refuses %s as a handle, without a call", async (_name, spoil) => {
    const { result, ...cost } = await costOf(system, () => call(operation, spoil(handle())));

    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it("refuses a request without a handle, without a call", async () => {
    const { result, ...cost } = await costOf(system, () => call(operation, undefined));

    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it.each(
    Object.entries(strangers),
  )("refuses %s, and leaves the chat's item as it is", async (_name, spoil) => {
    const before = await system.scan();
    await system.advance(1_000);
    const { result, ...cost } = await costOf(system, () => call(operation, spoil(handle())));

    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: ["UpdateItem"] });
    expect(await system.scan()).toEqual(before);
  });
});

it.each(connectionOperations)("refuses the participant handle for $name", async (operation) => {
  const { result, ...cost } = await costOf(system, () => call(operation, chat.participantHandle));

  expectRefusal(result, accessDenied);
  expect(cost).toEqual({ upstream: [], database: [] });
});

it("refuses the connection handle for CreateParticipantConnection", async () => {
  const { result, ...cost } = await costOf(system, () => call(createConnection, chat.connectionHandle));

  expectRefusal(result, accessDenied);
  expect(cost).toEqual({ upstream: [], database: [] });
});

it("refuses every operation a handle of the other kind's spelling and this kind's secret", async () => {
  const renamed = chat.participantHandle.replace("_pt_", "_ct_");
  for (const operation of connectionOperations) expectRefusal(await call(operation, renamed), accessDenied);
  const other = chat.connectionHandle.replace("_ct_", "_pt_");
  expectRefusal(await call(createConnection, other), accessDenied);
});

it("takes a handle from no other place than its header", async () => {
  const handle = chat.connectionHandle;
  const attempts = [
    { path: `/participant/message?x-amz-bearer=${handle}&X-Amz-Bearer=${handle}` },
    { body: { ...sendMessage.body, ConnectionToken: handle, "X-Amz-Bearer": handle } },
    { headers: { authorization: `Bearer ${handle}` } },
    { headers: { cookie: `x-amz-bearer=${handle}` } },
    { headers: { "x-amzn-bearer": handle, "x-amz-bearer-token": handle } },
  ];
  for (const { path = sendMessage.path, body = sendMessage.body, headers = {} } of attempts) {
    const { result, ...cost } = await costOf(system, () => send(system.url, path, { body, headers }));
    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: [] });
  }
});

it("answers every handle that opens nothing with the same words and headers", async () => {
  const spoils = [...Object.values(malformed), ...Object.values(strangers)];
  const answers = await Promise.all([
    ...spoils.map((spoil) => call(sendMessage, spoil(chat.connectionHandle))),
    ...spoils.map((spoil) => call(createConnection, spoil(chat.participantHandle))),
    call(sendMessage, undefined),
    call(sendMessage, chat.participantHandle),
    call(createConnection, chat.connectionHandle),
  ]);

  expect(new Set(answers.map(fingerprint)).size).toBe(1);
});

it("still serves the right handles after all of that", async () => {
  expect((await call(sendMessage, chat.connectionHandle)).status).toBe(200);
  expect((await call(createConnection, chat.participantHandle)).status).toBe(200);
});
