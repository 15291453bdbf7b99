import type { APIGatewayProxyEvent } from "aws-lambda";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { generousLimits } from "../support/operation-members.ts";
import { sendMessage } from "../support/participant-operations.ts";
import { accessDenied, costOf, expectRefusal, invalid } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;
let invoke: ReturnType<typeof createDirectFunctions>;

beforeAll(async () => {
  system = await startTestSystem({ RATE_LIMITS: generousLimits });
  chat = await openChat(system);
  invoke = createDirectFunctions(system);
});

afterAll(async () => {
  await system.close();
});

describe("an event of the gateway", () => {
  const body = JSON.stringify(sendMessage.body);
  const resource = sendMessage.path;
  const noHeaders = { headers: null, multiValueHeaders: null } as unknown as object;
  const bearer = (name: string, ...values: string[]) => ({
    ...noHeaders,
    multiValueHeaders: { [name]: values },
  });

  const served = {
    "in lower case": (handle: string) => ({ headers: { "x-amz-bearer": handle } }),
    "in capitals": (handle: string) => ({ headers: { "X-AMZ-BEARER": handle } }),
    "among the multi-value headers alone": (handle: string) => bearer("x-AMZ-bearer", handle),
    "beside an empty multi-value one": (handle: string) => ({
      headers: { "X-Amz-Bearer": handle },
      multiValueHeaders: { "X-Amz-Bearer": [] },
    }),
    "with a base64 body": (handle: string) => ({
      headers: { "x-amz-bearer": handle },
      body: Buffer.from(body).toString("base64"),
      isBase64Encoded: true,
    }),
  };
  it.each(Object.entries(served))("with its handle %s is served", async (_name, parts) => {
    const answer = await invoke({ resource, body, ...parts(chat.connectionHandle) });

    expect(answer.status).toBe(200);
  });

  it("is not asked who sent it, where a handle opens the chat", async () => {
    const handle = { headers: { "x-amz-bearer": chat.connectionHandle } };
    const requestContext = {} as APIGatewayProxyEvent["requestContext"];

    expect((await invoke({ resource, body, requestContext, ...handle })).status).toBe(200);
  });

  const refused = {
    "without any headers": () => noHeaders,
    "with two handles": (handle: string) => bearer("X-Amz-Bearer", handle, handle),
    "with a second, wrong handle": (handle: string) => bearer("X-Amz-Bearer", handle, "nonsense"),
    "with two handles in two spellings": (handle: string) => ({
      headers: { "X-Amz-Bearer": handle, "x-amz-bearer": "nonsense" },
    }),
    "with CRLF behind its handle": (handle: string) => ({
      headers: { "X-Amz-Bearer": `${handle}\r\nX-Evil: 1` },
    }),
    "with a line end behind its handle": (handle: string) => ({ headers: { "X-Amz-Bearer": `${handle}\n` } }),
    "with NUL in its handle": (handle: string) => ({ headers: { "X-Amz-Bearer": `${handle}\0` } }),
  };
  it.each(Object.entries(refused))("%s is refused without a call", async (_name, parts) => {
    const { result, ...cost } = await costOf(system, () =>
      invoke({ resource, body, ...parts(chat.connectionHandle) }),
    );

    expectRefusal(result, accessDenied);
    expect(cost).toEqual({ upstream: [], database: [] });
  });

  it.each([
    ["base64 that is none", "%%%"],
    ["base64 without its padding", Buffer.from(body).toString("base64url")],
    ["base64 of bytes that are no UTF-8", Buffer.from([0x7b, 0xff, 0x7d]).toString("base64")],
  ])("with %s is refused as invalid", async (_name, encoded) => {
    const headers = { "X-Amz-Bearer": chat.connectionHandle };
    const answer = await invoke({ resource, headers, body: encoded, isBase64Encoded: true });

    expectRefusal(answer, invalid("InvalidJson"));
  });
});
