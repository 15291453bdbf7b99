import { describe, expect, it } from "vitest";
import { readProbeSettings } from "../../../local/probe/probe-settings.ts";
import { UsageError } from "../../../local/usage-error.ts";
import { origin } from "./probe-simulator.ts";

const { instanceId, flowId } = origin;
const arn = `arn:aws:connect:eu-central-1:123456789012:instance/${instanceId}`;
const ids = ["--instance", instanceId, "--flow", flowId];

describe("the command line of the probe", () => {
  it("takes ids, and has defaults for the rest", () => {
    expect(readProbeSettings(ids, { AWS_REGION: "us-west-2" })).toEqual({
      instanceId,
      flowId,
      region: "us-west-2",
      api: undefined,
      patienceMs: 120_000,
      quotas: false,
      json: false,
    });
  });

  it("takes ARNs, and the Region of the instance's", () => {
    const args = ["--instance", arn, "--flow", `${arn}/contact-flow/${flowId}`];
    expect(readProbeSettings(args, { AWS_REGION: "us-west-2" })).toMatchObject({
      instanceId,
      flowId,
      region: "eu-central-1",
    });
  });

  it("takes every option", () => {
    const more = ["--region", "us-gov-west-1", "--patience", "0.5", "--api", "https://x.test/prod/"];
    expect(readProbeSettings([...ids, ...more, "--quotas", "--json"], {})).toMatchObject({
      region: "us-gov-west-1",
      patienceMs: 30_000,
      api: "https://x.test/prod",
      quotas: true,
      json: true,
    });
  });

  it.each([
    [[], "--instance is missing; --help shows the usage."],
    [["--instance", instanceId], "--flow is missing; --help shows the usage."],
    [["--instance", "--flow", flowId], "--instance needs a value."],
    [["--instance"], "--instance needs a value."],
    [["--instance", "i", "--instance", "i"], "--instance is given twice."],
    [["--instance", "i"], '--instance is "i", but must be an id (UUID) or an ARN.'],
    [["--instance", instanceId, "--flow", arn], `--flow is "${arn}", but must be an id (UUID) or an ARN.`],
    [ids, "The Region is missing: give --region, the instance's ARN, or set AWS_REGION."],
    [[...ids, "--region", "Frankfurt"], 'The Region is "Frankfurt", but must be one such as eu-central-1.'],
    [
      [...ids, "--region", "eu-central-1", "--patience", "long"],
      '--patience is "long", but must be a number of minutes from 0.1 to 120.',
    ],
    [
      [...ids, "--region", "eu-central-1", "--patience", "0"],
      '--patience is "0", but must be a number of minutes from 0.1 to 120.',
    ],
    [
      [...ids, "--region", "eu-central-1", "--api", "mine"],
      '--api is "mine", but must be an http or https URL.',
    ],
    [["--verbose"], "--verbose is no option of npm run probe; --help lists them."],
  ])("refuses %j in one sentence", (args, sentence) => {
    expect(() => readProbeSettings(args, {})).toThrow(new UsageError(sentence));
  });
});
