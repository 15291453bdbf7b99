import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** A process under test, with what it has written so far. */
export interface RunProcess {
  readonly child: ChildProcess;
  /** Everything written to standard output and standard error. */
  output(): { stdout: string; stderr: string };
  /** The first part of the output that matches, as soon as it is there; rejects if the process ends without. */
  matching(pattern: RegExp): Promise<RegExpExecArray>;
  /** The exit code, or the signal it died of. */
  ended(): Promise<number | NodeJS.Signals | null>;
}

/** Starts a TypeScript file of this repository with nothing but `environment` set; killed at the end of the test. */
export function startProcess(file: string, args: string[], environment: Record<string, string>): RunProcess {
  const path = fileURLToPath(new URL(`../../../${file}`, import.meta.url));
  const child = spawn(process.execPath, [path, ...args], {
    env: environment,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exit = once(child, "close") as Promise<[number | null, NodeJS.Signals | null]>;
  const output = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const) {
    child[name].setEncoding("utf8").on("data", (text: string) => {
      output[name] += text;
      child.emit("output");
    });
  }
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await exit;
  });
  return {
    child,
    output: () => output,
    ended: async () => {
      const [code, signal] = await exit;
      return code ?? signal;
    },
    matching: (pattern) =>
      new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(output.stdout + output.stderr);
          if (found) {
            child.off("output", look);
            resolve(found);
          }
        };
        child.on("output", look);
        void exit.then(() => reject(new Error(`Ended without ${pattern}: ${JSON.stringify(output)}`)));
        look();
      }),
  };
}
