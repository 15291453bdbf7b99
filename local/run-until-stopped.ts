import { LoadError } from "./functions/function-thread.ts";
import { readRunSettings, usage } from "./run-settings.ts";
import { type LocalRun, type LocalRunOptions, startLocalRun } from "./start-local-run.ts";
import { UsageError } from "./usage-error.ts";

/** Longest time to close everything in, in milliseconds; nothing of a local run is worth a longer wait. */
const closingMs = 800;

/**
 * The whole of `npm start`: reads the command line and environment of this process, runs until SIGINT or SIGTERM and
 * ends the process, with 0 when it was asked to and with 1 and one sentence when it could not start.
 */
export async function runUntilStopped(options: Partial<LocalRunOptions> = {}): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return;
  }
  let run: LocalRun | undefined;
  // Under npm a Ctrl-C arrives twice, from the terminal and from npm; the second one must not cut the first short.
  const stop = once(() => {
    setTimeout(() => process.exit(0), closingMs);
    void Promise.resolve(run?.close()).finally(() => process.exit(0));
  });
  process.on("SIGINT", stop).on("SIGTERM", stop);
  try {
    const say = (line: string) => process.stdout.write(`${line}\n`);
    run = await startLocalRun(readRunSettings(args, process.env), { say, ...options });
    process.stdout.write(`${run.readyLine}\n`);
  } catch (error) {
    process.stderr.write(`${explain(error)}\n`);
    process.exit(1);
  }
}

function once(action: () => void): () => void {
  let done = false;
  return () => {
    if (!done) {
      done = true;
      action();
    }
  };
}

/** What the caller can mend is a sentence; anything else is a fault of ours, and its stack is worth more. */
function explain(error: unknown): string {
  const isTheirs = error instanceof UsageError || error instanceof LoadError;
  return isTheirs ? error.message : String(error instanceof Error ? error.stack : error);
}
