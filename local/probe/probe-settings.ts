import { UsageError } from "../usage-error.ts";

/** What the probe is told by its command line. */
export interface ProbeSettings {
  readonly instanceId: string;
  readonly flowId: string;
  readonly region: string;
  /** Without a slash at its end. */
  readonly api: string | undefined;
  /** Milliseconds. */
  readonly patienceMs: number;
  readonly quotas: boolean;
  readonly json: boolean;
}

/** What `npm run probe -- --help` prints. */
export const usage = `npm run probe -- --instance <id or ARN> --flow <id or ARN>

Asks your Amazon Connect what its documentation leaves open, as chats of a customer of your instance, and stops every
chat that it started. Give it a flow that keeps a chat open without an agent. It needs your AWS credentials, with the rights
connect:StartChatContact and connect:StopContact.

  --instance <id or ARN>  the Amazon Connect instance
  --flow <id or ARN>      the flow that the chats run
  --region <region>       default: that of the ARN, else AWS_REGION
  --patience <minutes>    longest wait for each of the four questions about windows of time, 0.1 to 120 (2)
  --api <url>             a deployed connect-chat-bff, to see what its gateway does to the headers of errors
  --quotas                also send 20 messages at once: for a second that takes your instance's whole quota
  --json                  print one JSON document instead of text
`;

const uuid = "[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const instanceArn = `arn:aws[a-z-]*:connect:([a-z0-9-]+):\\d{12}:instance/(${uuid})`;
const valued = ["--instance", "--flow", "--region", "--patience", "--api"];
const flags = ["--quotas", "--json"];

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the command line of the probe.
 *
 * @param args what follows `npm run probe --`
 * @throws UsageError if an argument is unknown, missing or malformed
 */
export function readProbeSettings(args: readonly string[], environment: Environment): ProbeSettings {
  const given = readArguments(args);
  const instance = readId(given, "--instance", new RegExp(`^(?:${instanceArn}|(${uuid}))$`));
  const flow = readId(given, "--flow", new RegExp(`^(?:${instanceArn}/contact-flow/(${uuid})|(${uuid}))$`));
  const [, arnRegion, arnInstance, bareInstance] = instance;
  const [, , , arnFlow, bareFlow] = flow;
  return {
    instanceId: arnInstance ?? bareInstance ?? "",
    flowId: arnFlow ?? bareFlow ?? "",
    region: readRegion(given.get("--region") ?? arnRegion, environment),
    api: readApi(given.get("--api")),
    patienceMs: readPatience(given.get("--patience")),
    quotas: given.has("--quotas"),
    json: given.has("--json"),
  };
}

function readArguments(args: readonly string[]): ReadonlyMap<string, string> {
  const given = new Map<string, string>();
  for (let index = 0; index < args.length; index++) {
    const name = args[index] ?? "";
    if (!valued.includes(name) && !flags.includes(name)) {
      throw new UsageError(`${name} is no option of npm run probe; --help lists them.`);
    }
    if (given.has(name)) throw new UsageError(`${name} is given twice.`);
    const value = valued.includes(name) ? args[++index] : "";
    if (value === undefined || value.startsWith("--")) throw new UsageError(`${name} needs a value.`);
    given.set(name, value);
  }
  return given;
}

function readId(given: ReadonlyMap<string, string>, name: string, form: RegExp): RegExpExecArray {
  const value = given.get(name);
  if (value === undefined) throw new UsageError(`${name} is missing; --help shows the usage.`);
  const match = form.exec(value);
  if (!match)
    throw new UsageError(`${name} is ${JSON.stringify(value)}, but must be an id (UUID) or an ARN.`);
  return match;
}

function readRegion(given: string | undefined, environment: Environment): string {
  const region = given || environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"];
  if (!region) {
    throw new UsageError("The Region is missing: give --region, the instance's ARN, or set AWS_REGION.");
  }
  if (!/^[a-z]{2}(?:-[a-z]+)+-\d+$/.test(region)) {
    throw new UsageError(`The Region is ${JSON.stringify(region)}, but must be one such as eu-central-1.`);
  }
  return region;
}

function readApi(given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  if (!URL.canParse(given) || !/^https?:$/.test(new URL(given).protocol)) {
    throw new UsageError(`--api is ${JSON.stringify(given)}, but must be an http or https URL.`);
  }
  return given.replace(/\/+$/, "");
}

function readPatience(given = "2"): number {
  const minutes = /^\d+(?:\.\d+)?$/.test(given) ? Number(given) : Number.NaN;
  if (!(minutes >= 0.1 && minutes <= 120)) {
    throw new UsageError(
      `--patience is ${JSON.stringify(given)}, but must be a number of minutes from 0.1 to 120.`,
    );
  }
  return Math.round(minutes * 60_000);
}
