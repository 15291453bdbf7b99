/** How DynamoDB bills the operations that we ask it for: a transaction reads or writes twice. */
const billed: Readonly<Record<string, { readonly reads: number; readonly writes: number }>> = {
  GetItem: { reads: 1, writes: 0 },
  Query: { reads: 1, writes: 0 },
  TransactGetItems: { reads: 2, writes: 0 },
  PutItem: { reads: 0, writes: 1 },
  UpdateItem: { reads: 0, writes: 1 },
  DeleteItem: { reads: 0, writes: 1 },
  TransactWriteItems: { reads: 0, writes: 2 },
};

/**
 * Counts operations by how they are billed: a write costs five times what a read does. @throws Error for an operation
 * that nobody has told it of
 */
export function readsAndWrites(operations: readonly string[]): {
  readonly reads: number;
  readonly writes: number;
} {
  return operations.reduce(
    (sum, operation) => {
      const one = billed[operation];
      if (one === undefined) throw new Error(`how is ${operation} billed?`);
      return { reads: sum.reads + one.reads, writes: sum.writes + one.writes };
    },
    { reads: 0, writes: 0 },
  );
}

/** Units of one write: DynamoDB bills each kilobyte of the item, begun ones whole. */
export function writeUnits(bytes: number): number {
  return Math.ceil(bytes / 1_024);
}

/** Units of one read, a consistent one, which is the dearer: four kilobytes each, begun ones whole. */
export function readUnits(bytes: number): number {
  return Math.ceil(bytes / 4_096);
}
