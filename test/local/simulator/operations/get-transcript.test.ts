import { GetTranscriptCommand, type GetTranscriptCommandInput } from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { connectChat, errorOf, event, type Simulated, simulate, startChat } from "../simulated-chat.ts";

type Query = Omit<GetTranscriptCommandInput, "ConnectionToken">;

/** A chat of the messages 1 to 25, one a second; nobody is connected, so there is nothing else in it. */
async function chatOf25(options = {}) {
  const start = Date.parse("2026-01-01T00:00:00Z");
  let now = start;
  const simulated = await simulate({ clock: { now: () => now }, ...options });
  const chat = await startChat(simulated);
  for (let number = 1; number <= 25; number++) {
    now = start + number * 1000;
    await simulated.post("message", chat.ConnectionToken, {
      ContentType: "text/plain",
      Content: String(number),
    });
  }
  return { simulated, ...chat };
}

async function read(simulated: Simulated, ConnectionToken: string, query: Query = {}) {
  const answer = await simulated.participant.send(new GetTranscriptCommand({ ConnectionToken, ...query }));
  const items = answer.Transcript ?? [];
  return { contents: items.map(({ Content }) => Number(Content)), ids: items.map(({ Id }) => Id), ...answer };
}

const range = (from: number, to: number) =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, index) => from + (to > from ? index : -index));

it("answers the newest ten, newest first, where nothing is asked", async () => {
  const { simulated, ConnectionToken, contactId } = await chatOf25();
  const page = await read(simulated, ConnectionToken);
  expect(page.contents).toEqual(range(25, 16));
  expect(page.InitialContactId).toBe(contactId);
  expect(page.Transcript?.[0]).not.toHaveProperty("InitialContactId");
  expect(page.Transcript?.[0]).toMatchObject({
    ContactId: contactId,
    Type: "MESSAGE",
    ParticipantRole: "CUSTOMER",
  });
});

it("selects by ScanDirection and only orders by SortOrder, as chatjs asks", async () => {
  const { simulated, ConnectionToken } = await chatOf25();
  const query: Query = {
    MaxResults: 15,
    ScanDirection: "BACKWARD",
    SortOrder: "ASCENDING",
    StartPosition: {},
  };
  expect((await read(simulated, ConnectionToken, query)).contents).toEqual(range(11, 25));
});

it("pages backward to the first item and then has no NextToken, or an empty one", async () => {
  const { simulated, ConnectionToken } = await chatOf25();
  const first = await read(simulated, ConnectionToken);
  const second = await read(simulated, ConnectionToken, { NextToken: first.NextToken });
  expect(second.contents).toEqual(range(15, 6));
  expect(first.NextToken).not.toContain("SIM-CANARY");
  const third = await read(simulated, ConnectionToken, { NextToken: second.NextToken });
  expect(third.contents).toEqual(range(5, 1));
  expect(third.NextToken).toBeUndefined();
  await simulated.control("PUT", "switches", { endOfTranscript: "empty" });
  expect((await read(simulated, ConnectionToken, { NextToken: second.NextToken })).NextToken).toBe("");
});

it("keeps its place while new messages arrive", async () => {
  const { simulated, ConnectionToken } = await chatOf25();
  const first = await read(simulated, ConnectionToken);
  await simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content: "26" });
  const second = await read(simulated, ConnectionToken, { NextToken: first.NextToken });
  expect(second.contents).toEqual(range(15, 6));
});

it("starts at an item, forward where nothing else is said, in pages", async () => {
  const { simulated, ConnectionToken } = await chatOf25();
  const all = await read(simulated, ConnectionToken, { MaxResults: 100, SortOrder: "ASCENDING" });
  const StartPosition = { Id: all.ids[4] };
  const ascending: Query = { StartPosition, SortOrder: "ASCENDING" };
  const first = await read(simulated, ConnectionToken, ascending);
  expect(first.contents).toEqual(range(5, 14));
  const second = await read(simulated, ConnectionToken, { ...ascending, NextToken: first.NextToken });
  expect(second.contents).toEqual(range(15, 24));
  const back = await read(simulated, ConnectionToken, { ...ascending, ScanDirection: "BACKWARD" });
  expect(back.contents).toEqual(range(1, 5));
});

