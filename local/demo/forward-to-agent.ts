import type { IncomingMessage, ServerResponse } from "node:http";
import { answerJson, answerText } from "./plain-answers.ts";
import { shownContact } from "./shown-contact.ts";

/** Drops a chat's sockets and tells how many. */
export type CutNetwork = (contactId: string) => number | Promise<number>;

/** One call of the agent's console. */
export interface AgentCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Below `/demo/agent/`. */
  readonly path: string;
  readonly simulatorUrl: string;
  readonly cutNetwork: CutNetwork | undefined;
}

/** Longest body, in bytes: room for an agent's file of a megabyte in base64. */
const longestBody = 2 * 1024 * 1024;

/** The calls the console makes, and nothing else of the control plane: no faults, no clock, no quotas. */
const forwarded = [
  /^GET contacts$/,
  /^GET contacts\/[A-Za-z0-9-]{1,256}$/,
  /^POST contacts\/[A-Za-z0-9-]{1,256}\/agent$/,
  /^DELETE contacts\/[A-Za-z0-9-]{1,256}\/sockets$/,
];

/** Passes a call of the console on to the simulator's control plane, and its answer back. */
export async function forwardToAgent(call: AgentCall): Promise<void> {
  const { request, response, path, simulatorUrl, cutNetwork } = call;
  const method = request.method ?? "";
  if (!forwarded.some((shape) => shape.test(`${method} ${path}`))) {
    return answerText(response, 404, "The console has no such call.");
  }
  const body = await readBody(request);
  if (body === undefined) return answerText(response, 413, "That is too large for the console.");
  if (method === "DELETE" && cutNetwork !== undefined) {
    return answerJson(response, 200, { dropped: await cutNetwork(path.split("/")[1] ?? "") });
  }
  const answer = await fetch(`${simulatorUrl}/_sim/${path}`, {
    method,
    ...(method === "POST" && { body }),
  });
  const value: unknown = await answer.json();
  answerJson(response, answer.status, method === "GET" && answer.ok ? shownContacts(value) : value);
}

function shownContacts(value: unknown): unknown {
  return Array.isArray(value) ? value.map(shownContact) : shownContact(value);
}

async function readBody(request: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= longestBody) chunks.push(chunk);
  }
  return length <= longestBody ? Buffer.concat(chunks) : undefined;
}
