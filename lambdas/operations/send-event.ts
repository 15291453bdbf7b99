import { randomUUID } from "node:crypto";
import { SendEventCommand } from "@aws-sdk/client-connectparticipant";
import * as z from "zod/mini";
import { toIsoTime } from "../clock.ts";
import { answeredFields } from "../connect/answered-fields.ts";
import { clientToken, text } from "../input/schemas.ts";
import type { Cell } from "../rate-limits/limits.ts";
import { admit } from "../sessions/admit.ts";
import { passedOnOperation } from "./passed-on.ts";

/** The cell of each event a customer may send. */
const cellOf = {
  "application/vnd.amazonaws.connect.event.typing": "typing",
  "application/vnd.amazonaws.connect.event.message.delivered": "delivered",
  "application/vnd.amazonaws.connect.event.message.read": "read",
  "application/vnd.amazonaws.connect.event.connection.acknowledged": "acknowledged",
} as const satisfies Readonly<Record<string, Cell>>;

const contentTypes = Object.keys(cellOf) as (keyof typeof cellOf)[];

/**
 * SendEvent: typing, receipts, acknowledgement. Beyond its limit an event is absorbed, answered as if it had been
 * sent: it would soon be out of date, and a 429 only earns retries. Never de-duplicated by ClientToken: chat clients
 * send a constant.
 */
export const sendEvent = passedOnOperation({
  input: z.object({
    ContentType: z.enum(contentTypes),
    Content: z.optional(text(1, 16_384)),
    ClientToken: clientToken,
  }),
  admit: async (services, handle, { ContentType }, besides) => {
    const admission = await admit(services, handle, cellOf[ContentType], besides);
    if (admission.admitted) return admission;
    return { answer: { Id: randomUUID(), AbsoluteTime: toIsoTime(services.clock.now()) } };
  },
  command: (input) => {
    const request = { ...input, ClientToken: input.ClientToken ?? randomUUID() };
    return () => new SendEventCommand({ ...request, ConnectionToken: undefined });
  },
  answer: (answered) => answeredFields(answered, "Id", "AbsoluteTime"),
});
