import * as z from "zod";

const fault = z.strictObject({
  operation: z.string().min(1),
  status: z.int().min(200).max(599).optional(),
  type: z.string().optional(),
  times: z.int().min(0).optional(),
  rate: z.number().min(0).max(1).optional(),
  delayMs: z.int().min(0).optional(),
  cut: z.enum(["before", "after", "mid-body"]).optional(),
  body: z.enum(["html", "truncated"]).optional(),
});

/** `PUT /_sim/faults`: the plan, or the plan with the seed of its probabilities. */
export const faultsSchema = z.union([
  z.array(fault).transform((faults) => ({ faults, seed: 1 })),
  z.strictObject({ faults: z.array(fault), seed: z.int().default(1) }),
]);

/** `PUT /_sim/clock`. */
export const clockSchema = z.strictObject({ offsetSeconds: z.number() });

/** `PUT /_sim/quotas`: whether to enforce, and the quotas that differ from the defaults. */
export const quotasSchema = z.strictObject({
  enforce: z.boolean(),
  calls: z
    .record(z.string(), z.strictObject({ rate: z.number().min(0), burst: z.number().min(0) }))
    .optional(),
  concurrentChats: z.int().min(0).optional(),
});

const messageId = z.string().min(1);
const text = z.string().min(1);

const colleague = z.strictObject({ displayName: text.default("Colleague") });

const joiner = z.strictObject({
  displayName: text.default("Agent"),
  role: z.enum(["AGENT", "SUPERVISOR"]).default("AGENT"),
});

const message = z.strictObject({ contentType: text.default("text/plain"), content: text });

const file = z.strictObject({
  name: text.default("note.txt"),
  contentType: text.default("text/plain"),
  text: z.string().optional(),
  base64: z.string().optional(),
});

/** A text alone, for a structure of which only that one member matters. */
function orText<T extends z.ZodType>(structure: T, member: string) {
  return z.preprocess((value) => (typeof value === "string" ? { [member]: value } : value), structure);
}

/** `POST /_sim/contacts/{ContactId}/agent`. */
export const agentActionSchema = z.discriminatedUnion("action", [
  z.strictObject({
    action: z.literal("join"),
    content: orText(joiner, "displayName").default(joiner.parse({})),
  }),
  z.strictObject({
    action: z.literal("message"),
    content: orText(message, "content"),
    visibility: z.enum(["ALL", "CUSTOMER", "AGENT"]).default("ALL"),
  }),
  z.strictObject({ action: z.literal("system"), content: text }),
  z.strictObject({ action: z.literal("typing") }),
  z.strictObject({ action: z.literal("delivered"), content: messageId.optional() }),
  z.strictObject({ action: z.literal("read"), content: messageId.optional() }),
  z.strictObject({ action: z.literal("attachment"), content: orText(file, "text") }),
  z.strictObject({
    action: z.literal("transfer"),
    content: orText(colleague, "displayName").default(colleague.parse({})),
  }),
  z.strictObject({ action: z.literal("transfer-failed") }),
  z.strictObject({ action: z.literal("leave") }),
  z.strictObject({ action: z.enum(["idle", "returned", "autodisconnect"]) }),
  z.strictObject({ action: z.literal("take-over") }),
  z.strictObject({ action: z.literal("end") }),
]);

/** What a test or a demo can make the agent do. */
export type AgentAction = z.infer<typeof agentActionSchema>;
