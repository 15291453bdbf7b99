import { Worker } from "node:worker_threads";
import { functionTimeouts } from "../../lambdas/routes.ts";
import type { Invoke } from "../gateway/invoke-in-time.ts";
import type { InvokeMessage, ThreadData, ThreadMessage } from "./messages.ts";

/** The functions do not load. The message is one line: the setting that was refused, or the error and its place. */
export class LoadError extends Error {
  override readonly name = "LoadError";
}

/** What a thread of functions is started with. */
export interface FunctionThreadOptions extends ThreadData {
  /** The functions' whole environment: like Lambda's, it holds nothing of the machine's that is not in here. */
  readonly environment: Readonly<Record<string, string>>;
}

/** One loaded copy of all functions. */
export interface FunctionThread {
  readonly invoke: Invoke;
  /** True once it has ended, be it by a crash: it runs nothing any more. */
  readonly ended: boolean;
  /** Lets the functions that are running finish, for as long as Lambda would, then ends. */
  retire(): Promise<void>;
  /** Ends at once; running functions fail. */
  stop(): Promise<void>;
}

interface Pending {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

type EndOfInvocation = Extract<ThreadMessage, { id: number }>;

const longestInvocationMs = 1000 * Math.max(...Object.values(functionTimeouts).map(({ lambda }) => lambda));

/**
 * Loads all functions in a thread of their own. What they write goes to this process's own output.
 *
 * @throws LoadError if they cannot be loaded
 */
export async function startFunctionThread(options: FunctionThreadOptions): Promise<FunctionThread> {
  const { folder, routesFile, besides, environment } = options;
  const data: ThreadData = { folder, routesFile, besides };
  const worker = new Worker(new URL("./thread.ts", import.meta.url), { env: environment, workerData: data });
  await loaded(worker);

  const pending = new Map<number, Pending>();
  let lastId = 0;
  let ended = false;
  let onIdle = () => {};

  worker.on("message", (message: ThreadMessage) => {
    if (message.kind === "answered" || message.kind === "failed") {
      settle(message);
    }
  });
  worker.on("error", (error) => process.stderr.write(`The functions crashed: ${error.stack}\n`));
  worker.on("exit", () => {
    ended = true;
    for (const id of pending.keys()) {
      settle({ kind: "failed", id, error: "The thread of the functions ended." });
    }
  });

  function settle(message: EndOfInvocation): void {
    const waiting = pending.get(message.id);
    pending.delete(message.id);
    if (message.kind === "answered") {
      waiting?.resolve(JSON.parse(message.result));
    } else {
      waiting?.reject(new Error(message.error));
    }
    if (pending.size === 0) {
      onIdle();
    }
  }

  const stop = async () => {
    await worker.terminate();
  };

  return {
    get ended() {
      return ended;
    },
    stop,
    invoke: (functionName, event, context) =>
      new Promise((resolve, reject) => {
        lastId += 1;
        pending.set(lastId, { resolve, reject });
        const message: InvokeMessage = {
          id: lastId,
          functionName,
          event: JSON.stringify(event),
          requestId: context.awsRequestId,
          deadline: Date.now() + context.getRemainingTimeInMillis(),
        };
        worker.postMessage(message);
      }),
    retire: async () => {
      if (pending.size > 0) {
        const idle = Promise.withResolvers<void>();
        onIdle = idle.resolve;
        const giveUp = setTimeout(idle.resolve, longestInvocationMs).unref();
        await idle.promise;
        clearTimeout(giveUp);
      }
      await stop();
    },
  };
}

async function loaded(worker: Worker): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onError = (error: Error) => reject(new LoadError(error.message, { cause: error }));
  const onExit = () => reject(new LoadError("The functions ended while they were loading."));
  worker.on("error", onError).on("exit", onExit);
  worker.once("message", (message: ThreadMessage) =>
    message.kind === "cannot-load" ? reject(new LoadError(message.why)) : resolve(),
  );
  try {
    await promise;
  } catch (error) {
    await worker.terminate();
    throw error;
  } finally {
    worker.off("error", onError).off("exit", onExit);
  }
}
