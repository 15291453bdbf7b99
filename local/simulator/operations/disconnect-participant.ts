import type { ParticipantOperation } from "./operation.ts";

/** DisconnectParticipant: the customer leaves, and with that the contact ends. */
export const disconnectParticipant: ParticipantOperation = {
  service: "participant",
  name: "DisconnectParticipant",
  bearer: "connection",
  idempotent: true,
  repeatsAfterEnd: true,
  run(input, { contact, participant }, { chats }) {
    input.optionalText("ClientToken", { max: 500 });
    chats.leave(contact, participant, "the customer disconnected");
    return {};
  },
};
