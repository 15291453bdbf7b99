import { createHash } from "node:crypto";
import type { Exchange } from "../support/recording-proxy.ts";
import { type Account, place } from "./account.ts";

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
      credentials(FunctionArn, Role).accessKeyId,
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

/** As the emulator (1.5) makes them for a function. */
function credentials(functionArn = "", role = ""): Credentials {
  const digest = sha256(`${functionArn}:${role}`);
  return {
    accessKeyId: `ASIA${digest.slice(0, 16).toUpperCase()}`,
    secretAccessKey: sha256(`secret:${digest}`),
    sessionToken: sha256(`token:${digest}`),
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

interface Named {
  readonly TableName: string;
  readonly InstanceId: string;
  readonly ContactFlowId: string;
  readonly ContactId: string;
}

/** What a function signs its requests with. */
interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string;
}

/** The credentials of the function whose name has `part` in it: whoever has them may do what its role may. */
export async function credentialsOf({ functions }: Account, part: string): Promise<Credentials> {
  const { Functions = [] } = await functions.listFunctions().promise();
  const found = Functions.find(({ FunctionName = "" }) => FunctionName.includes(part));
  return credentials(found?.FunctionArn, found?.Role);
}

/** Action and resource, of the kinds that the Service Authorization Reference names. */
function meaning({ method, path, headers, body }: Exchange): Pick<FunctionCall, "action" | "resource"> {
  const target = headers["x-amz-target"];
  if (path.includes("/@connections/")) return management(method, path);
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

/** A call about one socket, whatever its id. */
function management(method: string, path: string): Pick<FunctionCall, "action" | "resource"> {
  const [, , , api, stage] = path.split("/");
  return {
    action: "execute-api:ManageConnections",
    resource: arn("execute-api", `${api}/${stage}/${method}/@connections/any`),
  };
}

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${place.region}:${place.account}:${resource}`;
}
