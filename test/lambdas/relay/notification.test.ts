import { describe, expect, it } from "vitest";
import { readNotification } from "../../../lambdas/relay/notification.ts";
import { chatItem, itemEvent } from "../../support/relay-function.ts";

const read = (...event: Parameters<typeof itemEvent>) => {
  const [record] = itemEvent(...event).Records;
  return record && readNotification(record);
};
const chat = "11111111-2222-4333-8444-555555555555";

it("keeps the item as Connect wrote it", () => {
  const item = `{ "Id":"1", "InitialContactId": "${chat}" , "Content":"\\u00fc" }`;

  expect(read(item)).toMatchObject({ chat, item, isEnd: false });
});

it("knows the end of a chat, which has no participant", () => {
  const ended = { ContentType: "application/vnd.amazonaws.connect.event.chat.ended", Type: "EVENT" };

  expect(read(chatItem(chat, ended))).toMatchObject({ isEnd: true });
});

it("takes two notifications for one only when they say the same of the same item", () => {
  const attachment = (Status: string) =>
    chatItem(chat, { Id: "1", Type: "ATTACHMENT", Attachments: [{ Status }] });
  const keys = [attachment("IN_PROGRESS"), attachment("IN_PROGRESS"), attachment("APPROVED")].map(
    (item) => read(item)?.key,
  );

  expect(keys[0]).toBe(keys[1]);
  expect(keys[0]).not.toBe(keys[2]);
  expect(read(chatItem("another chat", { Id: "1" }))?.key).not.toBe(read(chatItem(chat, { Id: "1" }))?.key);
});

describe("ignores", () => {
  it.each([
    ["AGENT"],
    ["agent"],
    ["all"],
    ["ALL "],
    [""],
    ["CUSTOMER,AGENT"],
  ])("the visibility %j", (visibility) => {
    expect(read(chatItem(chat), visibility)).toBeUndefined();
  });

  it("an item whose visibility nobody told", () => {
    expect(readNotification({ Sns: { ...sns(chatItem(chat)), MessageAttributes: {} } })).toBeUndefined();
  });

  it.each([
    [""],
    ["no JSON"],
    ["null"],
    ["[]"],
    ['"text"'],
    ["{}"],
    ['{"Id":"1"}'],
    [`{"InitialContactId":"${chat}"}`],
    ['{"Id":"1","InitialContactId":""}'],
    [`{"Id":"1","InitialContactId":"${"x".repeat(257)}"}`],
    [`{"Id":1,"InitialContactId":"${chat}"}`],
    [`{"Id":"1","InitialContactId":"${chat}","ContentType":{}}`],
  ])("the message %j", (message) => {
    expect(read(message)).toBeUndefined();
  });
});

function sns(item: object) {
  const [record] = itemEvent(item).Records;
  if (record === undefined) throw new Error("an event without a record");
  return record.Sns;
}
