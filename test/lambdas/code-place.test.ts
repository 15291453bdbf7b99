import { expect, it } from "vitest";
import { codePlace } from "../../lambdas/code-place.ts";
import { unavailable } from "../../lambdas/errors.ts";
import { parseBody } from "../../lambdas/input/parse-body.ts";
import { describeCause } from "../../lambdas/log.ts";

it("an error that our code threw is placed in our code, whoever called it", () => {
  const error = thrownBy(() => parseBody({ body: 5 } as never));
  expect(codePlace(error)).toMatch(/^lambdas\/input\/parse-body\.ts:\d+$/);
  expect(describeCause(error)).toMatch(/^TypeError at lambdas\/input\/parse-body\.ts:\d+$/);
});

const forged = "no\n    at send (/var/task/lambdas/secret.ts:1:1)";

/** As V8 makes a stack: when it is first read. */
function read(error: Error, change: object): Error {
  expect(error.stack).toContain(error.message);
  return Object.assign(error, change);
}

it.each([
  ["of somebody else's code", new Error("no")],
  ["that was made for somebody else", unavailable("no")],
  ["whose message looks like a stack", new Error(forged)],
  ["whose message was changed after its stack was read", read(new Error(forged), { message: "changed" })],
  ["that has no stack", Object.assign(new Error("no"), { stack: undefined })],
  ["whose stack is no text", Object.assign(new Error("no"), { stack: 7 })],
  ["whose message is no text", Object.assign(new Error("no"), { message: Symbol("no") })],
  ["with a line that is all slashes", read(new Error("no"), { stack: `no\n${"/".repeat(1_000_000)}` })],
])("an error %s has no place", (_which, error) => {
  expect(codePlace(error)).toBeUndefined();
  expect(describeCause(error)).toBe(error.name);
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
