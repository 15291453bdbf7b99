import { DeleteCommand, type DynamoDBDocumentClient, PutCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import type { RecordCondition, RecordUpdate, StartRecord } from "./start-record.ts";

/** The table of starts. Each method is one DynamoDB call; each throws the 503 answer when the database does not. */
export interface StartRecords {
  /** Writes a record whole. @returns the record that was in the way, undefined once it is written */
  put(record: StartRecord, condition: RecordCondition): Promise<StartRecord | undefined>;
  /** @returns whether the condition held */
  update(pk: string, update: RecordUpdate): Promise<boolean>;
  /** Removes a record; one that is not there, or is another's by now, is left. */
  remove(pk: string, condition: RecordCondition): Promise<void>;
}

/** The store on a real table. */
export function createStartRecords(database: DynamoDBDocumentClient, TableName: string): StartRecords {
  return {
    put: async (record, condition) => {
      const command = new PutCommand({
        TableName,
        Item: record,
        ...condition,
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      const outcome = await conditionally(database.send(command), notAnswered);
      if (outcome.applied) return undefined;
      if (outcome.item === undefined) throw unavailable("a record was not shown");
      const found = outcome.item as unknown as StartRecord;
      // The try whose answer was lost has written it.
      return found.n === record.n ? undefined : found;
    },
    ...createRecordWrites(database, TableName),
  };
}

/** The part of it that the reaper has as well. */
export function createRecordWrites(
  database: DynamoDBDocumentClient,
  TableName: string,
): Pick<StartRecords, "update" | "remove"> {
  return {
    update: async (pk, update) => {
      const command = new UpdateCommand({ TableName, Key: { pk }, ...update });
      return (await conditionally(database.send(command), notAnswered)).applied;
    },
    remove: async (pk, condition) => {
      const command = new DeleteCommand({ TableName, Key: { pk }, ...condition });
      await conditionally(database.send(command), notAnswered);
    },
  };
}

const notAnswered = "the table of starts did not answer";
