import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { writePatientNode } from "./patient-node.ts";

/** The programs of this repository first, so that functions run on its Node, whatever the machine has. */
export const programPath = [
  fileURLToPath(new URL("../../node_modules/.bin", import.meta.url)),
  process.env["PATH"],
].join(delimiter);

/** Milliseconds until it has to answer, between two looks whether it does, and to end in peace. */
const startWithin = 60_000;
const lookEvery = 100;
const endWithin = 10_000;

/** An AWS account on this machine, as far as the emulator goes. */
export interface Emulator {
  /** Endpoint of every AWS service. */
  readonly url: string;
  /** Every line that functions have logged so far, also those that reach no log group. */
  functionOutput(): Promise<string[]>;
  close(): Promise<void>;
}

/**
 * Starts the emulator, with all of its state in `folder`. Rights are enforced (`AUTH`): each function runs with the
 * credentials of its own role.
 *
 * @param environment what functions have in their environment besides their own settings: the emulator's is theirs
 * @param preparation a script that is run in a function's Node before the function
 */
export async function startEmulator(
  program: string,
  port: number,
  folder: string,
  environment: Readonly<Record<string, string>>,
  preparation: string,
): Promise<Emulator> {
  const url = `http://127.0.0.1:${port}`;
  const functionNode = await writePatientNode(folder, preparation);
  const child = spawn(program, [], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    env: {
      PATH: [functionNode.folder, programPath].join(delimiter),
      HOME: folder,
      TMPDIR: folder,
      S3_DATA_DIR: join(folder, "s3"),
      GATEWAY_PORT: String(port),
      BIND_HOST: "127.0.0.1",
      AUTH: "true",
      IOT_MTLS_ENABLED: "0",
      SFTP_ENABLED: "0",
      // It would look for containers of its own to remove; there are none, and those of others are none of its business.
      DOCKER_HOST: `unix://${join(folder, "no-docker.sock")}`,
      ...environment,
    },
  });
  const ended = once(child, "exit");
  const endWithTest = () => child.kill();
  process.once("exit", endWithTest);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output = (output + chunk).slice(-10_000);
    });
  }
  const close = async () => {
    process.off("exit", endWithTest);
    child.kill();
    const forced = setTimeout(() => child.kill("SIGKILL"), endWithin);
    await ended;
    clearTimeout(forced);
  };
  for (const deadline = Date.now() + startWithin; !(await answers(url)); await pause(lookEvery)) {
    if (child.exitCode === null && Date.now() < deadline) continue;
    await close();
    throw new Error(`The AWS emulator did not start:\n${output}`);
  }
  const functionOutput = async () =>
    (await readFile(functionNode.output, "utf8")).split("\n").filter(Boolean);
  return { url, functionOutput, close };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

function answers(url: string): Promise<boolean> {
  return fetch(`${url}/_ministack/health`).then(
    ({ ok }) => ok,
    () => false,
  );
}
