import { beforeAll, describe, expect, test } from "vitest";
import {
  deployedStack,
  deployments,
  propertiesOf,
  type Resource,
  resources,
  type Synthesized,
} from "./synthesize.ts";

describe.each(deployments)("the web ACL of %s", (_, deploy) => {
  let acl: Resource["Properties"];
  let rules: Readonly<Record<string, Resource["Properties"]>>;
  let synthesized: Synthesized;
  beforeAll(() => {
    synthesized = deploy();
    acl = propertiesOf(synthesized, "AWS::WAFv2::WebACL")[0];
    rules = Object.fromEntries(acl.Rules.map((rule: { Name: string }) => [rule.Name, rule]));
  });

  test("stands before the stage and lets through what no rule stops", () => {
    const [stageId] = Object.keys(resources(synthesized, "AWS::ApiGateway::Stage"));

    expect(acl).toMatchObject({ Scope: "REGIONAL", DefaultAction: { Allow: {} } });
    expect(JSON.stringify(propertiesOf(synthesized, "AWS::WAFv2::WebACLAssociation"))).toContain(
      `"Ref":"${stageId}"`,
    );
  });

  test("limits each address: 2,000 requests in 60 s, 100 starts of a chat in 300 s", () => {
    expect(rules["address-rate"].Statement.RateBasedStatement).toEqual({
      AggregateKeyType: "IP",
      Limit: 2_000,
      EvaluationWindowSec: 60,
    });
    expect(rules["start-rate"].Statement.RateBasedStatement).toMatchObject({
      AggregateKeyType: "IP",
      Limit: 100,
      EvaluationWindowSec: 300,
    });
  });

  test.each([
    ["/prod/chat", true],
    ["/chat", true],
    ["/chat/", true],
    ["/prod/participant/connection", false],
    ["/prod/chatter", false],
  ])("takes %s for the start of a chat: %s, by whatever method", (path, isStart) => {
    const uri = rules["start-rate"].Statement.RateBasedStatement.ScopeDownStatement;

    expect(Object.keys(uri)).toEqual(["RegexMatchStatement"]);
    expect(new RegExp(uri.RegexMatchStatement.RegexString).test(path)).toBe(isStart);
  });

  test("answers 429 in Connect's shape wherever it blocks, and never 403", () => {
    const blocks = acl.Rules.flatMap(({ Action, Statement }: Resource["Properties"]) => [
      ...(Action ? [Action.Block] : []),
      ...(Statement.ManagedRuleGroupStatement?.RuleActionOverrides ?? []).flatMap(
        ({ ActionToUse }: Resource["Properties"]) => ActionToUse.Block ?? [],
      ),
    ]);

    expect(blocks).toHaveLength(4);
    for (const { CustomResponse } of blocks) {
      expect(CustomResponse.ResponseCode).toBe(429);
      expect(CustomResponse.ResponseHeaders).toEqual(
        expect.arrayContaining([
          { Name: "x-amzn-ErrorType", Value: "ThrottlingException" },
          { Name: "Access-Control-Allow-Origin", Value: "*" },
          { Name: "Retry-After", Value: "1" },
        ]),
      );
      const body = acl.CustomResponseBodies[CustomResponse.CustomResponseBodyKey];
      expect(body.ContentType).toBe("APPLICATION_JSON");
      expect(JSON.parse(body.Content)).toMatchObject({
        __type: "ThrottlingException",
        reason: "RateLimited",
      });
    }
  });

  test("lets managed rules that look at bodies count only: chat is free text", () => {
    for (const name of ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"]) {
      expect(rules[name].OverrideAction).toEqual({ Count: {} });
    }
    expect(Object.keys(rules)).toHaveLength(5);
  });

  test("keeps no sample of a request, because a sample shows its session handle", () => {
    for (const { VisibilityConfig } of [acl, ...acl.Rules]) {
      expect(VisibilityConfig.SampledRequestsEnabled).toBe(false);
    }
  });
});

test("waf=false leaves nothing of it", () => {
  expect(deployedStack({ waf: false }).text).not.toMatch(/AWS::WAFv2/);
});
