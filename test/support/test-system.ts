import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, ScanCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import { createHandler, type Handler } from "../../lambdas/chain.ts";
import type { LogLine } from "../../lambdas/log.ts";
import type { MetricLine } from "../../lambdas/metrics.ts";
import { attachmentOperations } from "../../lambdas/registries/attachments.ts";
import { chatOperations } from "../../lambdas/registries/chat.ts";
import { connectionOperations } from "../../lambdas/registries/connection.ts";
import { startOperations } from "../../lambdas/registries/start-chat.ts";
import { createRelayHandler, type RelayHandler } from "../../lambdas/relay/relay-handler.ts";
import { createRelayServices } from "../../lambdas/relay/relay-services.ts";
import type { ApiFunctionName } from "../../lambdas/routes.ts";
import {
  createAttachmentServices,
  createConnectionServices,
  createServices,
  type Substitutes,
} from "../../lambdas/services.ts";
import type { SessionItem } from "../../lambdas/sessions/session-item.ts";
import { createSessionStore, type SessionStore } from "../../lambdas/sessions/session-store.ts";
import { createStartServices } from "../../lambdas/start/start-services.ts";
import { startDynamoDb } from "../../local/dynamodb.ts";
import type { LambdaEvent } from "../../local/gateway/invoke-in-time.ts";
import { startRelay } from "../../local/gateway/sockets/start-relay.ts";
import { startGateway } from "../../local/gateway/start-gateway.ts";
import { startS3 } from "../../local/s3/start-s3.ts";
import { startSimulator } from "../../local/simulator/simulator.ts";
import { hasCanary, withoutDocumentedCredentials } from "./canary.ts";
import { FakeClock } from "./fake-clock.ts";
import { HurriedClock } from "./hurried-clock.ts";
import { SimulatorControl } from "./simulator-control.ts";

/** The origin the system allows. */
export const pageOrigin = "https://www.example.com";

/** The whole system on this machine: the functions behind the local gateway, a database, a simulated Amazon Connect. */
export interface TestSystem {
  /** Base URL of the API. */
  readonly url: string;
  readonly clock: FakeClock;
  readonly simulator: SimulatorControl;
  readonly sessions: SessionStore;
  /** A client of the database that waits for as long as this machine takes. */
  readonly patientDatabase: DynamoDBDocumentClient;
  /**
   * That of the functions, where it is another than their own: unless the test has a line of its own to the database,
   * on which their time limits matter, the patient one.
   */
  readonly database: DynamoDBDocumentClient | undefined;
  /** Every line the functions logged. */
  readonly logs: LogLine[];
  /** Every metric line the functions wrote. */
  readonly metrics: MetricLine[];
  /** Every operation the database was asked for. */
  readonly databaseCalls: string[];
  /** Keys of the objects that lie in our bucket. */
  uploadedKeys(): readonly string[];
  /** Told each call of the bucket before it acts; it acts when what is returned is fulfilled. */
  observeUploads(observer: UploadObserver): void;
  /** Every operation that the relay asked API Gateway for. */
  readonly socketCalls: string[];
  /** Endpoint of the local management API, for a line in front of it. */
  readonly managementUrl: string;
  /** A chat's item, as it is now. */
  readSession(pk: string): Promise<SessionItem | undefined>;
  /** Every item of the sessions table. */
  scan(): Promise<Record<string, unknown>[]>;
  /** Moves the clocks of both sides on, by milliseconds. */
  advance(milliseconds: number): Promise<void>;
  /** Drops the open sockets of a chat without a word, as a lost network does. */
  dropSockets(contactId: string): Promise<void>;
  /** Forgets the containers: the next request meets functions that remember nothing. */
  restartFunctions(): void;
  /** Ends it. @throws when a token of Connect's showed up in an answer, a log line, a metric line or the table */
  close(): Promise<void>;
}

/** Sees the calls of the bucket of uploads. */
export type UploadObserver = (operation: string, key: string) => void | Promise<void>;

