import { advertisedSeconds } from "../advertised-life.ts";
import { answered, type Question } from "../question.ts";

/** How long a connection token is good: a longer chat needs another one. */
export const connectionTokenSeconds: Question = {
  id: "connectionTokenSeconds",
  title: "How many seconds of life does a connection token advertise?",
  async ask(context) {
    const { chat } = await context.connectChat();
    const { tokenExpiry, answeredAt } = chat.connection;
    const seconds = advertisedSeconds(tokenExpiry, answeredAt + (await chat.clockAhead()));
    return answered(
      seconds,
      `Expiry lay ${seconds} seconds ahead; that the token dies then was not waited for.`,
      {
        switches: { connectionTokenSeconds: seconds },
      },
    );
  },
};
