/** The part a participant plays (API reference, Item$ParticipantRole). */
export type Role = "CUSTOMER" | "AGENT" | "SUPERVISOR" | "SYSTEM";

/** Somebody in a chat. */
export type Participant = {
  id: string;
  role: Role;
  displayName: string;
  /** invited: not yet connected; joined: active; left: gone for good. */
  state: "invited" | "joined" | "left";
};

/** When one recipient got or read a message (API reference, Receipt). */
export type Receipt = {
  DeliveredTimestamp?: string;
  ReadTimestamp?: string;
  RecipientParticipantId: string;
};

/** What an item tells of a file (API reference, AttachmentItem). */
export type AttachmentItem = {
  ContentType: string;
  AttachmentId: string;
  AttachmentName: string;
  Status: "IN_PROGRESS" | "APPROVED" | "REJECTED";
};

/** One thing that happened in a chat, as sockets carry it; the transcript leaves InitialContactId out. */
export type Item = {
  AbsoluteTime: string;
  Id: string;
  Type: "MESSAGE" | "EVENT" | "ATTACHMENT" | "MESSAGEMETADATA";
  ContactId: string;
  InitialContactId: string;
  ContentType?: string;
  Content?: string;
  ParticipantId?: string;
  DisplayName?: string;
  ParticipantRole?: Role;
  Attachments?: AttachmentItem[];
  MessageMetadata?: { MessageId: string; Receipts: Receipt[] };
};

/**
 * Who may see an item (administrator guide, "Enable real-time chat message streaming": MessageVisibility). It stands
 * beside the item, never in it.
 */
export type Visibility = "ALL" | "CUSTOMER" | "AGENT";

/** A message stream that was started for a contact: what is published from then on goes to its topic. */
export type Streaming = { StreamingId: string; StreamingEndpointArn: string };

/** A file on its way through a chat. */
export type Attachment = {
  id: string;
  name: string;
  contentType: string;
  size: number;
  sender: Participant;
  /** The object that the upload URL writes, for as long as the URL lives. */
  uploadKey: string;
  /** The object that was scanned and is downloaded: a later upload cannot change it. */
  storedKey: string;
  state: "STARTED" | AttachmentItem["Status"];
};

/** One chat, with everything that is known of it. */
export type Contact = {
  contactId: string;
  initialContactId: string;
  instanceId: string;
  contactFlowId: string;
  attributes: Record<string, string>;
  initialMessage: { ContentType: string; Content: string } | undefined;
  chatDurationInMinutes: number;
  supportedMessagingContentTypes: string[];
  /** WAITING: the customer is not connected, so the flow has not started; CONNECTED; ENDED. */
  status: "WAITING" | "CONNECTED" | "ENDED";
  endedReason: string | undefined;
  customer: Participant;
  /** The customer first, then the others in order of arrival. */
  participants: Participant[];
  /** The stored items that the customer may see, oldest first. */
  transcript: Item[];
  /** The messages for agents and supervisors only, oldest first. */
  agentOnlyItems: Item[];
  attachments: Map<string, Attachment>;
  streamings: Streaming[];
  /** Whether a human plays the agent, so that the scripted one does nothing more in this chat. */
  takenOver: boolean;
};
