import { devNull } from "node:os";
import { describe, expect, it, onTestFinished } from "vitest";
import { startSimulator } from "../../../local/simulator/simulator.ts";
import { SimulatorControl } from "../../support/simulator-control.ts";
import { startProcess } from "../support/run-process.ts";
import { origin } from "./probe-simulator.ts";

const command = ["--instance", origin.instanceId, "--flow", origin.flowId];
const environment = {
  AWS_REGION: "us-east-1",
  AWS_CONFIG_FILE: devNull,
  AWS_SHARED_CREDENTIALS_FILE: devNull,
  AWS_EC2_METADATA_DISABLED: "true",
};
const credentials = { AWS_ACCESS_KEY_ID: "AKIDTEST", AWS_SECRET_ACCESS_KEY: "secret" };

function probe(args: string[], more: Record<string, string> = {}) {
  return startProcess("local/probe/probe.ts", args, { ...environment, ...more });
}

async function startSimulated(options: Parameters<typeof startSimulator>[0] = {}) {
  const simulator = await startSimulator(options);
  onTestFinished(() => simulator.close());
  const endpoints = {
    AWS_ENDPOINT_URL_CONNECT: simulator.url,
    AWS_ENDPOINT_URL_CONNECTPARTICIPANT: simulator.url,
  };
  return { control: new SimulatorControl(simulator.url), environment: { ...credentials, ...endpoints } };
}

describe("npm run probe", () => {
  it("explains itself", async () => {
    const process = probe(["--help"]);
    expect(await process.ended()).toBe(0);
    expect(process.output().stdout).toMatch(/^npm run probe -- --instance <id or ARN> --flow <id or ARN>\n/);
  });

  it("ends with 1 and one sentence on a mistake in its arguments", async () => {
    const process = probe(["--instance", "mine"]);
    expect(await process.ended()).toBe(1);
    expect(process.output()).toEqual({
      stdout: "",
      stderr: '--instance is "mine", but must be an id (UUID) or an ARN.\n',
    });
  });

  it("ends with 1 and one sentence where there are no credentials", async () => {
    const process = probe(command);
    expect(await process.ended()).toBe(1);
    expect(process.output().stdout).toBe("");
    expect(process.output().stderr).toMatch(
      /\nNo contact could be started: No AWS credentials were found: set AWS_PROFILE, or .*\.\n$/,
    );
  });

  it("ends with 1 and one sentence where Amazon Connect refuses", async () => {
    const { environment: simulated } = await startSimulated({ switches: { knownInstances: [] } });
    const process = probe([...command, "--json"], simulated);
    expect(await process.ended()).toBe(1);
    expect(process.output().stdout).toBe("");
    expect(process.output().stderr).toMatch(
      /\nNo contact could be started: .*ResourceNotFoundException \(404\): Instance not found\.\n$/,
    );
  });

  it("prints each answer as it comes, and stops its contacts when it is interrupted", async () => {
    const { control, environment: simulated } = await startSimulated();
    const process = probe(command, simulated);

    await process.matching(
      /What does CreateParticipantConnection answer without Type\? +both\n {4}It answered/,
    );
    process.child.kill("SIGINT");
    process.child.kill("SIGINT");

    expect(await process.ended()).toBe(130);
    const contacts = await control.contacts();
    expect(contacts.map(({ Status }) => Status)).not.toContain("CONNECTED");
    expect(contacts.map(({ Status }) => Status)).not.toContain("WAITING");
    expect(process.output().stdout).toContain(
      `\nInterrupted.\nSettings to change: none.\nSwitches that make the simulator alike: {"absentType":"both"}\n` +
        `Contacts: ${contacts.length} started, ${contacts.length} stopped.\n`,
    );
  });
});
