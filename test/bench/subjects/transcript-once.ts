import type { APIGatewayProxyEvent } from "aws-lambda";
import { postEvent } from "../post-event.ts";
import { measureInTurn, type Operation, type Turns } from "./measure-in-turn.ts";
import { call, createChatFunction, newStoredItem, sent } from "./stored-sessions.ts";

/** Items that Amazon Connect gives at most at a time. */
const pageItems = 100;

const item = { ...sent, Type: "MESSAGE", Content: "hello", ContentType: "text/plain" };

/** `transcript-once.ts RUNS BASE ITEMS…` */
const [runs = "5", base = "100", ...sizes] = process.argv.slice(2);
const ways = Object.fromEntries(sizes.map((items) => [items, readPages(Number(items))]));
const turns: Turns = { base, runs: Number(runs), blocks: 81, operations: 50, warmUp: 80 };
const costs = await measureInTurn(ways, turns);
process.send?.(costs, () => process.exit());

/**
 * Reads a chat of so many items page by page, again and again. What stands for Amazon Connect holds them all. Every
 * page is asked for by its token, the first too, and names another, so that all pages of a hundred are alike.
 */
function readPages(length: number): Operation {
  const transcript = Array.from({ length }, () => item);
  const stored = newStoredItem();
  const handler = createChatFunction(
    { update: async () => ({ applied: true, item: stored.item }) },
    async ({ NextToken }: { NextToken?: string }) => {
      const from = Number(NextToken);
      const end = from + pageItems;
      return {
        InitialContactId: stored.item.pk,
        Transcript: transcript.slice(from, end),
        NextToken: tokenOf(end < length ? end : 0),
      };
    },
  );
  const events = Array.from({ length: Math.ceil(length / pageItems) }, (_, page) => {
    const body = { MaxResults: pageItems, NextToken: tokenOf(page * pageItems) };
    return JSON.parse(postEvent("/participant/transcript", body, stored.bearer)) as APIGatewayProxyEvent;
  });
  return (at) => call(handler, events[at % events.length] as APIGatewayProxyEvent);
}

/** As long as tokens of Connect are. */
function tokenOf(from: number): string {
  return String(from).padStart(400, "0");
}
