import { answered, type Question } from "../question.ts";

/** Messages to send: more than a page of GetTranscript has by default. */
const messages = 12;

/** What a page of no items is. */
export const maxResultsZero: Question = {
  id: "maxResultsZero",
  title: "How many of twelve messages does GetTranscript answer with MaxResults 0?",
  async ask(context) {
    const { chat } = await context.connectChat();
    for (let number = 1; number <= messages; number++) await chat.say(`${number}`);
    const { Transcript = [] } = await chat.transcript({ MaxResults: 0 });
    return answered(Transcript.length, `The page has ${Transcript.length} items; the default is 10.`);
  },
};
