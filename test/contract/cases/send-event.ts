import { answered, type ContractCase, call, conflict, invalid, story } from "../contract-case.ts";
import type { ContractChat } from "../contract-chat.ts";

const operation = "SendEvent";
const prefix = "application/vnd.amazonaws.connect.event.";
const typing = { ContentType: `${prefix}typing` };
const sent = answered({ Id: "<id 1>", AbsoluteTime: "start + 4 s" });

/** A message of the agent's, to be received and read. */
async function agentMessage(chat: ContractChat): Promise<string> {
  await chat.openSocket();
  await chat.agent("join");
  const { Id = "" } = await chat.agent("message", "How can I help?");
  return Id;
}

function receipt(kind: "delivered" | "read", messageId: string) {
  return {
    ContentType: `${prefix}message.${kind}`,
    Content: JSON.stringify({ messageId }),
    ClientToken: kind === "read" ? "INCOMING_READ_RECEIPT" : "INCOMING_DELIVERED_RECEIPT",
  };
}

/** How many typing events the sender's own socket heard of `count` sent at once. */
async function typeAtOnce(chat: ContractChat, count: number) {
  const socket = await chat.openSocket();
  const outcomes: unknown[] = [];
  while (outcomes.length < count) outcomes.push(await chat.callAtOnce(operation, typing));
  await socket.settled();
  const echoed = socket.items().filter(({ ContentType }) => ContentType === typing.ContentType);
  return { outcomes, echoed: echoed.length };
}

export const sendEventCases: readonly ContractCase[] = [
  call(operation, "takes typing", typing, sent),
  call(
    operation,
    "takes typing with Content and ClientToken",
    { ...typing, Content: "{}", ClientToken: "a" },
    sent,
  ),
  call(operation, "takes connection.acknowledged", { ContentType: `${prefix}connection.acknowledged` }, sent),
  story(
    operation,
    "keeps when a message was delivered and read",
    async (chat) => {
      const messageId = await agentMessage(chat);
      const delivered = await chat.call(operation, receipt("delivered", messageId));
      const read = await chat.call(operation, receipt("read", messageId));
      return { delivered, read, ...(await chat.get("GetTranscript", { MaxResults: 1 })) };
    },
    {
      delivered: answered({ AbsoluteTime: "start + 8 s" }),
      read: answered({ AbsoluteTime: "start + 10 s" }),
      Transcript: [
        {
          MessageMetadata: {
            Receipts: [{ DeliveredTimestamp: "start + 8 s", ReadTimestamp: "start + 10 s" }],
          },
        },
      ],
    },
  ),
  story(
    operation,
    "never takes one for the repeat of another, though clients send a constant ClientToken",
    async (chat) => {
      const first = await agentMessage(chat);
      const { Id: second = "" } = await chat.agent("message", "Hello?");
      await chat.call(operation, receipt("read", first));
      await chat.call(operation, receipt("read", second));
      return chat.get("GetTranscript", { MaxResults: 2 });
    },
    {
      Transcript: [
        { MessageMetadata: { Receipts: [{ ReadTimestamp: "start + 12 s" }] } },
        { MessageMetadata: { Receipts: [{ ReadTimestamp: "start + 10 s" }] } },
      ],
    },
  ),
  story(
    operation,
    "refuses receipts while a supervisor is in the chat",
    async (chat) => {
      const messageId = await agentMessage(chat);
      await chat.agent("join", { displayName: "Max", role: "SUPERVISOR" });
      return [
        await chat.call(operation, receipt("delivered", messageId)),
        await chat.call(operation, receipt("read", messageId)),
      ];
    },
    [conflict, conflict],
  ),
  call(operation, "refuses a receipt without Content", { ContentType: `${prefix}message.read` }, invalid),
  call(
    operation,
    "refuses a receipt of no message",
    { ContentType: `${prefix}message.read`, Content: '{"messageId":""}' },
    invalid,
  ),
  call(operation, "refuses a missing ContentType", {}, invalid),
  call(
    operation,
    "refuses an event that is not the customer's",
    { ContentType: `${prefix}chat.ended` },
    invalid,
  ),
  call(operation, "takes the longest Content", { ...typing, Content: "a".repeat(16_384) }, sent),
  call(operation, "refuses a longer Content", { ...typing, Content: "a".repeat(16_385) }, invalid),
  call(operation, "refuses an empty Content", { ...typing, Content: "" }, invalid),
  call(operation, "takes the longest ClientToken", { ...typing, ClientToken: "a".repeat(500) }, sent),
  call(operation, "refuses a longer ClientToken", { ...typing, ClientToken: "a".repeat(501) }, invalid),
  story(
    operation,
    "of typing, four times at once",
    (chat) => typeAtOnce(chat, 4),
    { outcomes: Array(4).fill(answered({ AbsoluteTime: "start + 2 s" })), echoed: 4 },
    {
      difference: {
        name: "absorbed events",
        expected: { outcomes: Array(4).fill(answered({ AbsoluteTime: "start + 2 s" })), echoed: 2 },
      },
    },
  ),
];
