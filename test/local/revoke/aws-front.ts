import type { IncomingMessage } from "node:http";
import { type LocalServer, startServer } from "../../../local/start-server.ts";

/** What Lambda answers an invocation: the function's result, or what it threw. */
export type Invoked = (functionName: string, event: unknown) => Promise<unknown>;

/** As much of Lambda, CloudFormation and STS as the command asks, on one port of this machine. */
export interface AwsFront {
  readonly url: string;
  /** Functions and events, as they were invoked. */
  readonly invocations: { readonly functionName: string; readonly event: unknown }[];
  /** Serves the invocations from now on. */
  serve(invoked: Invoked): void;
  close(): Promise<void>;
}

/** Name of the stack that CloudFormation knows, and of the function in its outputs. */
export const deployed = { stackName: "Chat", functionName: "Chat-revoke-1" } as const;

const outputs = `<Stacks><member><StackName>${deployed.stackName}</StackName><StackStatus>CREATE_COMPLETE</StackStatus><CreationTime>2026-01-05T09:00:00Z</CreationTime><Outputs><member><OutputKey>RevokeFunction</OutputKey><OutputValue>${deployed.functionName}</OutputValue></member></Outputs></member></Stacks>`;
const identity = "<Arn>arn:aws:sts::111122223333:assumed-role/Support/jo</Arn>";

/** Starts it. */
export async function startAwsFront(): Promise<AwsFront> {
  const invocations: AwsFront["invocations"] = [];
  let invoked: Invoked = async () => undefined;

  async function invoke(functionName: string, event: unknown) {
    invocations.push({ functionName, event });
    try {
      return { status: 200, headers: {}, body: JSON.stringify(await invoked(functionName, event)) };
    } catch (error) {
      const body = JSON.stringify({ errorMessage: error instanceof Error ? error.message : "" });
      return { status: 200, headers: { "x-amz-function-error": "Unhandled" }, body };
    }
  }

  async function answer(request: IncomingMessage) {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const [, functionName] = /\/functions\/([^/]+)\/invocations$/.exec(request.url ?? "") ?? [];
    if (functionName !== undefined) return invoke(functionName, JSON.parse(text));
    const asked = new URLSearchParams(text);
    const headers = { "content-type": "text/xml" };
    if (asked.get("Action") === "GetCallerIdentity") {
      return { status: 200, headers, body: xml("GetCallerIdentity", identity) };
    }
    if (asked.get("StackName") === deployed.stackName) {
      return { status: 200, headers, body: xml("DescribeStacks", outputs) };
    }
    const code =
      "<Error><Type>Sender</Type><Code>ValidationError</Code><Message>no such stack</Message></Error>";
    return { status: 400, headers, body: `<ErrorResponse>${code}</ErrorResponse>` };
  }

  const server: LocalServer = await startServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  }, 0);
  return {
    url: server.url,
    invocations,
    serve: (next) => {
      invoked = next;
    },
    close: server.close,
  };
}

function xml(action: string, result: string): string {
  return `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`;
}
