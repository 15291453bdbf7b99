// @ts-check

/**
 * A contact as the simulator shows it to the agent.
 *
 * @typedef {{ ContactId: string, Status: string, DisplayName: string, OpenSockets: number,
 *   Participants: { ParticipantRole: string, DisplayName: string, State: string }[],
 *   Transcript: import("../chat/transcript.js").Item[],
 *   Attachments: { AttachmentId: string, SizeInBytes: number }[] }} Contact
 */

/** @param {string} method @param {string} path @param {object} [body] @returns {Promise<unknown>} */
async function call(method, path, body) {
  const response = await fetch(`/demo/agent/${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok)
    throw new Error(String(answer.error ?? "The simulator did not answer.").replace(/^\w*Error: /, ""));
  return answer;
}

/** Every chat of the simulator. @returns {Promise<Contact[]>} */
export function listContacts() {
  return /** @type {Promise<Contact[]>} */ (call("GET", "contacts"));
}

/** @param {string} contactId @param {string} action @param {unknown} [content] */
export function act(contactId, action, content) {
  const body = { action, ...(content !== undefined && { content }) };
  return call("POST", `contacts/${encodeURIComponent(contactId)}/agent`, body);
}

/** Drops the customer's sockets. @param {string} contactId */
export function cutNetwork(contactId) {
  return call("DELETE", `contacts/${encodeURIComponent(contactId)}/sockets`);
}
