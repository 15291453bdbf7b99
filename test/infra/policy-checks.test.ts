import { type App, Validations } from "aws-cdk-lib";
import { AwsSolutionsChecks, ServerlessChecks } from "cdk-nag";
import type { IConstruct } from "constructs";
import { afterEach, describe, expect, test, vi } from "vitest";
import { deployedStack, deployments } from "./synthesize.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

describe.each(deployments)("the policy packs on %s", (_, deploy) => {
  test.each([
    {},
    { waf: false },
    { tracing: false },
    { monitoring: false },
    { alarmTopicArn: "arn:aws:sns:eu-west-2:111122223333:alarms" },
    { cloudWatchRole: false },
    { realTime: "direct" as const },
  ])("find nothing that is not acknowledged, with %j", (settings) => {
    expect(findingsOf(deploy(settings).app)).toEqual([]);
  });
});

test("every acknowledgement still answers a finding", () => {
  const acknowledged = acknowledgementsOf(deployedStack().app);

  vi.spyOn(Validations.prototype, "acknowledge").mockReturnValue();
  const found = findingsOf(deployedStack().app);

  const unanswered = acknowledged.filter(
    ({ path, id }) => !found.some((finding) => finding.id === id && finding.path.startsWith(path)),
  );
  expect(unanswered).toEqual([]);
});

test("the acknowledged findings are those reviewed in docs/policy-findings.md", async () => {
  const rows = acknowledgementsOf(deployedStack().app)
    .concat(acknowledgementsOf(deployedStack({ waf: false, tracing: false }).app))
    .map(({ path, id, reason }) => `| ${path} | \`${id}\` | ${reason} |`);
  const document = [
    "# Acknowledged policy findings",
    "",
    "Each synth checks the stack against the AwsSolutions and Serverless packs of cdk-nag and stops at a finding that is not in",
    "this list. An acknowledgement holds for the named construct and what is inside it. The list is that of the example",
    "settings, and of `waf=false` and `tracing=false`. A test compares it with the stack; after a review,",
    "`npx vitest run test/infra/policy-checks.test.ts -u` writes it anew.",
    "",
    "| Construct | Finding | Why it stays |",
    "|---|---|---|",
    ...[...new Set(rows)].sort(),
    "",
  ].join("\n");

  await expect(document).toMatchFileSnapshot("../../docs/policy-findings.md");
});

function findingsOf(app: App): readonly { id: string; path: string }[] {
  return [new AwsSolutionsChecks(), new ServerlessChecks()].flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath = "" }) => ({ id: ruleName, path: constructPath })),
      ),
  );
}

function acknowledgementsOf(app: App): { path: string; id: string; reason: string }[] {
  return app.node.findAll().flatMap((construct: IConstruct) =>
    construct.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .map(([id, reason]) => ({ path: construct.node.path, id: id.replace(/^annotation::/i, ""), reason })),
  );
}
