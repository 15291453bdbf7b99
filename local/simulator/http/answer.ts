import type { ServerResponse } from "node:http";

/** An HTTP answer before it is written. */
export type Answer = { status: number; headers: Record<string, string>; body: string | Buffer };

/** How an answer is written, where a fault spoils it. */
export type Cut = "all" | "mid-body";

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown, headers: Record<string, string> = {}): Answer {
  return { status, headers: { "Content-Type": "application/json", ...headers }, body: JSON.stringify(body) };
}

/** Writes an answer; a cut drops the TCP connection before the answer or in the middle of its body. */
export function writeAnswer(response: ServerResponse, answer: Answer, cut?: Cut): void {
  if (cut === "all") {
    response.destroy();
    return;
  }
  const body = Buffer.from(answer.body);
  response.writeHead(answer.status, { ...answer.headers, "Content-Length": body.length });
  if (cut === "mid-body") response.write(body.subarray(0, body.length / 2), () => response.destroy());
  else response.end(body);
}
