import { uploadFile } from "../probed-attachment.ts";
import { answered, type Question } from "../question.ts";

/** Whether sockets hear of a file before it is approved. */
export const attachmentInProgressItem: Question = {
  id: "attachmentInProgressItem",
  title: "Is an ATTACHMENT item sent to sockets while the scan is IN_PROGRESS?",
  async ask(context) {
    const { chat, socket } = await context.connectChat();
    const { attachmentId } = await uploadFile(context, chat, socket);
    const items = socket
      .items()
      .flatMap(({ Id, Attachments }) => (Attachments ?? []).map((file) => ({ Id, ...file })))
      .filter(({ AttachmentId }) => AttachmentId === attachmentId);
    const isSent = items.some(({ Status }) => Status === "IN_PROGRESS");
    const ids = new Set(items.map(({ Id }) => Id));
    const evidence = `The socket got ${items.map(({ Status }) => Status).join(", ")}, under ${ids.size === 1 ? "one Id" : "different Ids"}.`;
    return answered(isSent, evidence, { switches: { attachmentInProgressItem: isSent } });
  },
};
