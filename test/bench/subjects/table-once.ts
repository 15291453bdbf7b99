import { BatchWriteCommand } from "@aws-sdk/lib-dynamodb";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { createDatabase } from "../../../lambdas/services.ts";
import { createSessionStore } from "../../../lambdas/sessions/session-store.ts";
import { postEvent } from "../post-event.ts";
import { type Costs, measureInTurn, type Operation, type Turns } from "./measure-in-turn.ts";
import { call, createChatFunction, message, newStoredItem, sent } from "./stored-sessions.ts";

/** What {@link measureInTurn} found of each table. */
export interface TableRun {
  readonly costs: Costs;
  /** SendMessage operations of each table, those beforehand included. */
  readonly operations: Readonly<Record<string, number>>;
}

/** Most items of a BatchWriteItem. */
const batchItems = 25;
const writers = 4;
const tableName = "sessions";

/** `table-once.ts TURNS SESSIONS=URL…`: an empty table at each endpoint. */
const [turns = "", ...tables] = process.argv.slice(2);
const event = JSON.parse(postEvent(message.path, message.body)) as APIGatewayProxyEvent;
const operations: Record<string, number> = {};
const ways: Record<string, Operation> = {};
for (const [sessions = "", url = ""] of tables.map((table) => table.split("="))) {
  ways[sessions] = await sendMessages(sessions, url);
}
const run: TableRun = { costs: await measureInTurn(ways, JSON.parse(turns) as Turns), operations };
process.send?.(run, () => process.exit());

/** Fills a table. @returns what sends a message in any one of its chats */
async function sendMessages(sessions: string, url: string): Promise<Operation> {
  // A client reads where its endpoint is with its first request, which is made before the next table's turn.
  process.env["AWS_ENDPOINT_URL_DYNAMODB"] = url;
  const database = createDatabase();
  const bearers: string[] = [];
  const write = async () => {
    while (bearers.length < Number(sessions)) {
      const batch = Array.from(
        { length: Math.min(batchItems, Number(sessions) - bearers.length) },
        newStoredItem,
      );
      bearers.push(...batch.map(({ bearer }) => bearer));
      const puts = batch.map(({ item }) => ({ PutRequest: { Item: item } }));
      await database.send(new BatchWriteCommand({ RequestItems: { [tableName]: puts } }));
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
  const handler = createChatFunction(createSessionStore(database, tableName), async () => sent);
  return () => {
    operations[sessions] = (operations[sessions] ?? 0) + 1;
    const bearer = bearers[Math.floor(Math.random() * bearers.length)];
    return call(handler, { ...event, headers: { "x-amz-bearer": bearer } });
  };
}
