import { expect } from "vitest";
import type { ApiAnswer } from "./chat.ts";
import type { UpstreamCall } from "./simulator-control.ts";
import type { TestSystem } from "./test-system.ts";

/** How a request is refused: what every error answer says in its three places. */
export interface Refusal {
  readonly status: number;
  readonly type: string;
  readonly reason: string;
}

/** The one answer to every handle that opens nothing. */
export const accessDenied: Refusal = {
  status: 403,
  type: "AccessDeniedException",
  reason: "AccessDenied",
};

/** The 503 answer: something did not work and nothing was let through. */
export const unavailable: Refusal = {
  status: 503,
  type: "InternalServerException",
  reason: "Unavailable",
};

/** A 400 with a reason of ours. */
export function invalid(reason: string): Refusal {
  return { status: 400, type: "ValidationException", reason };
}

/** Expects an error answer in the Participant Service's shape: its type in header and body, our reason, a sentence. */
export function expectRefusal(answer: ApiAnswer, { status, type, reason }: Refusal): void {
  const { headers, body } = answer;
  expect({ status: answer.status, header: headers.get("x-amzn-errortype"), body }).toEqual({
    status,
    header: type,
    body: { __type: type, reason, message: expect.stringMatching(/./) },
  });
  expect(headers.get("content-type")).toBe("application/json");
}

/** Headers that differ from answer to answer, or belong to the connection. */
const passing = new Set(["date", "x-amzn-requestid", "connection", "keep-alive", "transfer-encoding"]);

/** All of an answer that a client could tell it from another by. */
export function fingerprint({ status, headers, text }: ApiAnswer): string {
  return JSON.stringify([status, text, [...headers].filter(([name]) => !passing.has(name)).sort()]);
}

/** What a piece of work cost: the calls that reached Connect and the database. */
export interface Cost<Result> {
  readonly result: Result;
  readonly upstream: UpstreamCall[];
  readonly database: string[];
}

/** Does `work` and tells what it cost. */
export async function costOf<Result>(
  { simulator, databaseCalls }: Pick<TestSystem, "simulator" | "databaseCalls">,
  work: () => Promise<Result>,
): Promise<Cost<Result>> {
  await simulator.forgetCalls();
  const before = databaseCalls.length;
  const result = await work();
  return { result, upstream: await simulator.calls(), database: databaseCalls.slice(before) };
}
