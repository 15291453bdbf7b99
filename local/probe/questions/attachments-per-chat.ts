import { startUpload } from "../probed-attachment.ts";
import { answered, type Question, undecided } from "../question.ts";
import { named, refusalOf } from "../refusal.ts";

/** Uploads to start at most: a few more than AWS's default of 35. */
const mostUploads = 40;

/** How many files a chat takes. Uploads are only started. */
export const attachmentsPerChat: Question = {
  id: "attachmentsPerChat",
  title: "How many attachments may a chat have?",
  async ask(context) {
    const { chat } = await context.connectChat();
    for (let started = 0; started < mostUploads; started++) {
      const refusal = await refusalOf(startUpload(context, chat));
      if (refusal?.status === 402) {
        return answered(
          started,
          `After ${started} uploads that were started and never completed, the next was refused with ${named(refusal)}.`,
          { switches: { attachmentsPerChat: started } },
        );
      }
      if (refusal)
        throw new Error(`StartAttachmentUpload was refused with ${named(refusal)}: ${refusal.message}`);
    }
    return undecided(
      `not decided: at least ${mostUploads}`,
      `${mostUploads} uploads could be started; starts that are never completed may not count.`,
    );
  },
};
