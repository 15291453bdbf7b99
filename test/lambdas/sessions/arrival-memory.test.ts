import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { ArrivalMemory } from "../../../lambdas/sessions/arrival-memory.ts";
import type { AdmissionTerms } from "../../../lambdas/sessions/session-admission.ts";
import type { SessionItem } from "../../../lambdas/sessions/session-item.ts";

const limit = { intervalMs: 1_000, burst: 2 };

function terms(hash = randomBytes(32)): AdmissionTerms {
  const cell = { name: "message", limit } as const;
  return { kind: "connection", hash, now: 10_000, validFrom: 0, idleMs: 0, cell };
}

function item(tat: number): SessionItem {
  const bytes = new Uint8Array();
  return {
    pk: "a",
    st: "a",
    ca: 0,
    ax: 0,
    ttl: 0,
    hp: bytes,
    hc: bytes,
    g: 1,
    ix: 0,
    cv: 0,
    "t-message": tat,
  };
}

it("knows for how long a cell is exhausted, once it has seen that it is", () => {
  const memory = new ArrivalMemory();
  const known = terms();
  expect(memory.exhaustedFor(known)).toBeUndefined();

  memory.learn(known, item(11_000));
  expect(memory.exhaustedFor(known)).toBeUndefined();
  memory.learn(known, item(12_500));
  expect(memory.exhaustedFor(known)).toBe(1_500);
  expect(memory.exhaustedFor(terms())).toBeUndefined();
});

it("forgets the entry unused for longest, and never holds more than ten thousand", () => {
  const memory = new ArrivalMemory();
  const first = terms();
  const second = terms();
  memory.learn(first, item(20_000));
  memory.learn(second, item(20_000));
  memory.learn(first, item(21_000));
  for (let count = 0; count < 9_999; count++) memory.learn(terms(), item(20_000));

  expect(memory.recall(second)).toBe(0);
  expect(memory.recall(first)).toBe(21_000);
});
