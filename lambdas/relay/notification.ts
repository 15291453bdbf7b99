import { createHash } from "node:crypto";
import type { SNSEventRecord } from "aws-lambda";
import * as z from "zod/mini";

/** Who may see what SNS brings: the subscription's filter lets nothing else through, and neither does the relay. */
const visible = new Set(["CUSTOMER", "ALL"]);

/** Items that come again under their Id with other content: a file whose scan is done, a receipt of the same message. */
const changing = new Set(["ATTACHMENT", "MESSAGEMETADATA"]);

const item = z.object({
  InitialContactId: z.optional(z.string()),
  Id: z.optional(z.string()),
  Type: z.optional(z.string()),
  ContentType: z.optional(z.string()),
  AbsoluteTime: z.optional(z.string()),
});

/** One item of a chat, as Connect streamed it. */
export interface Notification {
  /** InitialContactId: the session's key. */
  readonly chat: string;
  /** Names the item for every notification of it: SNS may bring one twice. */
  readonly key: string;
  /** The item, as Connect wrote it. */
  readonly item: string;
  /** When it happened, in milliseconds since the epoch; when SNS took it, where it does not say. */
  readonly time: number;
  readonly isEnd: boolean;
}

/** Reads what SNS brought; undefined for what no customer may see, and for what is no item of a chat. */
export function readNotification({ Sns }: Pick<SNSEventRecord, "Sns">): Notification | undefined {
  const { Message, MessageAttributes, Timestamp } = Sns;
  if (!visible.has(MessageAttributes["MessageVisibility"]?.Value ?? "")) return undefined;
  const parsed = item.safeParse(parseJson(Message));
  if (!parsed.success) return undefined;
  const { Id, Type, ContentType, AbsoluteTime, InitialContactId } = parsed.data;
  const chat = InitialContactId ?? MessageAttributes["InitialContactId"]?.Value;
  if (!chat || chat.length > 256 || (Id ?? Type) === undefined) return undefined;
  const time = Date.parse(AbsoluteTime ?? "");
  return {
    chat,
    key: `${chat}#${nameOf(Message, Id, Type)}`,
    item: Message,
    time: Number.isNaN(time) ? Date.parse(Timestamp) || 0 : time,
    isEnd: ContentType === "application/vnd.amazonaws.connect.event.chat.ended",
  };
}

/** The Id, and a digest where that would not tell one item from the next: what was said can be guessed from a digest. */
function nameOf(message: string, id: string | undefined, type = ""): string {
  if (id !== undefined && !changing.has(type)) return id;
  return `${id ?? ""}#${createHash("sha256").update(message).digest("base64url")}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
