import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startSimulator } from "../../local/simulator/simulator.ts";
import { generousLimits } from "../support/operation-members.ts";
import { SimulatorControl } from "../support/simulator-control.ts";
import { pageOrigin } from "../support/test-system.ts";
import { type Account, openAccount, place } from "./account.ts";
import { runCdk } from "./cdk.ts";
import { freePort, startEmulator } from "./emulator.ts";
import { installEmulator } from "./emulator-program.ts";
import { phase } from "./phases.ts";
import { type RecordingProxy, startRecordingProxy } from "./recording-proxy.ts";

/** Name of the stack, the default. */
export const stackName = "ConnectChatBff";

/** Settings as an owner gives them. No web ACL: the emulator has none for APIs. Limits that the journeys do not meet. */
const settings = {
  instanceArn: `arn:aws:connect:${place.region}:${place.account}:instance/0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11`,
  contactFlows: "support=7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a01",
  allowedOrigins: pageOrigin,
  allowedAttributes: "customerName",
  allowAppsWithoutOrigin: "true",
  limits: generousLimits,
  waf: "false",
};

/** The stack in an emulated AWS account, next to a simulated Amazon Connect. */
export interface Deployment {
  /** The deployed API, for clients. */
  readonly endpoint: string;
  readonly simulator: SimulatorControl;
  readonly account: Account;
  /** What clients and the API said to each other. */
  readonly apiLine: RecordingProxy;
  /** What the functions said to DynamoDB, and to Amazon Connect. */
  readonly functionLines: readonly RecordingProxy[];
  /** Deploys again with other settings. */
  update(changes: Readonly<Record<string, string>>): Promise<void>;
  destroy(): Promise<void>;
  close(): Promise<void>;
}

/** Makes the account and deploys into it. What was started is ended when a later step fails. */
export async function deploy(): Promise<Deployment> {
  const started: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    started.push(() => part.close());
    return part;
  };
  try {
    const program = await phase("install the emulator", installEmulator);
    const folder = await mkdtemp(join(tmpdir(), "deployment-"));
    started.push(() => rm(folder, { recursive: true, force: true, maxRetries: 5 }));
    const simulator = keep(await startSimulator());
    const port = await freePort();
    const [apiLine, databaseLine, connectLine] = [
      keep(await startRecordingProxy(port)),
      keep(await startRecordingProxy(port)),
      keep(await startRecordingProxy(simulator.port)),
    ];
    const environment = {
      AWS_ENDPOINT_URL_DYNAMODB: databaseLine.url,
      AWS_ENDPOINT_URL_CONNECT: connectLine.url,
      AWS_ENDPOINT_URL_CONNECTPARTICIPANT: connectLine.url,
    };
    const emulator = await phase("start it", () => startEmulator(program, port, folder, environment));
    keep(emulator);
    const account = openAccount(emulator.url);
    const cdk = (...options: readonly string[]) => runCdk(emulator.url, folder, ...options);
    const outputs = join(folder, "outputs.json");
    const cdkDeploy = (changes: Readonly<Record<string, string>>) =>
      cdk("deploy", "--require-approval", "never", "--outputs-file", outputs, ...asOptions(folder, changes));
    await phase("bootstrap", () => bootstrap(account, cdk));
    await phase("deploy", () => cdkDeploy({}));
    return {
      endpoint: `${apiLine.url}${await apiPath(outputs)}`,
      simulator: new SimulatorControl(simulator.url),
      account,
      apiLine,
      functionLines: [databaseLine, connectLine],
      update: (changes) => phase("update", () => cdkDeploy(changes)),
      destroy: () => phase("destroy", () => cdk("destroy", "--force", ...asOptions(folder, {}))),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function asOptions(folder: string, changes: Readonly<Record<string, string>>): readonly string[] {
  const given = Object.entries({ ...settings, ...changes }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  return ["--output", join(folder, "cdk.out"), ...given];
}

/** The bucket for assets takes requests over TLS alone; the emulator speaks plain HTTP, and checks. */
async function bootstrap({ buckets }: Account, cdk: (...options: readonly string[]) => Promise<void>) {
  await cdk("bootstrap", `aws://${place.account}/${place.region}`);
  const Bucket = `cdk-hnb659fds-assets-${place.account}-${place.region}`;
  await buckets.deleteBucketPolicy({ Bucket }).promise();
}

/** Where the emulator serves the API that is at `https://<id>.execute-api.…/<stage>` on AWS. */
async function apiPath(outputs: string): Promise<string> {
  const { ApiEndpoint } = JSON.parse(await readFile(outputs, "utf8"))[stackName] as { ApiEndpoint: string };
  const { hostname, pathname } = new URL(ApiEndpoint);
  return `/_aws/execute-api/${hostname.split(".")[0]}${pathname}`;
}
