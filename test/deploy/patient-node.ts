import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

/** Ends a worker to which nobody can give anything any more: once it has done what it has, within five seconds. */
const endWithInput = `process.stdin.once("close", () => setTimeout(() => process.exit(), 5_000).unref());`;

/**
 * Writes a `node` for the emulator to run functions with. On an update Lambda lets running invocations finish; the
 * emulator ends their process, and answers nothing else until that is gone. Here the process that it ends is a shell;
 * Node itself goes on to the end of its work.
 *
 * @returns the folder that it is in
 */
export async function writePatientNode(folder: string): Promise<string> {
  const programs = join(folder, "bin");
  const preload = join(programs, "end-with-input.cjs");
  const script = [
    "#!/bin/sh",
    "trap exit TERM",
    "exec 3<&0",
    `'${node}' --require '${preload}' "$@" <&3 &`,
    "wait",
  ];
  await mkdir(programs);
  await writeFile(preload, endWithInput);
  await writeFile(join(programs, "node"), `${script.join("\n")}\n`, { mode: 0o755 });
  return programs;
}
