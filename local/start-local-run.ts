import { fileURLToPath } from "node:url";
import { settingNames } from "../lambdas/setting-names.ts";
import { startDynamoDb } from "./dynamodb.ts";
import { type Functions, startFunctions } from "./functions/start-functions.ts";
import type { Invoke } from "./gateway/invoke-in-time.ts";
import type { Relay, RelayOptions } from "./gateway/sockets/start-relay.ts";
import { type Page, startGateway } from "./gateway/start-gateway.ts";
import { runReaper } from "./reaper/run-reaper.ts";
import type { RunSettings } from "./run-settings.ts";
import type { LocalS3 } from "./s3/start-s3.ts";
import { UsageError } from "./usage-error.ts";

/** A complete service on this machine. */
export interface LocalRun {
  /** The one line that says where it is. */
  readonly readyLine: string;
  /** Frees every port; all chats are gone. */
  close(): Promise<void>;
}

/** Where {@link startLocalRun} finds the functions and says what happens to them. */
export interface LocalRunOptions {
  /** Absolute path of the folder the functions are made of, with `functions/` and `routes.ts` in it. Default: ours. */
  readonly lambdas?: string;
  /** Told, without a final line break, of each reload and of why a request met a 503 of the gateway. */
  readonly say: (line: string) => void;
}

/** Whoever lets calls in goes before whoever serves them, so that none is answered by half a service. */
const closingOrder = ["reaper", "relay", "gateway", "functions", "simulator", "uploads", "dynamoDb"] as const;

interface Closable {
  close(): Promise<void> | void;
}

/**
 * Starts all parts and ties them together by the endpoints in the functions' environment, as a deployment does.
 *
 * @throws UsageError if a port is taken
 * @throws LoadError if the functions refuse their settings or cannot be loaded
 */
export async function startLocalRun(settings: RunSettings, options: LocalRunOptions): Promise<LocalRun> {
  const { say, lambdas = fileURLToPath(new URL("../lambdas", import.meta.url)) } = options;
  let simulator: Awaited<ReturnType<typeof startSimulatedConnect>> | undefined;
  const parts: { [Name in (typeof closingOrder)[number]]?: Closable | undefined } = {};
  const close = async () => {
    for (const name of closingOrder) {
      await parts[name]?.close();
    }
  };
  // The functions are told where everything else listens, so they start last; a call that comes earlier waits for them.
  const functions = Promise.withResolvers<Functions>();
  const invoke: Invoke = async (...call) => (await functions.promise).invoke(...call);
  const onFailure = (name: string, error: unknown) =>
    say(`${name}: ${error instanceof Error ? error.message : error}`);

  try {
    const { realTime, environment, port } = settings;
    const relay = realTime === "relay" ? await startLocalRelay({ invoke, onFailure }) : undefined;
    parts.relay = relay;
    const page = await createPage(settings, () => simulator?.url, relay);
    const gateway = await startGateway({ invoke, port, page, upgrade: relay?.upgrade, onFailure }).catch(
      portTaken("PORT", port),
    );
    parts.gateway = gateway;
    const { sessionsTable, relayTable, startsTable } = settingNames;
    const tableNames = [sessionsTable, relayTable, startsTable].map((name) => environment[name] ?? "");
    const dynamoDb = await startDynamoDb({ tableNames });
    parts.dynamoDb = dynamoDb;
    const uploads = await startUploads(environment);
    parts.uploads = uploads;
    simulator = settings.connect
      ? undefined
      : await startSimulatedConnect(settings.simulatorPort, relay?.publish);
    parts.simulator = simulator;
    const started = await startFunctions({
      folder: `${lambdas}/functions`,
      routesFile: `${lambdas}/routes.ts`,
      besides: relay ? ["reaper", "relay"] : ["reaper"],
      watched: lambdas,
      environment: {
        ...environment,
        ...endpoints(dynamoDb.url, uploads.url, simulator?.url),
        ...(relay && relaySettings(gateway.port, relay)),
      },
      onReload: say,
    });
    parts.functions = started;
    functions.resolve(started);
    parts.reaper = runReaper({ invoke, onFailure });
    return { readyLine: `ready ${gateway.url} (${describeConnect(settings, simulator?.url)})`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** The page at `/`. Its agent is the simulator's, and its network is cut at our end of the sockets. */
async function createPage(
  { realTime, connect, environment }: RunSettings,
  simulatorUrl: () => string | undefined,
  relay: Relay | undefined,
): Promise<Page> {
  const { createDemo } = await import("./demo/serve-demo.ts");
  return createDemo({
    mode: realTime,
    flows: (environment[settingNames.contactFlows] ?? "")
      .split(",")
      .map((pair) => pair.split("=")[0]?.trim() ?? ""),
    ...(!connect && { simulatorUrl }),
    ...(relay && {
      cutNetwork: (contactId: string) => relay.drop(({ query }) => query.startsWith(`ticket=${contactId}.`)),
    }),
  });
}

/** Our bucket of uploads, which takes what the functions' own credentials signed. */
async function startUploads(environment: RunSettings["environment"]): Promise<LocalS3> {
  const { startS3 } = await import("./s3/start-s3.ts");
  return startS3({
    bucket: environment[settingNames.quarantineBucket] ?? "",
    allowedOrigins: (environment[settingNames.allowedOrigins] ?? "").split(","),
    ...(environment["AWS_SECRET_ACCESS_KEY"] && { secretAccessKey: environment["AWS_SECRET_ACCESS_KEY"] }),
  });
}

/** Loaded only where it is used, to start the sooner where it is not. */
async function startLocalRelay(options: RelayOptions): Promise<Relay> {
  const { startRelay } = await import("./gateway/sockets/start-relay.ts");
  return startRelay(options);
}

/** With an agent who answers. Loaded only where it is used, too. */
async function startSimulatedConnect(
  port: number,
  publish: Relay["publish"] | undefined,
): Promise<Closable & { url: string }> {
  const { startSimulator } = await import("./simulator/simulator.ts");
  return startSimulator({ port, agent: { enabled: true }, ...(publish && { publish }) }).catch(
    portTaken("SIMULATOR_PORT", port),
  );
}

/** What a deployment's functions are told by the stack. The topic's name is anybody's choice: there is one. */
function relaySettings(port: number, { managementUrl }: Relay): Record<string, string> {
  return {
    [settingNames.relayUrl]: `ws://127.0.0.1:${port}/relay`,
    [settingNames.relayManagementUrl]: managementUrl,
    [settingNames.streamingTopicArn]: "arn:aws:sns:us-east-1:000000000000:chat-stream",
  };
}

/** The SDK's own variables, so that no function needs to know where it runs. */
function endpoints(dynamoDb: string, uploads: string, simulator: string | undefined): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
    AWS_ENDPOINT_URL_S3: uploads,
    ...(simulator && { AWS_ENDPOINT_URL_CONNECT: simulator, AWS_ENDPOINT_URL_CONNECTPARTICIPANT: simulator }),
  };
}

function describeConnect({ connect }: RunSettings, simulator: string | undefined): string {
  return connect
    ? `Amazon Connect instance ${connect.instanceId} in ${connect.region}`
    : `simulated Amazon Connect ${simulator}`;
}

function portTaken(name: string, port: number): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error.code === "EADDRINUSE") {
      throw new UsageError(`Port ${port} is taken; set ${name} to another one, or to 0 for any free one.`);
    }
    if (error.code === "EACCES") {
      throw new UsageError(
        `Port ${port} needs more rights than this process has; set ${name} to another one.`,
      );
    }
    throw error;
  };
}
