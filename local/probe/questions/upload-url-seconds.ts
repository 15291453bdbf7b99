import { advertisedSeconds, signedSeconds } from "../advertised-life.ts";
import { startUpload } from "../probed-attachment.ts";
import { answered, type Question } from "../question.ts";

/** Within what time a file must be uploaded. */
export const uploadUrlSeconds: Question = {
  id: "uploadUrlSeconds",
  title: "How many seconds does an upload URL live?",
  async ask(context) {
    const { chat } = await context.connectChat();
    const ahead = await chat.clockAhead();
    const { url, urlExpiry } = await startUpload(context, chat);
    const advertised = advertisedSeconds(urlExpiry, context.now() + ahead);
    const seconds = signedSeconds(url) ?? advertised;
    return answered(
      seconds,
      `X-Amz-Expires is ${signedSeconds(url) ?? "missing"}, and UrlExpiry lay ${advertised} seconds ahead.`,
      {
        switches: { uploadUrlSeconds: seconds },
      },
    );
  },
};
