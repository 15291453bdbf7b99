import type { RecordedRequest } from "./aws-recorder.ts";
import type { AwsCall } from "./evaluate-policy.ts";
import { itemContext } from "./item-attributes.ts";
import { arnOf } from "./resolve-template.ts";

/**
 * Operations of Amazon Connect by their route, and the resource on which IAM judges each (Service Authorization Reference,
 * "Actions, resources, and condition keys for Amazon Connect").
 */
const connectOperations: Readonly<
  Record<string, readonly [string, (members: RecordedRequest["members"]) => string]>
> = {
  "PUT /contact/chat": [
    "StartChatContact",
    ({ InstanceId, ContactFlowId }) => `instance/${InstanceId}/contact-flow/${ContactFlowId}`,
  ],
  "POST /contact/start-streaming": ["StartContactStreaming", ({ InstanceId }) => `instance/${InstanceId}`],
  "POST /contact/stop": [
    "StopContact",
    ({ InstanceId, ContactId }) => `instance/${InstanceId}/contact/${ContactId}`,
  ],
};

/** Operations of S3 by their method. */
const objectOperations: Readonly<Record<string, string>> = {
  GET: "GetObject",
  HEAD: "GetObject",
  PUT: "PutObject",
  DELETE: "DeleteObject",
};

/**
 * What IAM is asked when a request arrives; undefined for the Participant Service, which is called with a token of the chat
 * and judges by nothing else (its API reference). The role's account is taken for the caller's.
 *
 * @throws for a request that is not listed here, so that no call goes unjudged
 */
export function awsCallOf(request: RecordedRequest): AwsCall | undefined {
  const { route, target, signedFor, hasBearer, members } = request;
  const { service, region = "" } = signedFor ?? {};
  if (signedFor === undefined && hasBearer && route.startsWith("POST /participant/")) return undefined;
  if (service === "dynamodb" && target !== undefined && typeof members["TableName"] === "string") {
    const resource = arnOf("dynamodb", `table/${members["TableName"]}`, { region });
    return { action: `dynamodb:${target}`, resource, context: itemContext(target, members) };
  }
  const [, method = "", path] = /^([A-Z]+) \/([^/]+\/.+)$/.exec(route) ?? [];
  if (service === "s3" && path !== undefined && objectOperations[method] !== undefined) {
    const resource = arnOf("s3", decodeURIComponent(path), { region: "", account: "" });
    return { action: `s3:${objectOperations[method]}`, resource };
  }
  const known = connectOperations[route];
  if (service !== "connect" || known === undefined) throw new Error(`${service} ${route} is not judged here`);
  const [operation, resourceOf] = known;
  return { action: `connect:${operation}`, resource: arnOf("connect", resourceOf(members), { region }) };
}
