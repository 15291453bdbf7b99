import type { Contact } from "../chat/contact.ts";
import type { SocketHub } from "../socket/socket-hub.ts";

/** A contact as `GET /_sim/contacts` and `GET /_sim/contacts/{ContactId}` show it: everything but its tokens. */
export function describeContact(contact: Contact, sockets: SocketHub): object {
  return {
    ContactId: contact.contactId,
    InitialContactId: contact.initialContactId,
    InstanceId: contact.instanceId,
    ContactFlowId: contact.contactFlowId,
    Status: contact.status,
    EndedReason: contact.endedReason ?? null,
    DisplayName: contact.customer.displayName,
    Attributes: contact.attributes,
    InitialMessage: contact.initialMessage ?? null,
    ChatDurationInMinutes: contact.chatDurationInMinutes,
    SupportedMessagingContentTypes: contact.supportedMessagingContentTypes,
    Streamings: contact.streamings,
    Participants: contact.participants.map(({ id, role, displayName, state }) => ({
      ParticipantId: id,
      ParticipantRole: role,
      DisplayName: displayName,
      State: state,
    })),
    Transcript: contact.transcript,
    AgentOnlyItems: contact.agentOnlyItems,
    Attachments: [...contact.attachments.values()].map(({ id, name, contentType, size, state }) => ({
      AttachmentId: id,
      AttachmentName: name,
      ContentType: contentType,
      SizeInBytes: size,
      State: state,
    })),
    TakenOver: contact.takenOver,
    OpenSockets: sockets.countOf(contact),
  };
}
