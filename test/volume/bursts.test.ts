import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { defaultLimits } from "../../lambdas/rate-limits/limits.ts";
import { openChat } from "../support/chat.ts";
import { createDirectFunctions } from "../support/direct-functions.ts";
import { participantRequest } from "../support/patient-clients.ts";
import { costOf } from "../support/refusals.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

/** More would wait for the embedded database longer than a function does. */
const parallel = 60;
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

it("of sixty messages of one chat at once exactly the burst goes through, whichever containers they meet", async () => {
  const fleet = Array.from({ length: containers }, () => createDirectFunctions(system));
  const { result, upstream } = await costOf(system, () =>
    Promise.all(Array.from({ length: parallel }, (_, index) => fleet[index % containers]?.(message()))),
  );
  const refused = result.filter((answer) => answer?.status === 429);

  expect(result.filter((answer) => answer?.status === 200)).toHaveLength(burst);
  expect(refused).toHaveLength(parallel - burst);
  expect(new Set(refused.map((answer) => answer?.body["reason"]))).toEqual(new Set(["RateLimited"]));
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
