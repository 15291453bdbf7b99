import { describe, expect, test } from "vitest";
import { type AwsCall, evaluate, readStatements, rightsOf } from "./evaluate-policy.ts";

const table = "arn:aws:dynamodb:eu-west-2:111122223333:table/sessions";
const read: AwsCall = { action: "dynamodb:GetItem", resource: table };

describe("a call", () => {
  // biome-ignore format: a table reads by its columns
  test.each([
    ["is allowed by a statement that names it", { Action: "dynamodb:GetItem", Resource: table }, "allowed"],
    ["is allowed by one of several", { Action: ["s3:GetObject", "dynamodb:GetItem"], Resource: [table] }, "allowed"],
    ["is allowed whatever the case of its action", { Action: "DynamoDB:getitem", Resource: table }, "allowed"],
    ["is allowed by wildcards", { Action: "dynamodb:Get*", Resource: "arn:aws:dynamodb:*:*:table/session?" }, "allowed"],
    ["is allowed by everything", { Action: "*", Resource: "*" }, "allowed"],
    ["is not allowed by another action", { Action: "dynamodb:GetItems", Resource: table }, "not allowed"],
    ["is not allowed by a prefix", { Action: "dynamodb:Get", Resource: table }, "not allowed"],
    ["is not allowed on another resource", { Action: "dynamodb:*", Resource: `${table}-2` }, "not allowed"],
    ["is not allowed where ? has no letter", { Action: "*", Resource: `${table}?` }, "not allowed"],
    ["is not allowed where a dot is no wildcard", { Action: "dynamodb.GetItem", Resource: table }, "not allowed"],
    ["is not allowed where NotAction leaves it out", { NotAction: "dynamodb:*", Resource: "*" }, "not allowed"],
    ["is allowed where NotAction leaves others out", { NotAction: "s3:*", Resource: "*" }, "allowed"],
    ["is not allowed where NotResource leaves it out", { Action: "*", NotResource: table }, "not allowed"],
    ["is allowed where NotResource leaves others out", { Action: "*", NotResource: `${table}-2` }, "allowed"],
  ])("%s", (_, members, verdict) => {
    expect(evaluate(statements({ Effect: "Allow", ...members }), read)).toBe(verdict);
  });

  test("is not allowed where nothing is said", () => {
    expect(evaluate([], read)).toBe("not allowed");
  });

  test("is denied by one statement, whatever others allow", () => {
    const all = { Effect: "Allow", Action: "*", Resource: "*" };
    const deny = { Effect: "Deny", Action: "dynamodb:*", Resource: table };

    expect(evaluate(statements(all, deny), read)).toBe("denied");
    expect(evaluate(statements(deny, all), read)).toBe("denied");
    expect(evaluate(statements(deny, all), { ...read, resource: `${table}-2` })).toBe("allowed");
  });

  test("without a resource is allowed on * alone", () => {
    const call: AwsCall = { action: "xray:PutTraceSegments", resource: "*" };
    const on = (Resource: string) => statements({ Effect: "Allow", Action: call.action, Resource });

    expect(evaluate(on("*"), call)).toBe("allowed");
    expect(evaluate(on("arn:aws:xray:*:*:*"), call)).toBe("not allowed");
  });

  test("on a log stream is allowed by its group's ARN, which ends in :*", () => {
    const group = "arn:aws:logs:eu-west-2:111122223333:log-group:chat";
    const allowed = statements({ Effect: "Allow", Action: "logs:*", Resource: `${group}:*` });
    const write = (resource: string) => evaluate(allowed, { action: "logs:PutLogEvents", resource });

    expect(write(`${group}:log-stream:today`)).toBe("allowed");
    expect(write(`${group}-2:log-stream:today`)).toBe("not allowed");
  });

  test("is not allowed by an ARN whose wildcard would have to stand for several parts", () => {
    const allowed = statements({ Effect: "Allow", Action: "*", Resource: "arn:aws:logs:*:log-stream:today" });
    const resource = "arn:aws:logs:eu-west-2:111122223333:log-group:chat:log-stream:today";

    expect(evaluate(allowed, { action: "logs:PutLogEvents", resource })).toBe("not allowed");
  });
});

