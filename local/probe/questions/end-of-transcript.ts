import { answered, type Question } from "../question.ts";

/** Pages to read at most: the chat is new, so even a talkative flow needs no more. */
const mostPages = 5;

/** How a client knows that it has read everything. */
export const endOfTranscript: Question = {
  id: "endOfTranscript",
  title: "How does GetTranscript say that there is no more?",
  async ask(context) {
    const { chat } = await context.connectChat();
    await chat.say("one");
    let NextToken: string | undefined;
    for (let page = 1; page <= mostPages; page++) {
      const answer = await chat.transcript({ MaxResults: 100, ...(NextToken && { NextToken }) });
      NextToken = answer.NextToken;
      if (!NextToken) {
        const value = NextToken === undefined ? "missing" : "empty";
        const evidence = `The NextToken of page ${page}, the last, is ${value}.`;
        return answered(value, evidence, { switches: { endOfTranscript: value } });
      }
    }
    throw new Error(`A new chat's transcript has more than ${mostPages} pages of 100 items.`);
  },
};
