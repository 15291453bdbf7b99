import { notAsked, type Question } from "../question.ts";

/** What of a chat reaches a message stream. */
export const streamedItems: Question = {
  id: "streamedItems",
  title: "Are receipts and idle events sent to a message stream?",
  ask: async () =>
    notAsked(
      "an SNS topic and an agent",
      "A stream needs a topic that somebody reads, and idle events need an agent who keeps silent.",
    ),
};
