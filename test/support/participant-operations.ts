/** A request that the API serves to a chat in good order. */
export interface ParticipantOperation {
  /** The SDK's name. */
  readonly name: string;
  readonly path: string;
  /** A valid body; of those that name an attachment, one that is not there. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** CreateParticipantConnection, the one operation of the participant handle. */
export const createConnection: ParticipantOperation = {
  name: "CreateParticipantConnection",
  path: "/participant/connection",
  body: { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] },
};

/** DisconnectParticipant, the one operation an ended chat still answers. */
export const disconnect: ParticipantOperation = {
  name: "DisconnectParticipant",
  path: "/participant/disconnect",
  body: {},
};

/** SendMessage. */
export const sendMessage: ParticipantOperation = {
  name: "SendMessage",
  path: "/participant/message",
  body: { ContentType: "text/plain", Content: "hello" },
};

/** The operations of the connection handle that an ended chat refuses. */
export const chatOperations: readonly ParticipantOperation[] = [
  sendMessage,
  {
    name: "SendEvent",
    path: "/participant/event",
    body: { ContentType: "application/vnd.amazonaws.connect.event.typing" },
  },
  { name: "GetTranscript", path: "/participant/transcript", body: {} },
  {
    name: "StartAttachmentUpload",
    path: "/participant/start-attachment-upload",
    body: {
      ContentType: "text/plain",
      AttachmentSizeInBytes: 4,
      AttachmentName: "note.txt",
      ClientToken: "one",
    },
  },
  {
    name: "CompleteAttachmentUpload",
    path: "/participant/complete-attachment-upload",
    body: { AttachmentIds: ["no-such-attachment"], ClientToken: "one" },
  },
  { name: "GetAttachment", path: "/participant/attachment", body: { AttachmentId: "no-such-attachment" } },
];

/** All seven operations of the connection handle. */
export const connectionOperations: readonly ParticipantOperation[] = [...chatOperations, disconnect];

/** Those that ask Connect whatever they carry: uploads only do once a file has arrived and was inspected. */
export const operationsAskingConnect: readonly ParticipantOperation[] = connectionOperations.filter(
  ({ name }) => !["StartAttachmentUpload", "CompleteAttachmentUpload"].includes(name),
);
