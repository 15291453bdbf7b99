import type { APIGatewayProxyEvent } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { requestIdsOf } from "../../lambdas/request-ids.ts";
import { openChat, send } from "../support/chat.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const uuid = "0b7e2a5c-6d1f-4c3a-9e8b-1f2a3b4c5d6e";
const anyUuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

let system: TestSystem;
let bearer: string;

beforeAll(async () => {
  system = await startTestSystem();
});

beforeEach(async () => {
  await system.simulator.faults([]);
  bearer = (await openChat(system)).connectionHandle;
  system.logs.length = 0;
});

afterAll(async () => {
  await system.close();
});

function say(headers: Readonly<Record<string, string>> = {}) {
  const body = { ContentType: "text/plain", Content: "hello" };
  return send(system.url, "/participant/message", { bearer, headers, body });
}

describe("the line of a request", () => {
  it("has the id that the client got, the one it sent, and the one of the call to Connect", async () => {
    const answer = await say({ "amz-sdk-invocation-id": uuid });

    expect(system.logs).toEqual([
      expect.objectContaining({
        gatewayRequestId: answer.headers.get("x-amzn-requestid"),
        invocationId: uuid,
        connectRequestIds: [expect.stringMatching(anyUuid)],
      }),
    ]);
  });

  it("has an id of each try, also of one that failed", async () => {
    await system.simulator.faults([{ operation: "SendMessage", status: 500, times: 1 }]);
    await say();

    expect(new Set(system.logs[0]?.connectRequestIds).size).toBe(2);
  });

  it("has none of Connect's where Connect was not asked", async () => {
    bearer = "malformed";
    await say();

    expect(system.logs[0]).not.toHaveProperty("connectRequestIds");
  });

  it("has only the ids of its own calls, when requests are served at the same time", async () => {
    await Promise.all([say(), say(), say(), say()]);
    const ids = system.logs.flatMap(({ connectRequestIds = [] }) => connectRequestIds);

    expect(system.logs.map(({ connectRequestIds }) => connectRequestIds?.length)).toEqual([1, 1, 1, 1]);
    expect(new Set(ids).size).toBe(4);
  });

  it("repeats nothing of a client's that is no UUID", async () => {
    await say({ "amz-sdk-invocation-id": `${uuid} and "more"` });

    expect(system.logs[0]?.invocationId).toBeUndefined();
    expect(JSON.stringify(system.logs)).not.toContain("more");
  });
});

describe("the ids of a request", () => {
  const read = (requestContext: object, multiValueHeaders = {}) =>
    requestIdsOf({ headers: {}, multiValueHeaders, requestContext } as unknown as APIGatewayProxyEvent);

  it("are taken from the gateway", () => {
    expect(read({ requestId: uuid, extendedRequestId: "JKJaXmPLvHcESHA=" })).toMatchObject({
      gatewayRequestId: uuid,
      extendedRequestId: "JKJaXmPLvHcESHA=",
    });
  });

  it.each([
    "chosen-by-the-client",
    "",
    `${uuid}\n`,
    "x".repeat(128),
  ])("leave a request id out that the client chose: %j", (requestId) => {
    expect(read({ requestId }).gatewayRequestId).toBeUndefined();
  });

  it("leave an invocation id out that came twice", () => {
    expect(read({}, { "amz-sdk-invocation-id": [uuid, uuid] }).invocationId).toBeUndefined();
  });
});
