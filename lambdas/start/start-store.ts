import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
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

/** A principal's item, as far as it is asked for. */
interface PrincipalItem {
  readonly tat?: number;
  readonly oc?: ReadonlySet<string>;
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
      const outcome = await conditionally(database.send(command), "the sessions table did not answer");
      if (outcome.applied) return { applied: true };
      const { tat = 0, oc } = (outcome.item ?? {}) as PrincipalItem;
      return { applied: false, tat, places: [...(oc ?? [])] };
    },
  };
}
