import { randomUUID } from "node:crypto";
import type { APIGatewayProxyResult } from "aws-lambda";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createHandler } from "../../lambdas/chain.ts";
import { defaultLimits } from "../../lambdas/rate-limits/limits.ts";
import { chatOperations } from "../../lambdas/registries/chat.ts";
import { createServices } from "../../lambdas/services.ts";
import { lambdaContext } from "../../local/gateway/lambda-context.ts";
import { openChat } from "../support/chat.ts";
import { createDirectFunctions, type EventParts, emptyPost } from "../support/direct-functions.ts";
import { participantRequest } from "../support/patient-clients.ts";
import { costOf } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const parallel = 200;
const containers = 5;
const { burst, intervalMs } = defaultLimits.message;

let system: TestSystem;
let chat: Awaited<ReturnType<typeof openChat>>;

beforeAll(async () => {
  system = await startTestSystem();
});

beforeEach(async () => {
  chat = await openChat(system);
});

afterAll(() => system.close());

const message = () =>
  participantRequest("message", chat.connectionHandle, { ContentType: "text/plain", Content: "hello" });

/**
 * Containers of `chat`, with a database client that waits: two hundred writes of one item keep the embedded database
 * busy for longer than the second that a function gives it.
 */
function createContainer(): (event: EventParts) => Promise<APIGatewayProxyResult> {
  const services = createServices(process.env, {
    clock: system.clock,
    log: system.logs.push.bind(system.logs),
  });
  const handler = createHandler("chat", { ...services, sessions: system.sessions }, chatOperations);
  const now = () => Date.now();
  return (event) => {
    const requestId = randomUUID();
    const context = lambdaContext({ functionName: "chat", requestId, deadline: now() + 10_000, now });
    return handler({ ...emptyPost(requestId), ...event }, context);
  };
}

it("of two hundred messages of one chat at once exactly the burst goes through, whichever containers they meet", async () => {
  const fleet = Array.from({ length: containers }, createContainer);
  const { result, upstream } = await costOf(system, () =>
    Promise.all(Array.from({ length: parallel }, (_, index) => fleet[index % containers]?.(message()))),
  );
  const refused = result.filter((answer) => answer?.statusCode === 429);

  expect(result.filter((answer) => answer?.statusCode === 200)).toHaveLength(burst);
  expect(refused).toHaveLength(parallel - burst);
  expect(new Set(refused.map((answer) => JSON.parse(answer?.body ?? "").reason))).toEqual(
    new Set(["RateLimited"]),
  );
  expect(upstream.filter(({ operation }) => operation === "SendMessage")).toHaveLength(burst);
});

it("the one beyond the burst costs a container one call of the database, its repetition none, and one goes through after Retry-After", async () => {
  const other = createDirectFunctions(system);
  for (let count = 0; count < burst; count++) expect((await other(message())).status).toBe(200);
  const invoke = createDirectFunctions(system);
  const first = await costOf(system, () => invoke(message()));
  const second = await costOf(system, () => invoke(message()));

  expect([first, second].map(({ result }) => result.status)).toEqual([429, 429]);
  expect([first, second].map(({ database }) => database)).toEqual([["UpdateItem"], []]);
  expect([...first.upstream, ...second.upstream]).toEqual([]);
  const retryAfterMs = Number(first.result.headers.get("retry-after")) * 1_000;
  expect(retryAfterMs).toBe(Math.ceil(intervalMs / 1_000) * 1_000);
  await system.advance(retryAfterMs);
  expect((await invoke(message())).status).toBe(200);
  expect((await invoke(message())).status).toBe(429);
});
