import { lookEveryMs } from "../probe-socket.ts";
import { uploadFile } from "../probed-attachment.ts";
import { answered, type Question } from "../question.ts";

/** How long a customer sees a file as being in progress. */
export const attachmentScanMs: Question = {
  id: "attachmentScanMs",
  title: "How many milliseconds does the scan of a small file take?",
  async ask(context) {
    const { chat, socket } = await context.connectChat();
    const { scanMs } = await uploadFile(context, chat, socket);
    return answered(
      scanMs,
      `APPROVED came ${scanMs} ms after CompleteAttachmentUpload, within ${lookEveryMs} ms.`,
      {
        switches: { attachmentScanMs: scanMs },
      },
    );
  },
};
