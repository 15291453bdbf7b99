import { expect, it } from "vitest";
import { readsAndWrites, readUnits, writeUnits } from "./database-units.ts";

it("tells reads from writes, and counts a transaction twice", () => {
  expect(readsAndWrites(["GetItem", "UpdateItem", "PutItem"])).toEqual({ reads: 1, writes: 2 });
  expect(readsAndWrites(["TransactWriteItems", "TransactGetItems"])).toEqual({ reads: 2, writes: 2 });
});

it("knows no price of an operation that it was not told of", () => {
  expect(() => readsAndWrites(["Scan"])).toThrow("how is Scan billed?");
});

it.each([
  [1, 1, 1],
  [1_024, 1, 1],
  [1_025, 2, 1],
  [4_097, 5, 2],
])("an item of %i bytes is %i write units and %i read units", (bytes, written, read) => {
  expect([writeUnits(bytes), readUnits(bytes)]).toEqual([written, read]);
});