describe("a condition StringEquals", () => {
  const conditional = statements({
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { StringEquals: { "kms:ViaService": ["one", "two"], "aws:PrincipalTag/team": "chat" } },
  });

  // biome-ignore format: a table reads by its columns
  test.each([
    ["holds with one value of each key", { "kms:ViaService": "two", "aws:PrincipalTag/team": "chat" }, "allowed"],
    ["holds whatever the case of a key", { "KMS:viaservice": "one", "aws:PrincipalTag/team": "chat" }, "allowed"],
    ["fails on the case of a value", { "kms:ViaService": "One", "aws:PrincipalTag/team": "chat" }, "not allowed"],
    ["fails where one key differs", { "kms:ViaService": "one", "aws:PrincipalTag/team": "x" }, "not allowed"],
    ["fails where a key is absent", { "kms:ViaService": "one" }, "not allowed"],
  ])("%s", (_, context, verdict) => {
    expect(evaluate(conditional, { ...read, context })).toBe(verdict);
  });
});

describe("a condition ForAllValues:StringEquals", () => {
  const conditional = statements({
    Effect: "Allow",
    Action: "*",
    Resource: "*",
    Condition: { "ForAllValues:StringEquals": { "dynamodb:Attributes": ["pk", "st"] } },
  });

  // biome-ignore format: a table reads by its columns
  test.each([
    ["holds with values that are all listed", { "dynamodb:Attributes": ["st", "pk"] }, "allowed"],
    ["holds with one of them", { "dynamodb:Attributes": "pk" }, "allowed"],
    ["holds without a value, as in IAM", {}, "allowed"],
    ["fails with one value that is not listed", { "dynamodb:Attributes": ["pk", "hp"] }, "not allowed"],
  ])("%s", (_, context, verdict) => {
    expect(evaluate(conditional, { ...read, context })).toBe(verdict);
  });
});

describe("a policy is not judged but refused", () => {
  const good = { Effect: "Allow", Action: "*", Resource: "*" };

  // biome-ignore format: a table reads by its columns
  test.each([
    ["whose condition has another operator", { ...good, Condition: { StringLike: { "kms:ViaService": "*" } } }],
    ["whose condition is for any value of a set", { ...good, Condition: { "ForAnyValue:StringEquals": { k: "v" } } }],
    ["that names a principal", { ...good, Principal: "*" }],
    ["with a policy variable", { ...good, Resource: `arn:aws:s3:::home/${variable("aws:username")}` }],
    ["with half an ARN", { ...good, Resource: "table/sessions" }],
    ["without action", { Effect: "Allow", Resource: "*" }],
    ["with action and its opposite", { ...good, NotAction: "s3:*" }],
    ["without resource", { Effect: "Allow", Action: "*" }],
    ["with a third effect", { ...good, Effect: "Perhaps" }],
  ])("%s", (_, statement) => {
    expect(() => statements(statement)).toThrow();
  });

  test("of an older language", () => {
    expect(() => readStatements({ Version: "2008-10-17", Statement: [good] })).toThrow();
  });
});

test("statements are taken apart into one action on one resource each", () => {
  const both = {
    Effect: "Allow",
    Action: ["s3:GetObject", "s3:PutObject"],
    Resource: ["arn:aws:s3:::a", "arn:aws:s3:::b"],
  };
  const others = { Effect: "Deny", NotAction: "s3:*", Resource: "*" };

  const rights = rightsOf(statements(both, others)).map(({ Action, NotAction, Resource }) =>
    [Action ?? NotAction, Resource].join(" on "),
  );

  expect(rights).toEqual([
    "s3:GetObject on arn:aws:s3:::a",
    "s3:GetObject on arn:aws:s3:::b",
    "s3:PutObject on arn:aws:s3:::a",
    "s3:PutObject on arn:aws:s3:::b",
    "s3:* on *",
  ]);
});

/** Written so that it is not taken for a forgotten template string. */
function variable(name: string): string {
  return `\${${name}}`;
}

function statements(...given: readonly object[]) {
  return readStatements({ Version: "2012-10-17", Statement: given });
}
