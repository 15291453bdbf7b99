// @ts-check

/**
 * What lets a page into its chat again.
 *
 * @typedef {{ contactId: string, participantId: string, participantToken: string, displayName: string }} Handles
 */

const name = "chat";

/**
 * The chat of this tab or, in a tab that has none yet, of the browser: a reload goes on, and a second tab joins.
 *
 * The trade-off: localStorage is what makes the second tab work, and any script of this origin can read it. That is borne here
 * because what lies in it is a handle, not a token of Amazon Connect's: it is opaque, opens this one chat and nothing else,
 * only through the service with its limits, dies with the chat, and the owner can revoke it. A page that does not
 * want a second tab keeps it in sessionStorage alone; a page with scripts of strangers should.
 *
 * @returns {Handles | undefined}
 */
export function storedChat() {
  return read(sessionStorage) ?? read(localStorage);
}

/** Keeps a chat for the next page load. @param {Handles} handles */
export function storeChat(handles) {
  for (const storage of [sessionStorage, localStorage]) storage.setItem(name, JSON.stringify(handles));
}

/** Forgets a chat that is over, but not one that another tab has started since. @param {string} contactId */
export function forgetChat(contactId) {
  for (const storage of [sessionStorage, localStorage]) {
    if (read(storage)?.contactId === contactId) storage.removeItem(name);
  }
}

/** @param {Storage} storage @returns {Handles | undefined} */
function read(storage) {
  try {
    const value = JSON.parse(storage.getItem(name) ?? "null");
    const members = [value.contactId, value.participantId, value.participantToken, value.displayName];
    return members.every((member) => typeof member === "string") ? value : undefined;
  } catch {
    return undefined;
  }
}
