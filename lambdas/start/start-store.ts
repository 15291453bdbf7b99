import { ConditionalCheckFailedException } from "@aws-sdk/client-dynamodb";
import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { unavailable } from "../errors.ts";
import type { StartUpdate } from "./start-update.ts";

/** What principals' starts are counted in: items of the sessions table, under keys that no handle can name. */
export interface StartStore {
  /** Applies a conditional update. One call; the 503 answer when the database does not. */
  update(key: string, update: StartUpdate): Promise<StartOutcome>;
}

/** What became of an update, and what the item has where its condition failed. */
export interface StartOutcome {
  readonly applied: boolean;
  /** Theoretical arrival time of the limit's cell. */
  readonly tat?: number;
  /** The places of a subject's open chats. */
  readonly places?: readonly string[];
}

/** The store on a real table. */
export function createStartStore(database: DynamoDBDocumentClient, TableName: string): StartStore {
  return {
    update: async (pk, update) => {
      const command = new UpdateCommand({
        TableName,
        Key: { pk },
        ...update,
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      });
      try {
        await database.send(command);
        return { applied: true };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) {
          throw unavailable("the sessions table did not answer", error);
        }
        return {
          applied: false,
          tat: Number(error.Item?.["tat"]?.N ?? 0),
          places: error.Item?.["oc"]?.SS ?? [],
        };
      }
    },
  };
}
