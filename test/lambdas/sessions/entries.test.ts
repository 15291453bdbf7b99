import { expect, it } from "vitest";
import {
  connectionIdOf,
  endedEntries,
  lastingEntries,
  openedAt,
  socketEntry,
  socketLifeMs,
} from "../../../lambdas/sessions/entries.ts";

const now = 1_767_600_000_000;

it("tells what has ended from what lasts, to the millisecond", () => {
  const entries = new Set(
    [-1, 0, 1].map((later) => socketEntry(`socket ${later}`, now - socketLifeMs + later)),
  );

  expect(endedEntries(entries, now).map(connectionIdOf)).toEqual(["socket -1", "socket 0"]);
  expect(lastingEntries(entries, now).map(connectionIdOf)).toEqual(["socket 1"]);
});

it("knows of no entries where the set is gone, as DynamoDB keeps no empty one", () => {
  expect([...endedEntries(undefined, now), ...lastingEntries(undefined, now)]).toEqual([]);
});

it("keeps connection ids as API Gateway makes them, dashes included", () => {
  for (const id of ["L0SM9cOFvHcCIhw=", "a-b-=", "-"]) {
    expect(connectionIdOf(socketEntry(id, now))).toBe(id);
  }
});

it("tells when a socket was opened", () => {
  expect(openedAt(socketEntry("id", now))).toBe(now);
});
