import { ConnectClient } from "@aws-sdk/client-connect";
import { ConnectParticipantClient } from "@aws-sdk/client-connectparticipant";
import { expect, onTestFinished } from "vitest";
import type { AwsClients } from "../../../local/probe/amazon-connect.ts";
import { switchesOf } from "../../../local/probe/describe-report.ts";
import type { Answer, Question } from "../../../local/probe/question.ts";
import { type ProbeOptions, type ProbeReport, runProbe } from "../../../local/probe/run-probe.ts";
import { startSimulator } from "../../../local/simulator/simulator.ts";
import type { SwitchChanges, Switches } from "../../../local/simulator/switches.ts";
import { SimulatorControl } from "../../support/simulator-control.ts";
import { SimulatedTime } from "./simulated-time.ts";

/** An instance and a flow; the simulator knows any. */
export const origin = {
  instanceId: "11111111-1111-4111-8111-111111111111",
  flowId: "22222222-2222-4222-8222-222222222222",
};

/** A simulator of the test's own, in simulated time, with the SDK's clients. */
export async function startProbed(switches: Omit<SwitchChanges, "agent"> = {}) {
  const time = new SimulatedTime();
  const simulator = await startSimulator({ clock: time, switches });
  time.simulatorUrl = simulator.url;
  const clients = clientsOf(simulator.url);
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await simulator.close();
  });
  return { time, clients, url: simulator.url, control: new SimulatorControl(simulator.url) };
}

/** A simulator as {@link startProbed} starts it. */
export type Probed = Awaited<ReturnType<typeof startProbed>>;

function clientsOf(endpoint: string): AwsClients {
  const credentials = { accessKeyId: "AKIDTEST", secretAccessKey: "secret" };
  const settings = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  return {
    connect: new ConnectClient(settings),
    participant: new ConnectParticipantClient(settings),
    participantOnce: new ConnectParticipantClient(settings),
  };
}

/** Asks a simulator. */
export function run(
  { time, clients }: Probed,
  questions: readonly Question[],
  options: Partial<ProbeOptions> = {},
): Promise<ProbeReport> {
  return runProbe({
    ...origin,
    questions,
    clients,
    clock: time,
    signal: new AbortController().signal,
    patienceMs: 2 * 60_000,
    api: undefined,
    quotas: false,
    ...options,
  });
}

/** Asks a simulator, and holds the probe to having stopped every contact. */
export async function probe(
  probed: Probed,
  questions: readonly Question[],
  options: Partial<ProbeOptions> = {},
): Promise<ProbeReport> {
  const report = await run(probed, questions, options);
  const contacts = await probed.control.contacts();
  expect(contacts.filter(({ Status }) => Status !== "ENDED")).toEqual([]);
  expect(report.contacts).toEqual({ started: contacts.length, stopped: contacts.length, left: [] });
  return report;
}

/** Asks a new simulator with these switches one question. */
export async function askOne(
  question: Question,
  switches: Omit<SwitchChanges, "agent"> = {},
  options: Partial<ProbeOptions> = {},
): Promise<Answer> {
  const { answers } = await probe(await startProbed(switches), [question], options);
  const [answer] = answers;
  if (!answer) throw new Error("The question was not asked.");
  return answer;
}

/** What a question finds a switch to be, on a new simulator where it has this value. */
export async function findSwitch<Name extends keyof Switches>(
  question: Question,
  name: Name,
  value: Switches[Name],
  options: Partial<ProbeOptions> = {},
): Promise<unknown> {
  const answer = await askOne(question, { [name]: value }, options);
  expect(answer).toMatchObject({ outcome: "answered" });
  return switchesOf([{ ...question, ...answer }])[name];
}
