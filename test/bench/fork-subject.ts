import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** How a subject's process is started. */
export interface SubjectOptions {
  readonly args: readonly string[];
  readonly execArgv?: readonly string[];
  /** Beside this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Runs a program of subjects/ in a process of its own, which sends one message with what it measured of itself. What it logs is written, and
 * goes nowhere. @throws when it ends without
 */
export async function forkSubject<Measured>(
  name: string,
  { args, execArgv = [], env = {} }: SubjectOptions,
): Promise<Measured> {
  const program = fileURLToPath(new URL(`./subjects/${name}.ts`, import.meta.url));
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
  if (measured === undefined) throw new Error(`${name} ended without a word`);
  return measured;
}
