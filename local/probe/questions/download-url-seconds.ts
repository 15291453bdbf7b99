import { advertisedSeconds, signedSeconds } from "../advertised-life.ts";
import { askForDownload, uploadFile } from "../probed-attachment.ts";
import { answered, type Question } from "../question.ts";

/** What the proxy asks for at most, in seconds, because a download URL is a credential in a browser. */
const proxyAsks = 60;

/** How long a download URL lives where nobody chooses. */
export const downloadUrlSeconds: Question = {
  id: "downloadUrlSeconds",
  title: "How many seconds does a download URL live, unless the caller chooses?",
  async ask(context) {
    const { chat, socket } = await context.connectChat();
    const ahead = await chat.clockAhead();
    const { attachmentId } = await uploadFile(context, chat, socket);
    const { Url = "", UrlExpiry = "" } = await askForDownload(context, chat, attachmentId);
    const advertised = advertisedSeconds(UrlExpiry, context.now() + ahead);
    const seconds = signedSeconds(Url) ?? advertised;
    const chosen = await askForDownload(context, chat, attachmentId, proxyAsks);
    const chosenSeconds = signedSeconds(chosen.Url ?? "") ?? "missing";
    return answered(
      seconds,
      `X-Amz-Expires is ${signedSeconds(Url) ?? "missing"}, UrlExpiry lay ${advertised} seconds ahead; with UrlExpiryInSeconds ${proxyAsks}, X-Amz-Expires is ${chosenSeconds}.`,
      { switches: { downloadUrlSeconds: seconds } },
    );
  },
};
