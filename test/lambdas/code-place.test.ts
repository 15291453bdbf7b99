import { expect, it } from "vitest";
import { codePlace } from "../../lambdas/code-place.ts";
import { parseBody } from "../../lambdas/input/parse-body.ts";
import { describeCause } from "../../lambdas/log.ts";

it("an error that our code threw is placed in our code, whoever called it", () => {
  const error = thrownBy(() => parseBody({ body: 5 } as never));
  expect(codePlace(error)).toMatch(/^lambdas\/input\/parse-body\.ts:\d+$/);
  expect(describeCause(error)).toMatch(/^TypeError at lambdas\/input\/parse-body\.ts:\d+$/);
});

it.each([
  ["of somebody else's code", new Error("no")],
  ["whose message looks like a stack", new Error("no\n    at send (/var/task/lambdas/secret.ts:1:1)")],
  ["that has no stack", Object.assign(new Error("no"), { stack: undefined })],
  [
    "whose message was changed",
    Object.assign(new Error("a\n    at b (/lambdas/b.ts:1:1)"), { message: "c" }),
  ],
])("an error %s has no place", (_which, error) => {
  expect(codePlace(error)).toBeUndefined();
  expect(describeCause(error)).toBe("Error");
});

function thrownBy(act: () => unknown): Error {
  try {
    act();
  } catch (error) {
    if (error instanceof Error) return error;
  }
  throw new Error("nothing was thrown");
}
