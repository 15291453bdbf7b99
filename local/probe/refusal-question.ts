import { answered, type Question } from "./question.ts";
import type { QuestionContext } from "./question-context.ts";
import { named, refusalOf } from "./refusal.ts";

/**
 * A question of one unusual call: is it accepted, or how is it refused? The answer is "accepted" or the error's type
 * and status.
 */
export function refusalQuestion(
  id: string,
  title: string,
  call: (context: QuestionContext) => Promise<unknown>,
): Question {
  return {
    id,
    title,
    async ask(context) {
      const refusal = await refusalOf(call(context));
      return refusal
        ? answered(named(refusal), `It was refused: "${refusal.message}".`)
        : answered("accepted", "It was answered with 200.");
    },
  };
}
