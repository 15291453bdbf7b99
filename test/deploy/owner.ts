import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { generousLimits } from "../support/operation-members.ts";
import { pageOrigin } from "../support/test-system.ts";
import { type Account, place } from "./account.ts";
import { runCdk } from "./cdk.ts";

/** Name of the stack, the default. */
export const stackName = "ConnectChatBff";

/** Settings that are given to `cdk`, by name. */
export type Settings = Readonly<Record<string, string>>;

/**
 * As an owner gives them. No web ACL: the emulator has none for APIs. Limits that the journeys do not meet. Real time
 * is the default's: `relay`.
 */
const settings: Settings = {
  instanceArn: `arn:aws:connect:${place.region}:${place.account}:instance/0f2d7c1e-5b1a-4c59-9b57-3f7f2f0b7d11`,
  contactFlows: "support=7d3f4a52-8f0e-4a4c-bb0a-0f5d1c9e2a01",
  allowedOrigins: pageOrigin,
  allowedAttributes: "customerName",
  allowAppsWithoutOrigin: "true",
  limits: generousLimits,
  startLimits: '{"address":{"intervalMs":1,"burst":1000000}}',
  waf: "false",
};

/** Whoever has the account, at a terminal. */
export interface Owner {
  /** Prepares the account for the CDK. */
  bootstrap(): Promise<void>;
  /** Deploys, with changes of the usual settings. @returns the stack's outputs */
  deploy(changes: Settings): Promise<Settings>;
  destroy(): Promise<void>;
}

/** An owner of the account at `endpoint`, with all files in `folder`. */
export function createOwner(endpoint: string, folder: string, { buckets }: Account): Owner {
  const cdk = (...options: readonly string[]) => runCdk(endpoint, folder, ...options);
  const outputs = join(folder, "outputs.json");
  const asOptions = (changes: Settings) => [
    "--output",
    join(folder, "cdk.out"),
    ...Object.entries({ ...settings, ...changes }).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
  return {
    bootstrap: async () => {
      await cdk("bootstrap", `aws://${place.account}/${place.region}`);
      // The bucket for assets takes requests over TLS alone; the emulator speaks plain HTTP, and checks.
      const Bucket = `cdk-hnb659fds-assets-${place.account}-${place.region}`;
      await buckets.deleteBucketPolicy({ Bucket }).promise();
    },
    deploy: async (changes) => {
      await cdk("deploy", "--require-approval", "never", "--outputs-file", outputs, ...asOptions(changes));
      return JSON.parse(await readFile(outputs, "utf8"))[stackName] as Settings;
    },
    destroy: () => cdk("destroy", "--force", ...asOptions({})),
  };
}
