import { type DynamoDBDocumentClient, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { conditionally } from "../conditional-write.ts";
import { unavailable } from "../errors.ts";
import type { Lease } from "../sessions/lease.ts";
import { abandonment, lease, reservation, steps, type UploadUpdate } from "./upload-item.ts";

/** What a client claims to upload, as it was checked. */
export interface UploadClaim {
  /** The name agents will see. */
  readonly name: string;
  readonly contentType: string;
  readonly bytes: number;
}

/**
 * One upload, step by step: reserved, inspected (`etag`), started at Connect (`upstreamId`), put (`isPut`), and at
 * last done or refused.
 */
export interface Upload extends UploadClaim {
  readonly state: "reserved" | "done" | "refused";
  /** When it was reserved, in milliseconds since the epoch. */
  readonly startedAt: number;
  readonly etag?: string;
  readonly upstreamId?: string;
  /** Uploads begun at Connect so far: an address that ended unused is asked for again, under another ClientToken. */
  readonly attempt?: number;
  readonly isPut?: boolean;
  readonly lease?: Lease;
  /** Why it was refused: the reason's code, and the sentence. */
  readonly reason?: string;
  readonly sentence?: string;
}

/** A step forward of an upload. */
export type UploadStep = Partial<
  Pick<Upload, "state" | "etag" | "upstreamId" | "attempt" | "isPut" | "reason" | "sentence">
>;

/** Names an upload: a file of a chat. */
export interface UploadKey {
  readonly contactId: string;
  readonly attachmentId: string;
}

/**
 * Uploads, in the sessions table. Each method is one DynamoDB call; each throws the 503 answer when the database does
 * not answer.
 */
export interface UploadStore {
  /**
   * The upload as it is: `claim`, unless there is one already. An empty claim records only the time; a later one adds
   * the rest.
   */
  reserve(key: UploadKey, claim: UploadClaim | Record<string, never>, now: number): Promise<Upload>;
  /** Takes the right to complete it. Not won where there is none, or it is over, or somebody else holds the right. */
  take(
    key: UploadKey,
    now: number,
    lease: Lease,
  ): Promise<{ readonly won: boolean; readonly upload: Upload | undefined }>;
  /**
   * Refuses an upload that was reserved at `reservedUntil` or before and that nobody is completing: it was abandoned.
   * The upload as it is then; undefined where there is none.
   */
  abandon(key: UploadKey, reservedUntil: number, now: number): Promise<Upload | undefined>;
  /** Records a step. */
  record(key: UploadKey, step: UploadStep): Promise<void>;
  /** Records the last step, or none, and gives the right back. */
  release(key: UploadKey, step?: UploadStep): Promise<void>;
}

/** The store on a real table. */
export function createUploadStore(database: DynamoDBDocumentClient, TableName: string): UploadStore {
  /** The upload as it is now, or as it was when the condition failed. */
  async function update({ contactId, attachmentId }: UploadKey, expression: UploadUpdate) {
    const command = new UpdateCommand({
      TableName,
      Key: { pk: `upload#${contactId}#${attachmentId}` },
      ...expression,
      ReturnValues: "ALL_NEW",
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
    const outcome = await conditionally(database.send(command), "the sessions table did not answer");
    const upload = outcome.applied ? outcome.answer.Attributes : outcome.item;
    return { applied: outcome.applied, upload: upload as Upload | undefined };
  }

  async function record(key: UploadKey, expression: UploadUpdate): Promise<void> {
    const { applied } = await update(key, expression);
    if (!applied) throw unavailable("an upload is not there");
  }

  return {
    reserve: async (key, claim, now) => {
      const { upload } = await update(key, reservation(claim, now));
      if (upload === undefined) throw unavailable("an upload was not reserved");
      return upload;
    },
    take: async (key, now, wanted) => {
      const { applied, upload } = await update(key, lease(now, wanted));
      // The try whose answer was lost has won it.
      return { won: applied || upload?.lease === wanted, upload };
    },
    abandon: async (key, reservedUntil, now) => (await update(key, abandonment(reservedUntil, now))).upload,
    record: (key, step) => record(key, steps(step)),
    release: (key, step = {}) => record(key, steps(step, true)),
  };
}
