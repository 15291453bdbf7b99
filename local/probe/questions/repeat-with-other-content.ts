import { randomUUID } from "node:crypto";
import { answered, type Question } from "../question.ts";
import { named, readRefusal } from "../refusal.ts";

/** What a ClientToken is worth when the words differ. */
export const repeatWithOtherContent: Question = {
  id: "repeatWithOtherContent",
  title: "What does a repeated ClientToken with another text answer?",
  async ask(context) {
    const { chat } = await context.connectChat();
    const ClientToken = randomUUID();
    const first = await chat.say("one", { ClientToken });
    try {
      const second = await chat.say("two", { ClientToken });
      return second.Id === first.Id
        ? answered("the first answer", "It answered the first message's Id.")
        : answered("a new message", "It answered another Id.");
    } catch (thrown) {
      const refusal = readRefusal(thrown);
      if (!refusal) throw thrown;
      return answered(named(refusal), `It was refused: "${refusal.message}".`);
    }
  },
};
