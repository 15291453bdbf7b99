import type { FunctionName } from "../../lambdas/routes.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import type { Deployment } from "./read-deployment.ts";
import { place } from "./resolve-template.ts";

/** What DynamoDB may ask of the table's key (DynamoDB developer guide, "How DynamoDB uses AWS KMS"). */
const keyUses = [
  ["Decrypt", "opens the table's key"],
  ["DescribeKey", "looks whether the key is enabled"],
  ["Encrypt", "seals under the key"],
  ["GenerateDataKey", "makes a key for items"],
  ["GenerateDataKeyWithoutPlaintext", "makes a key for later"],
  ["ReEncryptFrom", "leaves a key that was replaced"],
  ["ReEncryptTo", "moves to the key that replaces it"],
] as const;

/** What Lambda does with the role of a function, without a line of ours. */
const runtimeUses = [
  ["logs:CreateLogStream", "opens the log stream of a container", logStream],
  ["logs:PutLogEvents", "writes what the function logged", logStream],
  ["xray:PutTraceSegments", "sends the trace of a request", () => "*"],
  ["xray:PutTelemetryRecords", "sends how many traces there were", () => "*"],
] as const;

/** A call that AWS makes with the role of a function. */
export interface CallOnBehalf {
  readonly action: string;
  /** Why: who does what. */
  readonly reason: string;
  readonly on: (deployment: Deployment, name: FunctionName) => Omit<AwsCall, "action">;
}

/** Every call that AWS makes with the roles of the functions. They cannot be seen on this machine, so they are listed. */
export const callsOnBehalf: readonly CallOnBehalf[] = [
  ...keyUses.map(([operation, reason]) => ({
    action: `kms:${operation}`,
    reason: `DynamoDB ${reason}`,
    on: ({ key }: Deployment) => ({ resource: key, context: viaService("dynamodb") }),
  })),
  ...runtimeUses.map(([action, reason, resource]) => ({
    action,
    reason: `Lambda ${reason}`,
    on: (deployment: Deployment, name: FunctionName) => ({ resource: resource(deployment, name) }),
  })),
];

/** The condition key that KMS sets for a service which uses a key in the name of its caller. */
export function viaService(service: string, region: string = place.region): Readonly<Record<string, string>> {
  return { "kms:ViaService": `${service}.${region}.amazonaws.com` };
}

function logStream({ logGroups }: Deployment, name: FunctionName): string {
  return `${logGroups[name]}:log-stream:2026/01/05/[$LATEST]0f2d7c1e5b1a4c59`;
}
