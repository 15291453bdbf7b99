import { answered, type Question } from "../question.ts";

/** Time in which the end should be heard, and after which the socket is tried, in milliseconds. */
const endWithinMs = 10_000;

/** Who closes the socket of a chat that is over. */
export const socketAfterEnd: Question = {
  id: "socketAfterEnd",
  title: "Does a socket stay open after chat.ended?",
  async ask(context) {
    const { chat, socket } = await context.connectChat();
    await context.probing.ledger.stop(chat.contact.contactId);
    const ended = await socket.itemWithin(
      endWithinMs,
      ({ ContentType }) => ContentType?.endsWith("event.chat.ended") === true,
    );
    await context.waitUntil(context.now() + endWithinMs);
    const isAlive = await socket.isAlive();
    return answered(
      isAlive,
      `chat.ended ${ended ? "came" : "did not come"}, and ${endWithinMs / 1000} seconds later the socket ${isAlive ? "answered a ping" : "was closed"}.`,
    );
  },
};
