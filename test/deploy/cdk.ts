import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ownerCredentials, place } from "./account.ts";
import { programPath } from "./emulator.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** How long a command may take, in milliseconds. */
const patience = 180_000;

/**
 * Runs the CDK CLI as an owner does, but with the emulator for AWS: nothing of this machine's settings and credentials can
 * make it reach a real account.
 *
 * @param home a folder for what the CLI keeps
 * @throws Error with all that it said, when it fails
 */
export function runCdk(endpoint: string, home: string, ...options: readonly string[]): Promise<void> {
  const env = {
    PATH: programPath,
    HOME: home,
    CI: "true",
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: place.region,
    AWS_ACCESS_KEY_ID: ownerCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ownerCredentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  return new Promise((resolve, reject) => {
    const limits = { timeout: patience, maxBuffer: 50_000_000 };
    execFile("cdk", options, { cwd: root, env, ...limits }, (error, stdout, stderr) => {
      if (error) reject(new Error(`cdk ${options[0]} failed:\n${stderr}\n${stdout}`));
      else resolve();
    });
  });
}
