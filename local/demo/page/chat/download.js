// @ts-check
import { announce } from "../announce.js";
import { refusalOfChatjs } from "./refusal.js";

/**
 * Saves a file of the chat. It is fetched into the page first: the address it comes from is a credential that lives for a minute
 * and belongs in no history.
 *
 * @param {any} session chatjs' own
 * @param {{ id: string, name: string }} file
 * @returns {Promise<number | undefined>} its bytes
 */
export async function download(session, { id, name }) {
  try {
    const blob = await session.downloadAttachment({ attachmentId: id });
    const address = URL.createObjectURL(blob);
    const link = document.createElement("a");
    link.href = address;
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    announce(`${name} was downloaded.`);
    return blob.size;
  } catch (error) {
    announce(`${name} could not be downloaded. ${refusalOfChatjs(error).message}`);
    return undefined;
  }
}
