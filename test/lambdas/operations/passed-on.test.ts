import { afterAll, beforeAll, expect, it } from "vitest";
import { attachmentOperations } from "../../../lambdas/registries/attachments.ts";
import { chatOperations } from "../../../lambdas/registries/chat.ts";
import type { OperationName } from "../../../lambdas/routes.ts";
import { type AttachmentServices, createAttachmentServices } from "../../../lambdas/services.ts";
import { parseHandle } from "../../../lambdas/sessions/handle.ts";
import { openChat } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(() => system.close());

const operations = { ...attachmentOperations, ...chatOperations };
const bodies: readonly (readonly [OperationName, object])[] = [
  ["send-message", { ContentType: "text/plain", Content: "hello" }],
  ["send-event", { ContentType: "application/vnd.amazonaws.connect.event.typing" }],
  ["get-transcript", {}],
  ["get-attachment", { AttachmentId: "unknown" }],
];

it.each(bodies)("%s has its request made ready before the database has answered", async (name, body) => {
  const { connectionHandle } = await openChat(system);
  const services = createAttachmentServices(process.env, { clock: system.clock });
  const made = Promise.withResolvers<void>();
  const observed: AttachmentServices = {
    ...services,
    sessions: {
      ...services.sessions,
      update: async (pk, update) => {
        await made.promise;
        return services.sessions.update(pk, update);
      },
    },
    participant: {
      ...services.participant,
      prepare: (makeCommand, signal) => {
        made.resolve();
        return services.participant.prepare(makeCommand, signal);
      },
    },
  };
  const handle = parseHandle(connectionHandle);
  const call = operations[name]?.read(body);

  expect(
    await call?.admit?.(observed, handle as NonNullable<typeof handle>, AbortSignal.timeout(10_000)),
  ).toHaveProperty("session");
});
