// @ts-check
import { refusalOf } from "./refusal.js";

/**
 * Asks the service for a chat.
 *
 * @param {{ name: string, flow: string, message: string }} wishes
 * @returns {Promise<import("./stored-chat.js").Handles>}
 * @throws {import("./refusal.js").Refusal}
 */
export async function startChat({ name, flow, message }) {
  const response = await fetch("/chat", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      ContactFlowId: flow,
      ParticipantDetails: { DisplayName: name },
      ...(message && { InitialMessage: { ContentType: "text/plain", Content: message } }),
    }),
  }).catch(() => {
    throw refusalOf({ status: 0 });
  });
  const body = await response.json().catch(() => ({}));
  if (!response.ok) {
    const retryAfter = Number(response.headers.get("retry-after") ?? 0);
    throw refusalOf({
      status: response.status,
      reason: body.reason,
      message: body.message,
      ...(retryAfter > 0 && { retryAfterSeconds: Math.ceil(retryAfter) }),
    });
  }
  const { ContactId, ParticipantId, ParticipantToken } = body.data.startChatResult;
  return {
    contactId: ContactId,
    participantId: ParticipantId,
    participantToken: ParticipantToken,
    displayName: name,
  };
}
