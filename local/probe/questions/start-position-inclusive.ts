import type { GetTranscriptCommandInput } from "@aws-sdk/client-connectparticipant";
import type { ProbedChat } from "../probed-chat.ts";
import { answered, type Question } from "../question.ts";

type Page = Pick<GetTranscriptCommandInput, "StartPosition" | "ScanDirection">;

/** Whether a client that pages by StartPosition meets the item at it once more. */
export const startPositionInclusive: Question = {
  id: "startPositionInclusive",
  title: "Does GetTranscript count the item at StartPosition itself?",
  async ask(context) {
    const { chat, socket } = await context.connectChat();
    const sent = [];
    for (const text of ["one", "two", "three"]) sent.push(await chat.say(text));
    const [, middle, last] = sent;
    // What has been sent to the customer is in the transcript, or will be in a moment.
    await socket.itemWithin(5_000, ({ Id }) => Id === last?.Id);
    const Id = middle?.Id ?? "";
    const seen = {
      "FORWARD by Id": await holds(chat, Id, { StartPosition: { Id }, ScanDirection: "FORWARD" }),
      "BACKWARD by Id": await holds(chat, Id, { StartPosition: { Id }, ScanDirection: "BACKWARD" }),
      "FORWARD by AbsoluteTime": await holds(chat, Id, {
        StartPosition: { AbsoluteTime: middle?.AbsoluteTime },
        ScanDirection: "FORWARD",
      }),
    };
    const evidence = `Of three messages, a page from the second ${Object.entries(seen)
      .map(([how, isThere]) => `${isThere ? "holds" : "lacks"} it ${how}`)
      .join(", ")}.`;
    const [first, ...others] = Object.values(seen);
    if (first === undefined || others.some((other) => other !== first))
      return answered("it depends", evidence);
    return answered(first, evidence, { switches: { startPositionInclusive: first } });
  },
};

async function holds(chat: ProbedChat, id: string, page: Page): Promise<boolean> {
  const { Transcript = [] } = await chat.transcript({ ...page, MaxResults: 100 });
  return Transcript.some(({ Id }) => Id === id);
}
