import { answered, type Question } from "../question.ts";
import { errorsOf } from "../seen-errors.ts";

/** Where a browser, which cannot read every header, can find an error's type. */
export const typeInBody: Question = {
  id: "typeInBody",
  title: "Do errors carry their type (__type) in the body?",
  async ask(context) {
    const errors = await errorsOf(context);
    const evidence = errors
      .map((error) => `${error.type} ${error.typeInBody ? "does" : "does not"}`)
      .join(", ");
    const [first, ...others] = errors.map((error) => error.typeInBody);
    if (first === undefined || others.some((other) => other !== first)) {
      return answered("it depends", `${evidence}.`);
    }
    return answered(first, `${evidence}.`, { switches: { typeInBody: first } });
  },
};