it("leaves the item at the position out, where it is switched so", async () => {
  const { simulated, ConnectionToken } = await chatOf25({ switches: { startPositionInclusive: false } });
  const AbsoluteTime = "2026-01-01T00:00:20.000Z";
  const ascending: Query = { StartPosition: { AbsoluteTime }, SortOrder: "ASCENDING" };
  expect((await read(simulated, ConnectionToken, ascending)).contents).toEqual(range(21, 25));
  const back = await read(simulated, ConnectionToken, { ...ascending, ScanDirection: "BACKWARD" });
  expect(back.contents).toEqual(range(10, 19));
});

it("starts at a time and at the most recent items", async () => {
  const { simulated, ConnectionToken } = await chatOf25();
  const ascending: Query = { SortOrder: "ASCENDING" };
  const AbsoluteTime = "2026-01-01T00:00:20.000Z";
  const atTime = await read(simulated, ConnectionToken, { ...ascending, StartPosition: { AbsoluteTime } });
  expect(atTime.contents).toEqual(range(20, 25));
  const backFromTime = await read(simulated, ConnectionToken, {
    ...ascending,
    StartPosition: { AbsoluteTime },
    ScanDirection: "BACKWARD",
  });
  expect(backFromTime.contents).toEqual(range(11, 20));
  const late = { AbsoluteTime: "2027-01-01T00:00:00.000Z" };
  expect((await read(simulated, ConnectionToken, { StartPosition: late })).contents).toEqual([]);
  const recent = await read(simulated, ConnectionToken, { ...ascending, StartPosition: { MostRecent: 3 } });
  expect(recent.contents).toEqual(range(23, 25));
});

it("answers an empty list for a foreign contact", async () => {
  const { simulated, ConnectionToken, contactId } = await chatOf25();
  expect((await read(simulated, ConnectionToken, { ContactId: "other" })).contents).toEqual([]);
  expect((await read(simulated, ConnectionToken, { ContactId: contactId })).contents).toHaveLength(10);
});

it("refuses a damaged NextToken, and one of another chat", async () => {
  const { simulated, ConnectionToken } = await chatOf25();
  const other = await startChat(simulated);
  const { NextToken = "" } = await read(simulated, ConnectionToken);
  const refusal = { name: "ValidationException", status: 400 };
  expect(await errorOf(read(simulated, other.ConnectionToken, { NextToken }))).toMatchObject(refusal);
  for (const damaged of ["x", `${NextToken}x`, NextToken.slice(1), NextToken.toLowerCase()]) {
    expect(await errorOf(read(simulated, ConnectionToken, { NextToken: damaged }))).toMatchObject(refusal);
  }
});

it.each<[string, Query]>([
  ["FORWARD without a start", { ScanDirection: "FORWARD" }],
  ["FORWARD with an empty start", { ScanDirection: "FORWARD", StartPosition: {} }],
  ["an unknown Id", { StartPosition: { Id: "none" } }],
  ["a time that is none", { StartPosition: { AbsoluteTime: "yesterday" } }],
  ["two starts", { StartPosition: { Id: "a", MostRecent: 1 } }],
  ["too many results", { MaxResults: 101 }],
  ["a negative number of results", { MaxResults: -1 }],
])("refuses %s", async (_, query) => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const refusal = { name: "ValidationException", status: 400 };
  expect(await errorOf(read(simulated, ConnectionToken, query))).toMatchObject(refusal);
});

it("stores joins and messages, but neither typing nor receipts", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId } = await connectChat(simulated);
  const agent = (action: object) => simulated.control("POST", `contacts/${contactId}/agent`, action);
  await agent({ action: "join" });
  await agent({ action: "typing" });
  await simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content: "1" });
  await agent({ action: "read" });
  const { Transcript } = await read(simulated, ConnectionToken, { SortOrder: "ASCENDING" });
  expect(Transcript?.map(({ ContentType }) => ContentType)).toEqual([
    event("participant.joined"),
    event("participant.joined"),
    "text/plain",
  ]);
});
