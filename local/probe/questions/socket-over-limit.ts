import { answered, type Question, undecided } from "../question.ts";
import { fillWithSockets } from "../socket-limit.ts";

/** What one tab too many does to the others. */
export const socketOverLimit: Question = {
  id: "socketOverLimit",
  title: "What does a socket beyond that limit cause?",
  async ask(context) {
    const { limit, tried, effect } = await fillWithSockets(context);
    if (limit === undefined || effect === undefined) {
      return undecided(
        `not decided: more than ${tried} are allowed`,
        `${tried} sockets of one participant stayed open.`,
      );
    }
    if (effect === "close-another") {
      return answered(effect, `Socket ${limit + 1} opened, and one that is not the oldest closed.`);
    }
    const evidence =
      effect === "refuse"
        ? `Socket ${limit + 1} was refused, the others stayed open.`
        : `Socket ${limit + 1} opened, and the oldest closed.`;
    return answered(effect, evidence, { switches: { socketOverLimit: effect } });
  },
};
