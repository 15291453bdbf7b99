import { afterAll, beforeAll, expect, it } from "vitest";
import { amplifications, describeAmplifications } from "../support/amplification.ts";
import type { ApiAnswer } from "../support/chat.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import { Fleet } from "../support/fleet.ts";
import { PatientClients, participantRequest } from "../support/patient-clients.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

const sessions = 500;
const startsWithinMs = 60_000;
const tickMs = 100;

/**
 * What each visitor writes, and what a human leaves between two messages, in milliseconds: together more than
 * Connect's ten a second.
 */
const messagesOfEach = 2;
const paceMs = 20_000;

/** Virtual time in which all of it must have happened. */
const longestMs = 300_000;

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem({ REAL_TIME: "relay" });
});

afterAll(() => system.close());

it("500 sessions that start within a minute, and chat, are all served; nobody is told that the chat ended", async () => {
  const fleet = new Fleet(system);
  const clients = new PatientClients(fleet.invoke, system.clock.now);
  await controlSimulator(system.simulator.url, "PUT", "quotas", { enforce: true });
  const finished: number[] = [];
  for (let session = 0; session < sessions; session++) {
    live(clients, session, () => finished.push(session));
  }
  let passedMs = 0;
  for (; finished.length < sessions && passedMs < longestMs; passedMs += tickMs) {
    await fleet.advance(tickMs);
    clients.tick();
  }

  const calls = await system.simulator.calls();
  const rows = amplifications(clients.answers, calls);
  process.stdout.write(
    `${sessions} sessions in ${passedMs / 1_000} s on ${fleet.containers} containers; ${describeAmplifications(rows)}\n`,
  );
  expect(finished).toHaveLength(sessions);
  expect(clients.answers.filter(({ status }) => ![200, 429, 503].includes(status))).toEqual([]);
  for (const { path, ratio } of rows) expect(ratio, path).toBeLessThanOrEqual(1.1);
  const streamed = calls.filter(({ operation }) => operation === "StartContactStreaming");
  expect(streamed.length).toBeLessThanOrEqual(1.1 * sessions);
}, 240_000);

/** Starts a chat, connects, reads what was said, writes at a human's pace. */
function live(clients: PatientClients, session: number, finish: () => void): void {
  const start = JSON.stringify({ ContactFlowId: "support", Username: `visitor ${session}` });
  clients.send({ resource: "/chat", body: start }, (session * startsWithinMs) / sessions, connect);

  function connect({ body }: ApiAnswer): void {
    const { data } = body as { data: { startChatResult: { ParticipantToken: string } } };
    clients.send(participantRequest("connection", data.startChatResult.ParticipantToken, {}), 0, read);
  }

  function read({ body }: ApiAnswer): void {
    const { ConnectionCredentials } = body as { ConnectionCredentials: { ConnectionToken: string } };
    const bearer = ConnectionCredentials.ConnectionToken;
    clients.send(participantRequest("transcript", bearer, {}), 0, () => write(bearer, messagesOfEach));
  }

  function write(bearer: string, left: number): void {
    const message = {
      ContentType: "text/plain",
      Content: `${left} to go`,
      ClientToken: `${session}-${left}`,
    };
    const next = left === 1 ? finish : () => write(bearer, left - 1);
    clients.send(participantRequest("message", bearer, message), paceMs, next);
  }
}
