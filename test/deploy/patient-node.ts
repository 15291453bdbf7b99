import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const node = fileURLToPath(new URL("../../node_modules/.bin/node", import.meta.url));

/** Ends a worker to which nobody can give anything any more: once it has done what it has, within five seconds. */
const endWithInput = `process.stdin.once("close", () => setTimeout(() => process.exit(), 5_000).unref());`;

/** Keeps what functions log: the emulator, which hands it to stderr, drops it where a WebSocket API invoked them. */
const keepOutput = (file: string) => `
  const write = process.stderr.write.bind(process.stderr);
  process.stderr.write = (chunk, ...rest) => {
    require("node:fs").appendFileSync(${JSON.stringify(file)}, chunk);
    return write(chunk, ...rest);
  };
`;

/** A `node` for functions. */
export interface PatientNode {
  /** The folder that it is in. */
  readonly folder: string;
  /** The file with every line that functions logged. */
  readonly output: string;
}

/**
 * Writes a `node` for the emulator to run functions with. On an update Lambda lets running invocations finish; the
 * emulator ends their process, and answers nothing else until that is gone. Here the process that it ends is a shell;
 * Node itself goes on to the end of its work.
 *
 * @param preparation a script that it runs before a function's
 */
export async function writePatientNode(folder: string, preparation: string): Promise<PatientNode> {
  const programs = join(folder, "bin");
  const preload = join(programs, "prepare.cjs");
  const output = join(folder, "functions.log");
  const script = [
    "#!/bin/sh",
    "trap exit TERM",
    "exec 3<&0",
    `'${node}' --require '${preload}' "$@" <&3 &`,
    "wait",
  ];
  await mkdir(programs);
  await writeFile(output, "");
  await writeFile(preload, [endWithInput, keepOutput(output), preparation].join("\n"));
  await writeFile(join(programs, "node"), `${script.join("\n")}\n`, { mode: 0o755 });
  return { folder: programs, output };
}
