import type { Switches } from "../simulator/switches.ts";
import type { QuestionContext } from "./question-context.ts";

/** What the probe found out about one point that AWS's documentation leaves open. */
export interface Answer {
  /** `undecided`: asked, but the patience was too short; `not asked`: something is needed that a probe has not. */
  readonly outcome: "answered" | "undecided" | "not asked" | "failed";
  readonly value: string | number | boolean;
  /** One sentence: what was done and what was seen. */
  readonly evidence: string;
  /** A setting of ours and its value, where another one than the default is better for this instance. */
  readonly recommendation?: string;
  /** What makes the simulator behave like this instance. */
  readonly switches?: Partial<Switches>;
}

/** One question to an Amazon Connect instance. It starts its own contacts, so that it can be asked alone. */
export interface Question {
  /** The simulator's switch for it, where there is one. */
  readonly id: string;
  /** The question, with the unit of its answer. */
  readonly title: string;
  /** Asks; what it throws becomes the outcome `failed`. */
  readonly ask: (context: QuestionContext) => Promise<Answer>;
}

/** An answer that was found. */
export function answered(
  value: Answer["value"],
  evidence: string,
  rest: Pick<Answer, "recommendation" | "switches"> = {},
): Answer {
  return { outcome: "answered", value, evidence, ...rest };
}

/** The answer where the time given was too short. `value` tells what is known all the same. */
export function undecided(value: string, evidence: string): Answer {
  return { outcome: "undecided", value, evidence };
}

/** The answer to what a probe cannot ask by itself. */
export function notAsked(need: string, evidence: string): Answer {
  return { outcome: "not asked", value: `not asked: needs ${need}`, evidence };
}
