import { advertisedSeconds } from "../advertised-life.ts";
import { answered, type Question, undecided } from "../question.ts";
import { inMinutes } from "../time-window.ts";

/** Time before and after the expiry at which a URL is tried, in milliseconds. */
const marginMs = 3_000;

/** Whether a socket URL really dies when it says so. */
export const socketUrlEnforced: Question = {
  id: "socketUrlEnforced",
  title: "Is a socket URL refused once it has expired?",
  async ask(context) {
    const { patienceMs } = context.probing;
    const { chat } = await context.connectChat();
    const ahead = await chat.clockAhead();
    const early = await chat.reconnect();
    const late = await chat.reconnect();
    const seconds = advertisedSeconds(late.socketExpiry, late.answeredAt + ahead);
    if (seconds * 1000 + marginMs > patienceMs) {
      return undecided(
        `not decided within ${inMinutes(patienceMs)}; it advertises ${seconds} seconds`,
        "A URL would have had to be kept until it expires.",
      );
    }
    await context.waitUntil(early.answeredAt + seconds * 1000 - marginMs);
    const opensEarly = (await context.openSocket(early.socketUrl)) !== undefined;
    await context.waitUntil(late.answeredAt + seconds * 1000 + marginMs);
    const opensLate = (await context.openSocket(late.socketUrl)) !== undefined;
    const evidence = `One ${marginMs / 1000} seconds before its expiry was ${opensEarly ? "accepted" : "refused"}, one ${marginMs / 1000} seconds after it ${opensLate ? "accepted" : "refused"}.`;
    return answered(!opensLate, evidence);
  },
};
