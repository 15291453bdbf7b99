import type { Input } from "../client.ts";
import { answered, type ContractCase, call, invalid, story } from "../contract-case.ts";
import type { ContractChat } from "../contract-chat.ts";

const operation = "GetTranscript";

/** Ids of twelve messages of the agent, "a" 6 seconds after the start to "l" at 28; the two joins came before. */
async function talk(chat: ContractChat): Promise<string[]> {
  await chat.openSocket();
  await chat.agent("join");
  const ids: string[] = [];
  for (const content of "abcdefghijkl") ids.push((await chat.agent("message", content)).Id ?? "");
  return ids;
}

/** A case of one call after {@link talk}; told from the messages' contents. */
function page(
  title: string,
  input: Input | ((ids: string[], chat: ContractChat) => Input),
  expected: unknown,
) {
  return call(
    operation,
    title,
    async (chat) => {
      const ids = await talk(chat);
      return typeof input === "function" ? input(ids, chat) : input;
    },
    expected,
  );
}

/** The items of an answer, from one content to the next; joins have none. */
function items(contents: string) {
  return answered({
    Transcript: [...contents].map((letter) => (letter === "-" ? { Type: "EVENT" } : { Content: letter })),
  });
}

/** Follows NextToken until there is none. */
async function pages(chat: ContractChat, input: Input): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (let NextToken: unknown; seen.length < 9; ) {
    const answer = await chat.get(operation, { ...input, ...(NextToken ? { NextToken } : {}) });
    seen.push(answer);
    NextToken = answer["NextToken"];
    if (!NextToken) break;
  }
  return seen;
}

/** What getTranscript({}) of amazon-connect-chatjs sends. */
const chatjsInput = {
  MaxResults: 15,
  ScanDirection: "BACKWARD",
  SortOrder: "ASCENDING",
  StartPosition: {},
};

const directions = [
  ["FORWARD", "ASCENDING", "efg"],
  ["FORWARD", "DESCENDING", "gfe"],
  ["BACKWARD", "ASCENDING", "cde"],
  ["BACKWARD", "DESCENDING", "edc"],
] as const;

export const getTranscriptCases: readonly ContractCase[] = [
  page("answers the ten newest items, newest first", {}, items("lkjihgfedc")),
  page("answers as many as MaxResults", { MaxResults: 1 }, items("l")),
  page("takes MaxResults 0 for none given", { MaxResults: 0 }, items("lkjihgfedc")),
  page("answers all within MaxResults", { MaxResults: 100 }, items("lkjihgfedcba--")),
  page("refuses more than 100", { MaxResults: 101 }, invalid),
  page("refuses fewer than 0", { MaxResults: -1 }, invalid),
  page("orders a page ascending", { SortOrder: "ASCENDING", MaxResults: 3 }, items("jkl")),
  page("orders a page descending", { SortOrder: "DESCENDING", MaxResults: 3 }, items("lkj")),
  page("refuses an unknown SortOrder", { SortOrder: "RANDOM" }, invalid),
  page("scans backward", { ScanDirection: "BACKWARD", MaxResults: 2 }, items("lk")),
  page("refuses an unknown ScanDirection", { ScanDirection: "SIDEWARD" }, invalid),
  page("refuses to scan forward from nowhere", { ScanDirection: "FORWARD" }, invalid),
  page("takes an empty StartPosition for none", { StartPosition: {}, MaxResults: 2 }, items("lk")),
  page("takes what chatjs sends", chatjsInput, items("--abcdefghijkl")),
  ...directions.map(([ScanDirection, SortOrder, contents]) =>
    page(
      `starts at an item and goes ${ScanDirection}, ${SortOrder}`,
      (ids) => ({ StartPosition: { Id: ids[4] }, ScanDirection, SortOrder, MaxResults: 3 }),
      items(contents),
    ),
  ),
  page(
    "goes forward from a StartPosition by default",
    (ids) => ({ StartPosition: { Id: ids[4] }, MaxResults: 2, SortOrder: "ASCENDING" }),
    items("ef"),
  ),
  page(
    "starts at a time",
    (_ids, { startedAt }) => ({
      StartPosition: { AbsoluteTime: new Date(startedAt + 20_000).toISOString() },
      SortOrder: "ASCENDING",
      MaxResults: 3,
    }),
    items("hij"),
  ),
  page(
    "starts at the most recent items",
    { StartPosition: { MostRecent: 2 }, SortOrder: "ASCENDING" },
    items("kl"),
  ),
  page("takes MostRecent 0", { StartPosition: { MostRecent: 0 } }, answered()),
  page("takes MostRecent 100", { StartPosition: { MostRecent: 100 }, MaxResults: 1 }, items("-")),
  page("refuses MostRecent 101", { StartPosition: { MostRecent: 101 } }, invalid),
  page("refuses an item that is not there", { StartPosition: { Id: "nowhere" } }, invalid),
  page("refuses a time that is none", { StartPosition: { AbsoluteTime: "noon" } }, invalid),
  page("refuses two positions", (ids) => ({ StartPosition: { Id: ids[4], MostRecent: 2 } }), invalid),
  page(
    "takes its own ContactId",
    (_ids, { tokens }) => ({ ContactId: tokens.ContactId, MaxResults: 1 }),
    items("l"),
  ),
  page("answers nothing of a foreign ContactId", { ContactId: "another" }, items("")),
  page("refuses an empty ContactId", { ContactId: "" }, invalid),
  page("refuses a ContactId too long", { ContactId: "a".repeat(257) }, invalid),
  page("refuses a NextToken it never made", { NextToken: "bad" }, invalid),
  page("refuses a NextToken too long", { NextToken: "a".repeat(1_001) }, invalid),
  ...["missing", "empty"].map((endOfTranscript) =>
    story(
      operation,
      `pages backward to the end, where NextToken is ${endOfTranscript}`,
      async (chat) => {
        await chat.control("PUT", "switches", { endOfTranscript });
        await talk(chat);
        return pages(chat, { MaxResults: 5, SortOrder: "ASCENDING" });
      },
      ["hijkl", "cdefg", "--ab"].map((contents) => items(contents).output),
    ),
  ),
  story(
    operation,
    "pages forward to the end",
    async (chat) => {
      const ids = await talk(chat);
      return pages(chat, {
        MaxResults: 4,
        SortOrder: "ASCENDING",
        ScanDirection: "FORWARD",
        StartPosition: { Id: ids[3] },
      });
    },
    ["defg", "hijk", "l"].map((contents) => items(contents).output),
  ),
];
