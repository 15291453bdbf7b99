import { randomUUID } from "node:crypto";
import { askForDownload } from "../probed-attachment.ts";
import { refusalQuestion } from "../refusal-question.ts";

/** What is told to a client that asks for a file that is not there. */
export const unknownAttachment = refusalQuestion(
  "unknownAttachment",
  "Is GetAttachment accepted for an attachment that does not exist?",
  async (context) => {
    const { chat } = await context.connectChat();
    return askForDownload(context, chat, randomUUID());
  },
);
