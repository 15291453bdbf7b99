import { refusalQuestion } from "../refusal-question.ts";

/** Whether a transcript can start at two places at once. */
export const twoStartPositions = refusalQuestion(
  "twoStartPositions",
  "Is a StartPosition accepted with both Id and MostRecent?",
  async (context) => {
    const { chat } = await context.connectChat();
    const { Id } = await chat.say("Hello");
    return chat.transcript({ StartPosition: { Id, MostRecent: 1 }, ScanDirection: "FORWARD" });
  },
);
