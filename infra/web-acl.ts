import { Names } from "aws-cdk-lib";
import type { Stage } from "aws-cdk-lib/aws-apigateway";
import { CfnWebACL, CfnWebACLAssociation } from "aws-cdk-lib/aws-wafv2";
import { Construct } from "constructs";
import { gatewayResponses } from "../lambdas/gateway-responses.ts";
import { gatewayBody, gatewayHeaders } from "./gateway-responses.ts";

/** Requests from one address to the whole API. An office shares an address, so it is far above what a page sends. */
export const addressRate = { limit: 2_000, seconds: 60 };

/** Starts of a chat from one address. */
const startRate = { limit: 100, seconds: 300 };

/** Rules of AWSManagedRulesAmazonIpReputationList that block; they look at the address alone. */
const blockingReputationRules = ["AWSManagedIPReputationList", "AWSManagedReconnaissanceList"];

/** Its rule that only counts, as AWS ships it: addresses of botnets are often those of visitors too. */
const countingReputationRule = "AWSManagedIPDDoSList";

/** Groups that look at bodies too: they only count, because chat is free text and a visitor may well paste `<script>`. */
const countingGroups = ["AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"];

const bodyKey = "rate-limited";

/** What the ACL answers. WAF's own answer is a 403, which chat clients read as "the chat has ended". */
const refusal: CfnWebACL.BlockActionProperty = {
  customResponse: {
    responseCode: gatewayResponses.WAF_FILTERED.status,
    customResponseBodyKey: bodyKey,
    responseHeaders: Object.entries(gatewayHeaders(gatewayResponses.WAF_FILTERED)).map(([name, value]) => ({
      name,
      value,
    })),
  },
};

/** Properties of {@link WebAcl}. */
export interface WebAclProps {
  readonly stage: Stage;
}

/**
 * The first of the layers that keep one caller from using up what all share: rates per address, and AWS's list of known
 * bad addresses. Whoever has a web ACL already leaves it out with `waf=false`.
 */
export class WebAcl extends Construct {
  constructor(scope: Construct, id: string, { stage }: WebAclProps) {
    super(scope, id);
    const acl = new CfnWebACL(this, "Acl", {
      scope: "REGIONAL",
      defaultAction: { allow: {} },
      visibilityConfig: visibility(Names.uniqueResourceName(this, { maxLength: 128, separator: "-" })),
      customResponseBodies: {
        [bodyKey]: { contentType: "APPLICATION_JSON", content: gatewayBody(gatewayResponses.WAF_FILTERED) },
      },
      rules: [
        rateRule("start-rate", 0, startRate, isChatStart),
        rateRule("address-rate", 1, addressRate),
        reputationRule(2),
        ...countingGroups.map((group, index) => countingRule(group, 3 + index)),
      ],
    });
    const association = new CfnWebACLAssociation(this, "Association", {
      webAclArn: acl.attrArn,
      resourceArn: stage.stageArn,
    });
    association.node.addDependency(stage);
  }
}

/**
 * Whatever goes to `/chat`, wherever the stage's name or an encoded character puts it, and by any method: a header may make
 * the gateway see another method than the ACL does.
 */
const isChatStart: CfnWebACL.StatementProperty = {
  regexMatchStatement: {
    fieldToMatch: { uriPath: {} },
    regexString: "/chat/*$",
    textTransformations: [
      { priority: 0, type: "URL_DECODE" },
      { priority: 1, type: "NORMALIZE_PATH" },
    ],
  },
};

function rateRule(
  name: string,
  priority: number,
  { limit, seconds }: typeof addressRate,
  scopeDownStatement?: CfnWebACL.StatementProperty,
): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    action: { block: refusal },
    statement: {
      rateBasedStatement: {
        aggregateKeyType: "IP",
        limit,
        evaluationWindowSec: seconds,
        ...(scopeDownStatement && { scopeDownStatement }),
      },
    },
    visibilityConfig: visibility(name),
  };
}

function reputationRule(priority: number): CfnWebACL.RuleProperty {
  const name = "AWSManagedRulesAmazonIpReputationList";
  return {
    name,
    priority,
    overrideAction: { none: {} },
    statement: {
      managedRuleGroupStatement: {
        vendorName: "AWS",
        name,
        ruleActionOverrides: [
          ...blockingReputationRules.map((rule) => ({ name: rule, actionToUse: { block: refusal } })),
          { name: countingReputationRule, actionToUse: { count: {} } },
        ],
      },
    },
    visibilityConfig: visibility(name),
  };
}

function countingRule(name: string, priority: number): CfnWebACL.RuleProperty {
  return {
    name,
    priority,
    overrideAction: { count: {} },
    statement: { managedRuleGroupStatement: { vendorName: "AWS", name } },
    visibilityConfig: visibility(name),
  };
}

/** Counted, never sampled: a sampled request shows its headers, and so its session handle, in the console. */
function visibility(metricName: string): CfnWebACL.VisibilityConfigProperty {
  return { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false };
}
