import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { Context } from "aws-lambda";
import type { routes } from "../../lambdas/routes.ts";
import { lambdaContext } from "../gateway/lambda-context.ts";
import { describeLoadError } from "./describe-load-error.ts";
import type { InvokeMessage, ThreadData, ThreadMessage } from "./messages.ts";

// Entry point of the thread the functions run in (function-thread.ts starts it): a Lambda container, as it were, with
// its own environment and its own copy of every module.

type Handler = (event: unknown, context: Context) => unknown;

const { folder, routesFile, besides } = workerData as ThreadData;
const handlers = new Map<string, Handler>();

function post(message: ThreadMessage): void {
  parentPort?.postMessage(message);
}

async function load(): Promise<void> {
  const table = (await import(pathToFileURL(routesFile).href)) as { routes: typeof routes };
  for (const name of new Set([...table.routes.map((route) => route.function), ...besides])) {
    const module = (await import(pathToFileURL(`${folder}/${name}.ts`).href)) as { handler?: Handler };
    if (typeof module.handler !== "function") {
      throw new Error(`${folder}/${name}.ts exports no handler.`);
    }
    handlers.set(name, module.handler);
  }
}

async function run({ id, functionName, event, requestId, deadline }: InvokeMessage): Promise<void> {
  try {
    const handler = handlers.get(functionName);
    if (handler === undefined) {
      throw new Error(
        `There is no function ${functionName}; npm start must be started again to see a new one.`,
      );
    }
    const context = lambdaContext({ functionName, requestId, deadline, now: () => Date.now() });
    const result = (await handler(JSON.parse(event), context)) ?? null;
    post({ kind: "answered", id, result: JSON.stringify(result) });
  } catch (error) {
    post({
      kind: "failed",
      id,
      error: error instanceof Error ? (error.stack ?? error.message) : String(error),
    });
  }
}

try {
  await load();
  parentPort?.on("message", run);
  post({ kind: "loaded" });
} catch (error) {
  post({ kind: "cannot-load", why: describeLoadError(error) });
}
