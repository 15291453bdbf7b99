import { advertisedSeconds } from "../advertised-life.ts";
import { answered, type Question } from "../question.ts";

/** Within what time a browser must open its socket. */
export const socketUrlSeconds: Question = {
  id: "socketUrlSeconds",
  title: "How many seconds of life does a socket URL advertise?",
  async ask(context) {
    const { chat } = await context.connectChat();
    const { socketExpiry, answeredAt } = chat.connection;
    const seconds = advertisedSeconds(socketExpiry, answeredAt + (await chat.clockAhead()));
    return answered(seconds, `ConnectionExpiry lay ${seconds} seconds ahead.`, {
      switches: { socketUrlSeconds: seconds },
    });
  },
};
