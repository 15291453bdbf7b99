import { beforeAll, describe, expect, test } from "vitest";
import { denials } from "./denied-calls.ts";
import { evaluate, readStatements } from "./evaluate-policy.ts";
import { type Deployment, readDeployment } from "./read-deployment.ts";
import { faultOf } from "./service-reference.ts";
import { deployedStack } from "./synthesize.ts";

describe.each(["relay", "direct"] as const)("the table of denied calls in the mode %s", (realTime) => {
  const rows = denials[realTime].map(({ sentence, callsIn }) => [sentence, callsIn] as const);
  const everything = readStatements({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
  });
  let deployment: Deployment;
  beforeAll(() => {
    deployment = readDeployment(deployedStack({ realTime }));
  });

  test("has ninety rows at least, and none twice", () => {
    const calls = rows.map(([, callsIn]) => JSON.stringify(callsIn(deployment)));

    expect(new Set(calls).size).toBe(rows.length);
    expect(rows.length).toBeGreaterThanOrEqual(90);
  });

  test.each(denials[realTime])("names an action and a resource that AWS knows it on: $sentence", async ({
    callsIn,
  }) => {
    for (const { call } of callsIn(deployment)) {
      expect([call.resource, await faultOf(call)]).toEqual([call.resource, undefined]);
    }
  });

  test.each(rows)("would notice a role that may do everything: %s", (_, callsIn) => {
    for (const { call } of callsIn(deployment)) expect(evaluate(everything, call)).toBe("allowed");
  });
});

test.each([
  ["dynamodb:GetItems", "arn:aws:dynamodb:eu-west-2:111122223333:table/sessions", "no such action"],
  ["dynamodbb:GetItem", "arn:aws:dynamodb:eu-west-2:111122223333:table/sessions", "no such action"],
  ["dynamodb:GetItem", "arn:aws:s3:::sessions", "another resource type"],
  ["dynamodb:GetItem", "*", "another resource type"],
  ["dynamodb:ListTables", "arn:aws:dynamodb:eu-west-2:111122223333:table/sessions", "another resource type"],
])("AWS's reference has a fault to find with %s on %s: %s", async (action, resource, fault) => {
  expect(await faultOf({ action, resource })).toBe(fault);
});
