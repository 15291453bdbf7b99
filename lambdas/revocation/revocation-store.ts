import {
  type DynamoDBDocumentClient,
  GetCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import type { ItemUpdate, SessionAttributes } from "../sessions/session-item.ts";
import { revocationFinished, revoked } from "../sessions/session-revocation.ts";
import { sessionTable } from "../sessions/session-table.ts";

/** `ended` just now; `unfinished`: ended by a revocation that came no further; `over`: there is nothing to revoke. */
export type EndedSession = "ended" | "unfinished" | "over";

/**
 * The sessions table, as far as a revocation may use it. Every call throws the 503 answer when the database does not
 * answer.
 */
export interface RevocationStore {
  /**
   * Ends a session: every handle and ticket of it is refused from then on. `revocation` is the request id that the
   * record has.
   */
  end(chat: string, now: number, revocation: string): Promise<EndedSession>;
  /** Nothing of the revocation is left to do. */
  finish(chat: string, now: number): Promise<void>;
  /**
   * Contact ids of a subject's sessions, page by page, also of those that are over. One that was started within the
   * last second may be missing.
   */
  ofSubject(subjectHash: string): AsyncIterable<readonly string[]>;
  /** Contact ids of all sessions that are active or whose revocation is unfinished, page by page. */
  all(now: number): AsyncIterable<readonly string[]>;
}

/** The store on a real table. */
export function createRevocationStore(database: DynamoDBDocumentClient, TableName: string): RevocationStore {
  /** Whether the update's condition held. */
  async function update(pk: string, update: ItemUpdate): Promise<boolean> {
    const command = new UpdateCommand({ TableName, Key: { pk }, ...update, ReturnValues: "NONE" });
    return (await conditionally(database.send(command), notAnswered)).applied;
  }

  async function readMark(pk: string): Promise<string | undefined> {
    const command = new GetCommand({
      TableName,
      Key: { pk },
      ConsistentRead: true,
      ProjectionExpression: "pk, rv",
    });
    const { Item } = await database.send(command).catch(databaseFailed);
    return (Item as Pick<SessionAttributes, "rv"> | undefined)?.rv;
  }

  async function* pages(
    ask: (from: Record<string, unknown> | undefined) => Promise<PageOutput>,
  ): AsyncGenerator<readonly string[]> {
    let from: Record<string, unknown> | undefined;
    do {
      const { Items = [], LastEvaluatedKey } = await ask(from).catch(databaseFailed);
      yield Items.map(({ pk }) => String(pk));
      from = LastEvaluatedKey;
    } while (from !== undefined);
  }

  return {
    end: async (chat, now, revocation) => {
      if (await update(chat, revoked(now, revocation))) return "ended";
      const mark = await readMark(chat);
      if (mark === undefined) return "over";
      // The try whose answer was lost has ended it.
      return mark === revocation ? "ended" : "unfinished";
    },
    finish: async (chat, now) => {
      await update(chat, revocationFinished(now));
    },
    ofSubject: (subjectHash) =>
      pages((ExclusiveStartKey) =>
        database.send(
          new QueryCommand({
            TableName,
            IndexName: sessionTable.subjectIndex.name,
            KeyConditionExpression: "su = :su",
            ExpressionAttributeValues: { ":su": subjectHash },
            ExclusiveStartKey,
          }),
        ),
      ),
    all: (now) =>
      pages((ExclusiveStartKey) =>
        database.send(
          new ScanCommand({
            TableName,
            ConsistentRead: true,
            // Said, because the function's right is for selected attributes alone (dynamodb:Select).
            Select: "SPECIFIC_ATTRIBUTES",
            ProjectionExpression: "pk",
            FilterExpression: "(st = :active AND ax > :now) OR attribute_exists(rv)",
            ExpressionAttributeValues: { ":active": "a", ":now": now },
            ExclusiveStartKey,
          }),
        ),
      ),
  };
}

/** What a page of sessions comes as. */
interface PageOutput {
  readonly Items?: Record<string, unknown>[] | undefined;
  readonly LastEvaluatedKey?: Record<string, unknown> | undefined;
}

const notAnswered = "the sessions table did not answer";

function databaseFailed(cause: unknown): never {
  throw unavailable(notAnswered, cause);
}
