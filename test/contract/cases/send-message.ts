import { answered, type ContractCase, call, denied, invalid, story } from "../contract-case.ts";

const operation = "SendMessage";
const text = { ContentType: "text/plain", Content: "Hello" };
const sent = answered({ Id: "<id 1>", AbsoluteTime: "start + 4 s" });
const interactive = "application/vnd.amazonaws.connect.message.interactive.response";

/** A message of each type that a customer can send. */
const messages = [
  { ContentType: "text/plain", Content: 'Grüße, 世界 👋 \n\t"quoted" \\ <b>&amp;</b> \u2028' },
  { ContentType: "text/markdown", Content: "# Hello\n\n* **bold** [link](https://www.example.com)" },
  { ContentType: "application/json", Content: '{"any":["json",1,null,true]}' },
  {
    ContentType: interactive,
    Content:
      '{"templateType":"ListPicker","action":"select","version":"1.0","data":{"content":{"title":"a"}}}',
  },
];

export const sendMessageCases: readonly ContractCase[] = [
  ...messages.map((message) =>
    story(
      operation,
      `carries ${message.ContentType} as it is`,
      async (chat) => {
        const outcome = await chat.call(operation, message);
        const { Transcript } = await chat.get("GetTranscript");
        return { outcome, Transcript };
      },
      { outcome: sent, Transcript: [{ ...message, Id: "<id 1>", ParticipantRole: "CUSTOMER" }] },
    ),
  ),
  call(operation, "takes the shortest Content", { ...text, Content: "a" }, sent),
  call(operation, "takes the longest Content", { ...text, Content: "a".repeat(16_384) }, sent),
  call(operation, "counts characters, not UTF-16 units", { ...text, Content: "😀".repeat(16_384) }, sent),
  call(operation, "refuses a longer Content", { ...text, Content: "a".repeat(16_385) }, invalid),
  call(operation, "refuses an empty Content", { ...text, Content: "" }, invalid),
  call(operation, "refuses a missing Content", { ContentType: "text/plain" }, invalid),
  call(operation, "refuses a missing ContentType", { Content: "Hello" }, invalid),
  call(operation, "refuses an unknown ContentType", { ...text, ContentType: "text/html" }, invalid),
  call(operation, "refuses a ContentType too long", { ...text, ContentType: "a".repeat(101) }, invalid),
  call(
    operation,
    "refuses a ContentType that the contact was not started with",
    { ...text, ContentType: "text/markdown" },
    invalid,
    { start: { SupportedMessagingContentTypes: ["text/plain"] } },
  ),
  ...["\0", "\ud800"].map((fragment) =>
    call(
      operation,
      `with ${JSON.stringify(fragment)} in Content`,
      { ...text, Content: `a${fragment}b` },
      sent,
      {
        difference: { name: "no NUL", expected: invalid },
      },
    ),
  ),
  story(
    operation,
    "sends once what carries the same ClientToken",
    async (chat) => {
      const outcomes = [
        await chat.call(operation, { ...text, ClientToken: "one" }),
        await chat.call(operation, { ...text, ClientToken: "one" }),
        await chat.call(operation, { ...text, ClientToken: "two" }),
      ];
      return { outcomes, ...(await chat.get("GetTranscript")) };
    },
    {
      outcomes: [sent, sent, answered({ Id: "<id 2>" })],
      Transcript: [{ Id: "<id 2>" }, { Id: "<id 1>" }],
    },
  ),
  story(
    operation,
    "sends twice what carries no ClientToken, or an empty one",
    async (chat) => [
      await chat.call(operation, text),
      await chat.call(operation, text),
      await chat.call(operation, { ...text, ClientToken: "" }),
      await chat.call(operation, { ...text, ClientToken: "" }),
    ],
    [1, 2, 3, 4].map((number) => answered({ Id: `<id ${number}>` })),
  ),
  call(operation, "takes the longest ClientToken", { ...text, ClientToken: "a".repeat(500) }, sent),
  call(operation, "refuses a longer ClientToken", { ...text, ClientToken: "a".repeat(501) }, invalid),
  story(
    operation,
    "refuses the repeat of a message after the chat",
    async (chat) => {
      await chat.get(operation, { ...text, ClientToken: "one" });
      await chat.get("DisconnectParticipant");
      return chat.call(operation, { ...text, ClientToken: "one" });
    },
    denied,
  ),
  story(
    operation,
    "sent six times at once",
    async (chat) => {
      const statuses: unknown[] = [];
      for (const Content of "abcdef") {
        const outcome = await chat.callAtOnce(operation, { ...text, Content });
        statuses.push("error" in outcome ? [outcome.error.status, outcome.error.name] : 200);
      }
      return statuses;
    },
    Array(6).fill(200),
    {
      difference: { name: "rate limit", expected: [...Array(5).fill(200), [429, "ThrottlingException"]] },
    },
  ),
];
