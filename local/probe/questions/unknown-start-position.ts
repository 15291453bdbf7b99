import { randomUUID } from "node:crypto";
import { refusalQuestion } from "../refusal-question.ts";

/** Whether a transcript can start at an item that is not there. */
export const unknownStartPosition = refusalQuestion(
  "unknownStartPosition",
  "Is a StartPosition accepted whose Id is not in the transcript?",
  async (context) => {
    const { chat } = await context.connectChat();
    return chat.transcript({ StartPosition: { Id: randomUUID() }, ScanDirection: "FORWARD" });
  },
);