/** Settings of the functions that differ from the test's own. */
export type TestSettings = Readonly<Record<string, string>>;

/** Starts a system of its own. One per test file: the AWS SDK takes its endpoints from the process's environment. */
export async function startTestSystem(
  settings: TestSettings = {},
  clock = new FakeClock(),
): Promise<TestSystem> {
  const logs: LogLine[] = [];
  const metrics: MetricLine[] = [];
  const databaseCalls: string[] = [];
  const leaks: string[] = [];
  const socketCalls: string[] = [];
  let uploadObserver: UploadObserver = () => undefined;
  let handlers: TestFunctions;
  const invoke = async (name: keyof TestFunctions, event: LambdaEvent, context: Context) => {
    const result = await handlers[name](event as never, context);
    if (name !== "relay") {
      noteLeak(event as APIGatewayProxyEvent, result as APIGatewayProxyResult, leaks, env.REAL_TIME);
    }
    return result;
  };
  const relay = await startRelay({ invoke, onCall: (operation) => socketCalls.push(operation) });
  const simulator = await startSimulator({ clock, publish: relay.publish });
  const database = await startDynamoDb({ onCall: (operation) => databaseCalls.push(operation) });
  const gateway = await startGateway({ invoke, upgrade: relay.upgrade });
  const bucket = "uploads";
  const uploads = await startS3({
    bucket,
    clock,
    secretAccessKey: "test",
    allowedOrigins: [pageOrigin, "http://127.0.0.1:*"],
    onCall: (operation, key) => uploadObserver(operation, key),
  });
  const env = testEnvironment(
    gateway,
    relay.managementUrl,
    { simulator: simulator.url, database: database.url, uploads: uploads.url, bucket },
    settings,
  );
  Object.assign(process.env, env);
  const log = (line: LogLine) => {
    logs.push(line);
    if (hasCanary(JSON.stringify(line))) leaks.push(`a log line: ${JSON.stringify(line)}`);
  };
  const documents = DynamoDBDocumentClient.from(new DynamoDBClient({}), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const functionsDatabase = "AWS_ENDPOINT_URL_DYNAMODB" in settings ? undefined : documents;
  const substitutes = {
    ...(functionsDatabase && { database: functionsDatabase }),
    clock,
    log,
    metrics: (line: MetricLine) => {
      metrics.push(line);
      if (hasCanary(JSON.stringify(line))) leaks.push(`a metric line: ${JSON.stringify(line)}`);
    },
  };
  // Not in the process's environment, which other functions of a test are made from: they would print their metrics.
  const functionsEnv = { ...env, METRICS_DEPLOYMENT: "test" };
  handlers = createHandlers(functionsEnv, substitutes);
  const control = new SimulatorControl(simulator.url);
  const scan = async () =>
    (await documents.send(new ScanCommand({ TableName: env.SESSIONS_TABLE }))).Items ?? [];
  const readSession = async (pk: string) => {
    const command = new GetCommand({ TableName: env.SESSIONS_TABLE, Key: { pk }, ConsistentRead: true });
    return (await documents.send(command)).Item as SessionItem | undefined;
  };
  return {
    url: gateway.url,
    clock,
    simulator: control,
    sessions: createSessionStore(documents, env.SESSIONS_TABLE),
    patientDatabase: documents,
    database: functionsDatabase,
    logs,
    metrics,
    databaseCalls,
    socketCalls,
    uploadedKeys: () => [...uploads.objects],
    observeUploads: (observer) => {
      uploadObserver = observer;
    },
    managementUrl: relay.managementUrl,
    scan,
    readSession,
    dropSockets: async (contactId) => {
      await control.dropSockets(contactId);
      relay.drop(({ query }) => query.startsWith(`ticket=${contactId}.`));
    },
    advance: async (milliseconds) => {
      clock.advance(milliseconds);
      await control.wake();
    },
    restartFunctions: () => {
      handlers = createHandlers(functionsEnv, substitutes);
    },
    close: async () => {
      for (const item of await scan()) if (hasCanary(readable(item))) leaks.push(`the item ${item["pk"]}`);
      documents.destroy();
      await gateway.close();
      await relay.close();
      await uploads.close();
      await database.close();
      await simulator.close();
      if (leaks.length > 0) throw new Error(`Connect's tokens showed up in ${leaks.join("; ")}`);
    },
  };
}

function testEnvironment(
  gateway: { readonly port: number },
  managementUrl: string,
  urls: Readonly<Record<"simulator" | "database" | "uploads" | "bucket", string>>,
  settings: TestSettings,
) {
  return {
    REAL_TIME: "direct",
    RELAY_URL: `ws://127.0.0.1:${gateway.port}/relay`,
    RELAY_MANAGEMENT_URL: managementUrl,
    RELAY_TABLE: "relay",
    STREAMING_TOPIC_ARN: "arn:aws:sns:eu-central-1:111122223333:chat-stream",
    AWS_REGION: "eu-central-1",
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    // The simulator's hour is the fake clock's; the SDK would take that for a skewed clock and repeat refused requests.
    AWS_DISABLE_CLOCK_SKEW_CORRECTION: "true",
    AWS_ENDPOINT_URL_CONNECT: urls.simulator,
    AWS_ENDPOINT_URL_CONNECTPARTICIPANT: urls.simulator,
    AWS_ENDPOINT_URL_DYNAMODB: urls.database,
    AWS_ENDPOINT_URL_S3: urls.uploads,
    QUARANTINE_BUCKET: urls.bucket,
    SESSIONS_TABLE: "sessions",
    STARTS_TABLE: "starts",
    ALLOWED_ORIGINS: `${pageOrigin},http://127.0.0.1:*`,
    ALLOW_APPS_WITHOUT_ORIGIN: "true",
    CONNECT_INSTANCE_ID: "0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11",
    CONTACT_FLOWS: "support=7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a01,sales=7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a02",
    ALLOWED_ATTRIBUTES: "customerName,topic",
    CHAT_DURATION_MAX_MINUTES: "10080",
    CHATS_PER_SUBJECT: "100",
    START_LIMITS: '{"address":{"intervalMs":1,"burst":1000000},"subject":{"intervalMs":1,"burst":1000000}}',
    ...settings,
  };
}

/** The functions of a deployment. */
interface TestFunctions extends Record<ApiFunctionName, Handler> {
  readonly relay: RelayHandler;
}

function createHandlers(
  env: NodeJS.ProcessEnv,
  substitutes: Substitutes & { readonly clock: FakeClock },
): TestFunctions {
  const { clock } = substitutes;
  const services = createServices(env, substitutes);
  const startServices = createStartServices(env, substitutes);
  const relayServices = createRelayServices(env, substitutes);
  return {
    "start-chat": createHandler("start-chat", startServices, startOperations),
    connection: createHandler("connection", createConnectionServices(env, substitutes), connectionOperations),
    chat: createHandler("chat", services, chatOperations),
    attachments: createHandler(
      "attachments",
      createAttachmentServices(env, substitutes),
      attachmentOperations,
    ),
    relay: (event, context) =>
      createRelayHandler({ ...relayServices, clock: new HurriedClock(clock) })(event, context),
  };
}

function noteLeak(
  event: APIGatewayProxyEvent,
  result: APIGatewayProxyResult,
  leaks: string[],
  realTime: string,
): void {
  const seen = withoutDocumentedCredentials(result.body, realTime) + JSON.stringify(result.headers);
  if (hasCanary(seen)) leaks.push(`the answer to ${event.httpMethod} ${event.path}`);
}

/** Bytes as text, so that a token stored unsealed would be seen. */
function readable(item: Record<string, unknown>): string {
  return JSON.stringify(item, (_name, value: unknown) =>
    value instanceof Uint8Array ? Buffer.from(value).toString("latin1") : value,
  );
}
