import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { ownerCredentials, place } from "./account.ts";

const program = fileURLToPath(new URL("../../local/revoke/revoke.ts", import.meta.url));

/** How long it may take, in milliseconds. */
const patience = 60_000;

/**
 * Runs `npm run revoke` as an owner does, but with the emulator for AWS. @returns what it printed. @throws Error when
 * it fails
 */
export function revokeAsOwner(endpoint: string, ...options: readonly string[]): Promise<string> {
  const env = {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: place.region,
    AWS_ACCESS_KEY_ID: ownerCredentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: ownerCredentials.secretAccessKey,
    AWS_EC2_METADATA_DISABLED: "true",
  };
  return new Promise((resolve, reject) => {
    const args = [program, ...options, "--reason", "a drill"];
    execFile(process.execPath, args, { env, timeout: patience }, (error, stdout, stderr) => {
      if (error) reject(new Error(`revoke failed:\n${stderr}\n${stdout}`));
      else resolve(stdout);
    });
  });
}
