import { completeUpload, startUpload } from "../probed-attachment.ts";
import { refusalQuestion } from "../refusal-question.ts";

/** What is told to a client that has not uploaded anything. */
export const completeBeforeUpload = refusalQuestion(
  "completeBeforeUpload",
  "Is CompleteAttachmentUpload accepted before the upload?",
  async (context) => {
    const { chat } = await context.connectChat();
    const { attachmentId } = await startUpload(context, chat);
    return completeUpload(context, chat, attachmentId);
  },
);
