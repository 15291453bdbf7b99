import { createInterface } from "node:readline";
import { UsageError } from "../usage-error.ts";
import {
  FunctionFailedError,
  findFunction,
  invokeFunction,
  type RevocationCounts,
  whoAsks,
} from "./deployed-function.ts";
import { type RevokeSettings, readRevokeSettings, usage } from "./revoke-settings.ts";

/** Invocations in a row that may come to nothing before the rest is given up. */
const patience = 3;

/**
 * The whole of `npm run revoke`: reads the command line of this process, revokes until nothing remains, prints the
 * counts, and sets the exit code: 1 with one sentence where something failed or remains.
 */
export async function revokeUntilDone(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.includes("--help")) {
    process.stdout.write(usage);
    return;
  }
  try {
    const settings = readRevokeSettings(args);
    const functionName = settings.functionName ?? (await findFunction(settings.stackName));
    if ("all" in settings.target && !settings.yes) await confirmAll(functionName);
    await revoke(functionName, settings);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  }
}

async function revoke(functionName: string, { target, reason }: RevokeSettings): Promise<void> {
  const by = await whoAsks(process.env);
  for (let fruitless = 0; fruitless < patience; ) {
    try {
      const counts = await invokeFunction(functionName, { revoke: target, reason, by });
      process.stdout.write(`${describe(counts)}\n`);
      if (counts.remaining === 0) return;
      fruitless = counts.revoked + counts.socketsClosed + counts.contactsStopped > 0 ? 0 : fruitless + 1;
    } catch (error) {
      if (!(error instanceof FunctionFailedError) || ++fruitless >= patience) throw error;
    }
  }
  throw new UsageError(
    `Sessions remain, and ${patience} invocations came to nothing: the log of ${functionName} says why; repeat this later.`,
  );
}

function describe({ revoked, socketsClosed, contactsStopped, remaining }: RevocationCounts): string {
  return `${revoked} sessions revoked, ${socketsClosed} sockets closed, ${contactsStopped} contacts stopped, ${remaining} remaining`;
}

/** @throws UsageError unless the answer is yes */
async function confirmAll(functionName: string): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await new Promise<string>((resolve) => {
    lines.once("close", () => resolve(""));
    lines.question(`${functionName} will end every chat that goes on. Type yes to go on: `, resolve);
  });
  lines.close();
  if (answer.trim() !== "yes") throw new UsageError("Nothing was revoked: --all was not confirmed.");
}
