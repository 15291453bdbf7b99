import { createHash } from "node:crypto";
import { type Account, place } from "./account.ts";
import type { Exchange } from "./recording-proxy.ts";

/** A call that a deployed function made to AWS, in the terms of IAM. */
export interface FunctionCall {
  readonly functionName: string;
  readonly role: string;
  /** Service that the request was signed for. */
  readonly service: string;
  readonly action: string;
  /** ARN. */
  readonly resource: string;
}

/** The calls behind what was recorded, each once. @throws Error on one that is not known, or not signed by a function */
export async function functionCalls({ functions }: Account, exchanges: readonly Exchange[]) {
  const { Functions = [] } = await functions.listFunctions().promise();
  const signers = new Map(
    Functions.map(({ FunctionName = "", FunctionArn = "", Role = "" }) => [
      accessKey(FunctionArn, Role),
      { functionName: FunctionName, role: Role },
    ]),
  );
  const calls = new Map<string, FunctionCall>();
  for (const exchange of exchanges) {
    const [, key = "", service = ""] =
      /Credential=([^/]+)\/\d+\/[^/]+\/([^/]+)/.exec(exchange.headers.authorization ?? "") ?? [];
    const signer = signers.get(key);
    if (!signer) throw new Error(`no function signed ${exchange.method} ${exchange.path}`);
    const call = { ...signer, service, ...meaning(exchange) };
    calls.set(JSON.stringify(call), call);
  }
  return [...calls.values()].sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

/** The access key that the emulator (1.5) gives to a function. */
function accessKey(functionArn: string, role: string): string {
  const digest = createHash("sha256").update(`${functionArn}:${role}`).digest("hex");
  return `ASIA${digest.slice(0, 16).toUpperCase()}`;
}

interface Named {
  readonly TableName: string;
  readonly InstanceId: string;
  readonly ContactFlowId: string;
  readonly ContactId: string;
}

/** Action and resource, of the kinds that the Service Authorization Reference names. */
function meaning({ method, path, headers, body }: Exchange): Pick<FunctionCall, "action" | "resource"> {
  const target = headers["x-amz-target"];
  const named = JSON.parse(body || "{}") as Named;
  if (typeof target === "string" && target.startsWith("DynamoDB_")) {
    return {
      action: `dynamodb:${target.split(".")[1]}`,
      resource: arn("dynamodb", `table/${named.TableName}`),
    };
  }
  const instance = arn("connect", `instance/${named.InstanceId}`);
  switch (path) {
    case "/contact/chat":
      return {
        action: "connect:StartChatContact",
        resource: `${instance}/contact-flow/${named.ContactFlowId}`,
      };
    case "/contact/start-streaming":
      return { action: "connect:StartContactStreaming", resource: instance };
    case "/contact/stop":
      return { action: "connect:StopContact", resource: `${instance}/contact/${named.ContactId}` };
    default:
      throw new Error(`unknown call ${method} ${path}`);
  }
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.account}:${resource}`;
}
