import { createHash } from "node:crypto";
import type { SNSEventRecord } from "aws-lambda";
import * as z from "zod/mini";

/** Who may see what SNS brings: the subscription's filter lets nothing else through, and neither does the relay. */
const visible = new Set(["CUSTOMER", "ALL"]);

const item = z.object({
  InitialContactId: z.string().check(z.minLength(1), z.maxLength(256)),
  Id: z.string(),
  ContentType: z.optional(z.string()),
});

/** One item of a chat, as Connect streamed it. */
export interface Notification {
  /** InitialContactId: the session's key. */
  readonly chat: string;
  /**
   * Names the item for every notification of it: SNS may bring one twice. Its Id alone would not do: an attachment comes again
   * under the same Id when its scan is done.
   */
  readonly key: string;
  /** The item, as Connect wrote it. */
  readonly item: string;
  readonly isEnd: boolean;
}

/** Reads what SNS brought; undefined for what no customer may see, and for what is no item of a chat. */
export function readNotification({ Sns }: Pick<SNSEventRecord, "Sns">): Notification | undefined {
  const { Message, MessageAttributes } = Sns;
  if (!visible.has(MessageAttributes["MessageVisibility"]?.Value ?? "")) return undefined;
  const parsed = item.safeParse(parseJson(Message));
  if (!parsed.success) return undefined;
  const { InitialContactId: chat, Id, ContentType } = parsed.data;
  const digest = createHash("sha256").update(Message).digest("base64url");
  return {
    chat,
    key: `${chat}#${Id}#${digest}`,
    item: Message,
    isEnd: ContentType === "application/vnd.amazonaws.connect.event.chat.ended",
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
