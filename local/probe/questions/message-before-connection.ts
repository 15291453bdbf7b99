import { refusalQuestion } from "../refusal-question.ts";

/** Whether a customer can speak while nobody listens yet. */
export const messageBeforeConnection = refusalQuestion(
  "messageBeforeConnection",
  "Is a message accepted before the customer is connected?",
  async (context) => (await context.startChat()).say("Hello"),
);
