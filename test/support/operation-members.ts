/**
 * One member of an operation's input, as the service model bounds it (connectparticipant 2018-09-07;
 * StartChatContact: connect 2017-08-08).
 */
export interface Member {
  /** Dotted below a structure. */
  readonly name: string;
  readonly type: "text" | "choice" | "integer" | "flag" | "list" | "structure";
  /** Characters, numeric value or entries. */
  readonly min?: number;
  readonly max?: number;
  readonly required?: true;
}

/** An operation with a valid body, and every member of it. */
export interface OperationInput {
  readonly name: string;
  readonly path: string;
  readonly handle: "participantHandle" | "connectionHandle";
  readonly body: Readonly<Record<string, unknown>>;
  readonly members: readonly Member[];
}

const clientToken: Member = { name: "ClientToken", type: "text", max: 500 };
const nonEmptyClientToken: Member = { name: "ClientToken", type: "text", min: 1, max: 500, required: true };
const connectionHandle = "connectionHandle";
const typing = "application/vnd.amazonaws.connect.event.typing";

// biome-ignore format: a table reads by its columns
export const operationInputs: readonly OperationInput[] = [
  { name: "CreateParticipantConnection", path: "/participant/connection", handle: "participantHandle",
    body: { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] },
    members: [
      { name: "Type", type: "list", min: 1 },
      { name: "Type.0", type: "choice" },
      { name: "ConnectParticipant", type: "flag" },
    ] },
  { name: "SendMessage", path: "/participant/message", handle: connectionHandle,
    body: { ContentType: "text/plain", Content: "hello" },
    members: [
      { name: "ContentType", type: "choice", required: true },
      { name: "Content", type: "text", min: 1, max: 16_384, required: true },
      clientToken,
    ] },
  { name: "SendEvent", path: "/participant/event", handle: connectionHandle, body: { ContentType: typing },
    members: [
      { name: "ContentType", type: "choice", required: true },
      { name: "Content", type: "text", min: 1, max: 16_384 },
      clientToken,
    ] },
  { name: "GetTranscript", path: "/participant/transcript", handle: connectionHandle, body: {},
    members: [
      { name: "ContactId", type: "text", min: 1, max: 256 },
      { name: "MaxResults", type: "integer", min: 0, max: 100 },
      { name: "NextToken", type: "text", min: 1, max: 1_000 },
      { name: "ScanDirection", type: "choice" },
      { name: "SortOrder", type: "choice" },
      { name: "StartPosition", type: "structure" },
      { name: "StartPosition.Id", type: "text", min: 1, max: 256 },
      { name: "StartPosition.AbsoluteTime", type: "text", min: 1, max: 100 },
      { name: "StartPosition.MostRecent", type: "integer", min: 0, max: 100 },
    ] },
  { name: "StartAttachmentUpload", path: "/participant/start-attachment-upload", handle: connectionHandle,
    body: { ContentType: "text/plain", AttachmentSizeInBytes: 4, AttachmentName: "a.txt", ClientToken: "one" },
    members: [
      { name: "ContentType", type: "text", min: 1, max: 255, required: true },
      { name: "AttachmentSizeInBytes", type: "integer", min: 1, required: true },
      { name: "AttachmentName", type: "text", min: 1, max: 256, required: true },
      nonEmptyClientToken,
    ] },
  { name: "CompleteAttachmentUpload", path: "/participant/complete-attachment-upload", handle: connectionHandle,
    body: { AttachmentIds: ["none"], ClientToken: "one" },
    members: [
      { name: "AttachmentIds", type: "list", min: 1, max: 1, required: true },
      { name: "AttachmentIds.0", type: "text", min: 1, max: 256, required: true },
      nonEmptyClientToken,
    ] },
  { name: "GetAttachment", path: "/participant/attachment", handle: connectionHandle, body: { AttachmentId: "none" },
    members: [
      { name: "AttachmentId", type: "text", min: 1, max: 256, required: true },
      { name: "UrlExpiryInSeconds", type: "integer", min: 5, max: 300 },
    ] },
  { name: "DisconnectParticipant", path: "/participant/disconnect", handle: connectionHandle, body: {},
    members: [clientToken] },
  { name: "StartChatContact", path: "/chat", handle: "participantHandle",
    body: { ContactFlowId: "support", ParticipantDetails: { DisplayName: "Jane" }, InitialMessage: { ContentType: "text/plain", Content: "hi" }, SupportedMessagingContentTypes: ["text/plain"] },
    members: [
      { name: "ContactFlowId", type: "text", min: 1, max: 500 },
      { name: "ParticipantDetails", type: "structure", required: true },
      { name: "ParticipantDetails.DisplayName", type: "text", min: 1, max: 256, required: true },
      { name: "Username", type: "text", min: 1, max: 256 },
      { name: "Attributes", type: "structure" },
      { name: "InitialMessage", type: "structure" },
      { name: "InitialMessage.ContentType", type: "choice", required: true },
      { name: "InitialMessage.Content", type: "text", min: 1, max: 16_384, required: true },
      { name: "SupportedMessagingContentTypes", type: "list", min: 1 },
      { name: "SupportedMessagingContentTypes.0", type: "choice" },
      { name: "ChatDurationInMinutes", type: "integer", min: 60, max: 10_080 },
    ] },
];

/** Limits that no test meets, for a test that is about something else. */
export const generousLimits = JSON.stringify(
  Object.fromEntries(
    ["message", "typing", "delivered", "read", "acknowledged", "transcript", "connection"]
      .concat(["connection-wait", "start-upload", "complete-upload", "get-attachment"])
      .map((cell) => [cell, { intervalMs: 1, burst: 100_000 }]),
  ),
);
