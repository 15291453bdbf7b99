import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { amplifications, describeAmplifications } from "../support/amplification.ts";
import { type ApiAnswer, openChat } from "../support/chat.ts";
import type { EventParts } from "../support/direct-functions.ts";
import { faultSettings } from "../support/fault-settings.ts";
import { Fleet } from "../support/fleet.ts";
import { participantRequest } from "../support/patient-clients.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const chatCount = 40;
const outageSeconds = 60;
const ticksPerSecond = 10;

/** The longest that an operation is left alone, in milliseconds (lambdas/connect/brown-out.ts). */
const longestBrownOutMs = 1_000;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ ...faultSettings, REAL_TIME: "relay" });
});

afterEach(() => system.simulator.faults([]));

afterAll(() => system.close());

type Chat = Awaited<ReturnType<typeof openChat>>;

/** What visitors do, in turn, each something every four seconds; one more visitor tries to start a chat each second. */
const uses: readonly ((chat: Chat) => EventParts)[] = [
  ({ connectionHandle }) =>
    participantRequest("message", connectionHandle, { ContentType: "text/plain", Content: "hello" }),
  ({ connectionHandle }) => participantRequest("transcript", connectionHandle, {}),
  ({ connectionHandle }) =>
    participantRequest("event", connectionHandle, {
      ContentType: "application/vnd.amazonaws.connect.event.connection.acknowledged",
    }),
  ({ participantHandle }) => participantRequest("connection", participantHandle, {}),
];
const start = { resource: "/chat", body: JSON.stringify({ ContactFlowId: "support", Username: "Jane" }) };

it.each([
  ["throttles everything", { status: 429 }],
  ["fails", { status: 500 }],
  ["is cut off", { cut: "before" }],
  ["answers HTML", { status: 502, body: "html" }],
])(
  "a Connect that %s for a minute is left alone, and used again within a brown-out",
  async (_what, fault) => {
    const chats: Chat[] = [];
    for (let count = 0; count < chatCount; count++) chats.push(await openChat(system));
    const fleet = new Fleet(system);
    const answers: (ApiAnswer & { readonly path: string })[] = [];
    const ask = async (event: EventParts) => {
      answers.push({ ...(await fleet.invoke(event)), path: event.resource });
    };
    const live = async (seconds: number) => {
      for (let tick = 0; tick < seconds * ticksPerSecond; tick++) {
        chats.forEach((chat, index) => {
          const [turn, rest] = [
            Math.floor((tick + index) / (4 * ticksPerSecond)),
            (tick + index) % (4 * ticksPerSecond),
          ];
          const use = uses[(turn + index) % uses.length];
          if (rest === 0 && use) void ask(use(chat));
        });
        if (tick % ticksPerSecond === 0) void ask(start);
        await fleet.advance(1_000 / ticksPerSecond);
      }
    };

    await system.simulator.faults([{ operation: "*", ...fault }]);
    await system.simulator.forgetCalls();
    await live(outageSeconds);
    const rows = amplifications(answers, await system.simulator.calls());
    const during = answers.splice(0);

    await system.simulator.faults([]);
    await fleet.advance(longestBrownOutMs);
    await live(2 * 4);

    process.stdout.write(
      `an outage (${JSON.stringify(fault)}) on ${fleet.containers} containers; ${describeAmplifications(rows)}\n`,
    );
    const tries = rows.reduce((sum, row) => sum + row.tries, 0);
    expect(tries).toBeLessThanOrEqual(1.1 * during.length);
    // Of a single operation, too, but for the second tries that each container has saved up.
    for (const row of rows)
      expect(row.tries, row.path).toBeLessThanOrEqual(1.1 * row.requests + 5 * fleet.containers);
    // What is answered from stored state goes on; the rest is told to come again, in Connect's shape.
    for (const { path, status, headers, body } of during) {
      if (path === "/participant/connection") expect(status).toBe(200);
      else {
        expect([429, 500, 503]).toContain(status);
        expect(headers.get("x-amzn-errortype")).toMatch(/^(Throttling|InternalServer)Exception$/);
        expect(body).toMatchObject({ message: expect.any(String), reason: expect.any(String) });
      }
    }
    expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
  },
  120_000,
);
