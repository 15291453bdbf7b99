import { fileURLToPath } from "node:url";
import { settingNames } from "../lambdas/setting-names.ts";
import { startDynamoDb } from "./dynamodb.ts";
import { startFunctions } from "./functions/start-functions.ts";
import { startGateway } from "./gateway/start-gateway.ts";
import type { RunSettings } from "./run-settings.ts";
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

/**
 * Starts all parts and ties them together by the endpoints in the functions' environment, as a deployment does.
 *
 * @throws UsageError if a port is taken
 * @throws LoadError if the functions refuse their settings or cannot be loaded
 */
export async function startLocalRun(settings: RunSettings, options: LocalRunOptions): Promise<LocalRun> {
  const { say, lambdas = fileURLToPath(new URL("../lambdas", import.meta.url)) } = options;
  const closers: (() => Promise<void>)[] = [];
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    closers.unshift(() => part.close());
    return part;
  };
  const close = async () => {
    for (const closePart of closers) {
      await closePart();
    }
  };

  try {
    const tableName = settings.environment[settingNames.sessionsTable] ?? "";
    const dynamoDb = keep(await startDynamoDb({ tableName }));
    const simulator = settings.connect
      ? undefined
      : keep(await startSimulatedConnect(settings.simulatorPort));
    const functions = keep(
      await startFunctions({
        folder: `${lambdas}/functions`,
        routesFile: `${lambdas}/routes.ts`,
        watched: lambdas,
        environment: { ...settings.environment, ...endpoints(dynamoDb.url, simulator?.url) },
        onReload: say,
      }),
    );
    const gateway = keep(
      await startGateway({
        invoke: functions.invoke,
        port: settings.port,
        onFailure: (name, error) => say(`${name}: ${error instanceof Error ? error.message : error}`),
      }).catch(portTaken("PORT", settings.port)),
    );
    return { readyLine: `ready ${gateway.url} (${describeConnect(settings, simulator?.url)})`, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** With an agent who answers. Loaded only where it is used, to start the sooner where it is not. */
async function startSimulatedConnect(port: number): Promise<{ url: string; close(): Promise<void> }> {
  const { startSimulator } = await import("./simulator/simulator.ts");
  return startSimulator({ port, agent: { enabled: true } }).catch(portTaken("SIMULATOR_PORT", port));
}

/** The SDK's own variables, so that no function needs to know where it runs. */
function endpoints(dynamoDb: string, simulator: string | undefined): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamoDb,
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
