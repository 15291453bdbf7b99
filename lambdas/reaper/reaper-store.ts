import { type DynamoDBDocumentClient, ScanCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import type { ItemUpdate } from "../sessions/session-item.ts";
import type { StartRecord } from "../start/start-record.ts";
import { createRecordWrites, type StartRecords } from "../start/start-records.ts";
import { reaperAttributes } from "./reaper-rights.ts";

/** A record that there is something to do about: `due`, or its answer is past repeating. */
export type DueRecord = Pick<StartRecord, "pk" | "n" | "ci" | "un" | "due" | "rx">;

/** Both tables, as far as the reaper may use them. Every call throws the 503 answer when the database does not answer. */
export interface ReaperStore extends Pick<StartRecords, "update" | "remove"> {
  /** Records that there is something to do about, page by page. The table is as small as the starts of a few minutes. */
  due(now: number): AsyncIterable<readonly DueRecord[]>;
  /** Writes on a session's item. @returns whether the condition held */
  updateSession(contactId: string, update: ItemUpdate): Promise<boolean>;
}

/** The store on real tables. */
export function createReaperStore(
  database: DynamoDBDocumentClient,
  tables: { readonly sessions: string; readonly starts: string },
): ReaperStore {
  return {
    ...createRecordWrites(database, tables.starts),
    due: async function* (now) {
      let from: Record<string, unknown> | undefined;
      do {
        const command = new ScanCommand({
          TableName: tables.starts,
          ConsistentRead: true,
          // Said, because the function's right is for selected attributes alone (dynamodb:Select).
          Select: "SPECIFIC_ATTRIBUTES",
          ProjectionExpression: reaperAttributes.swept.join(", "),
          FilterExpression: "due <= :now OR (attribute_not_exists(due) AND rx <= :now)",
          ExpressionAttributeValues: { ":now": now },
          ExclusiveStartKey: from,
        });
        const { Items = [], LastEvaluatedKey } = await database.send(command).catch((cause: unknown) => {
          throw unavailable(notAnswered, cause);
        });
        yield Items as unknown as DueRecord[];
        from = LastEvaluatedKey;
      } while (from !== undefined);
    },
    updateSession: async (pk, update) => {
      const command = new UpdateCommand({
        TableName: tables.sessions,
        Key: { pk },
        ...update,
        ReturnValues: "NONE",
      });
      return (await conditionally(database.send(command), notAnswered)).applied;
    },
  };
}

const notAnswered = "a table did not answer";
