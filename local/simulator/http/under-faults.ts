import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "../faults.ts";
import type { LoggedRequest } from "../request-log.ts";
import type { Answer, Cut } from "./answer.ts";
import { faultAnswer } from "./error-answer.ts";

/** An answer and what a fault does to its writing. */
export type Outcome = { answer: Answer; cut?: Cut };

const nothing: Answer = { status: 0, headers: {}, body: "" };

/**
 * Lets a call act under a planned fault: the delay first; `cut: "before"` never acts; a `status` answers instead of
 * acting; then the body is spoiled, and then the connection cut. Without a fault the call simply acts.
 */
export async function underFaults(
  fault: Fault | undefined,
  service: LoggedRequest["service"],
  typeInBody: boolean,
  act: () => Answer,
): Promise<Outcome> {
  if (!fault) return { answer: act() };
  if (fault.delayMs) await delay(fault.delayMs, undefined, { ref: false });
  if (fault.cut === "before") return { answer: nothing, cut: "all" };
  const { status } = fault;
  const answer = spoil(
    status === undefined ? act() : faultAnswer(service, { ...fault, status }, typeInBody),
    fault,
  );
  if (fault.cut === "after") return { answer, cut: "all" };
  return fault.cut === "mid-body" ? { answer, cut: "mid-body" } : { answer };
}

function spoil(answer: Answer, { body }: Fault): Answer {
  if (body === "truncated") {
    const whole = Buffer.from(answer.body);
    return { ...answer, body: whole.subarray(0, whole.length / 2) };
  }
  if (body !== "html") return answer;
  const page = `<html><head><title>${answer.status}</title></head><body><h1>${answer.status}</h1></body></html>`;
  return { ...answer, headers: { "Content-Type": "text/html" }, body: page };
}
