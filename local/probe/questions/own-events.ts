import { answered, type Question } from "../question.ts";

/** Time in which an event should come back, in milliseconds. */
const echoWithinMs = 5_000;

/** Which of its own events a customer's socket hears. */
export const ownEvents: Question = {
  id: "ownEvents",
  title: "Which of the customer's own events come back on its socket?",
  async ask(context) {
    const { chat, socket } = await context.connectChat();
    const { Id: messageId = "" } = await chat.say("Hello");
    await chat.sendEvent("typing");
    const typing = await socket.itemWithin(
      echoWithinMs,
      ({ ContentType }) => ContentType?.endsWith("event.typing") === true,
    );
    await chat.sendEvent("message.read", JSON.stringify({ messageId }));
    const receipt = await socket.itemWithin(
      echoWithinMs,
      ({ MessageMetadata }) => MessageMetadata?.MessageId === messageId,
    );
    const heard = [typing && "typing", receipt && "receipts"].filter((name) => name !== undefined);
    return answered(
      heard.join(" and ") || "none",
      `Within ${echoWithinMs / 1000} seconds typing ${typing ? "came" : "did not come"} back, and the receipt of an own message ${receipt ? "did" : "did not"}.`,
    );
  },
};
