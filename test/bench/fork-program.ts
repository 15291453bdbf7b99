import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How a program's process is started. */
export interface ProgramOptions {
  readonly args: readonly string[];
  readonly execArgv?: readonly string[];
  /** Beside this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program of test/bench in a process of its own, which sends one message with what it measured. What it logs
 * is written, and goes nowhere. @throws when it ends without
 */
export async function forkProgram<Measured>(
  path: string,
  { args, execArgv = [], env = {} }: ProgramOptions,
): Promise<Measured> {
  const program = fileURLToPath(new URL(path, import.meta.url));
  const child = fork(program, args, {
    execArgv: [...execArgv],
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  let measured: Measured | undefined;
  child.on("message", (message) => {
    measured = message as Measured;
  });
  await once(child, "exit");
  if (measured === undefined) throw new Error(`${path} ended without a word`);
  return measured;
}
