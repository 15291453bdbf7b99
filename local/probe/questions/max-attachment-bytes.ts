import { largestAccepted } from "../largest-accepted.ts";
import { startUpload } from "../probed-attachment.ts";
import { answered, type Question } from "../question.ts";
import type { QuestionContext } from "../question-context.ts";
import { refusalOf } from "../refusal.ts";

const mebibyte = 1024 * 1024;

/** Largest size an administrator may allow, in bytes. */
const largestSetting = 100 * mebibyte;

/** Contacts to use at most: each start counts towards the attachments of its chat, so a full chat needs another one. */
const mostContacts = 6;

/** How large a file may be. Only claims are sent, no bytes. */
export const maxAttachmentBytes: Question = {
  id: "maxAttachmentBytes",
  title: "How many bytes may an attachment have?",
  async ask(context) {
    const max = await largestAccepted([20_000_000, 20 * mebibyte], largestSetting, claims(context));
    const evidence = `StartAttachmentUpload took a claim of ${max} bytes${max < largestSetting ? ", and refused one byte more" : ""}.`;
    return answered(max, evidence, { switches: { maxAttachmentBytes: max } });
  },
};

/** Tells of a size whether a claim is accepted, on a chat that is not full. */
function claims(context: QuestionContext): (size: number) => Promise<boolean> {
  let contacts = 0;
  let room: Awaited<ReturnType<QuestionContext["startChat"]>> | undefined;
  let isFresh = true;
  async function newChat() {
    if (++contacts > mostContacts)
      throw new Error(`${mostContacts} chats were full before the limit showed.`);
    if (room) await context.probing.ledger.stop(room.contact.contactId);
    isFresh = true;
    return (await context.connectChat()).chat;
  }
  return async function accepts(size): Promise<boolean> {
    room ??= await newChat();
    const refusal = await refusalOf(startUpload(context, room, size));
    if (refusal?.status === 403) throw new Error(`StartAttachmentUpload was refused with ${refusal.type}.`);
    if (refusal?.status === 402 && !isFresh) {
      room = await newChat();
      return accepts(size);
    }
    if (!refusal) isFresh = false;
    return refusal === undefined;
  };
}
