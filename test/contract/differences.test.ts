import { expect, it } from "vitest";
import { contractCases } from "./describe-contract.ts";
import { differences } from "./differences.ts";

it("asserts every listed difference, and lists every one it asserts", () => {
  const asserted = new Set(contractCases.flatMap(({ difference }) => difference?.name ?? []));
  // The wording of errors has a test of its own: the cases leave texts out.
  expect([...asserted, "wording"].sort()).toEqual(Object.keys(differences).sort());
});
