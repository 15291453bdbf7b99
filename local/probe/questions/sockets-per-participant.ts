import { answered, type Question } from "../question.ts";
import { fillWithSockets } from "../socket-limit.ts";

/** How many tabs of one chat can be open at a time. */
export const socketsPerParticipant: Question = {
  id: "socketsPerParticipant",
  title: "How many sockets may a participant have open?",
  async ask(context) {
    const { limit, tried } = await fillWithSockets(context);
    return limit === undefined
      ? answered(`more than ${tried}`, `${tried} sockets of one participant stayed open.`)
      : answered(limit, `${limit} stayed open; one more did not, or cost an older one.`, {
          switches: { socketsPerParticipant: limit },
        });
  },
};
