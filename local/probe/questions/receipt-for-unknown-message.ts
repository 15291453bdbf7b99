import { randomUUID } from "node:crypto";
import { refusalQuestion } from "../refusal-question.ts";

/** Whether a receipt can name a message that is not there. */
export const receiptForUnknownMessage = refusalQuestion(
  "receiptForUnknownMessage",
  "Is a read receipt accepted for a message that does not exist?",
  async (context) => {
    const { chat } = await context.connectChat();
    return chat.sendEvent("message.read", JSON.stringify({ messageId: randomUUID() }));
  },
);
