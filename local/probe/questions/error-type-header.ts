import { answered, type Question } from "../question.ts";
import { named } from "../refusal.ts";
import { errorsOf } from "../seen-errors.ts";

/** Whether the errors look as the SDKs expect them. */
export const errorTypeHeader: Question = {
  id: "errorTypeHeader",
  title: "Do errors carry their type in the header x-amzn-ErrorType?",
  async ask(context) {
    const errors = await errorsOf(context);
    const evidence = errors.map(
      (error) => `${named(error)} ${error.typeInHeader ? "does" : "does not"}: "${error.message}"`,
    );
    return answered(
      errors.every(({ typeInHeader }) => typeInHeader),
      `${evidence.join("; ")}.`,
    );
  },
};
