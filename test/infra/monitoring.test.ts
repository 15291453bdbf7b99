import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Metric } from "aws-cdk-lib/aws-cloudwatch";
import { beforeAll, describe, expect, test } from "vitest";
import { deployedFunctions } from "../../infra/config.ts";
import { ConnectChatBff } from "../../infra/connect-chat-bff.ts";
import { anchorOf } from "../../infra/monitoring.ts";
import { metricNamespace, metricTable } from "../../lambdas/metric-names.ts";
import {
  deployedStack,
  deploymentsInModes,
  propertiesOf,
  type Resource,
  resources,
  type Synthesized,
  settings,
} from "./synthesize.ts";

const page = readFileSync(join(import.meta.dirname, "../../docs/operations.md"), "utf8");
const paragraphs = [...page.matchAll(/^#+ Alarm: (.+)\n+(.+)/gm)].map(([, title = "", text = ""]) => ({
  anchor: anchorOf(title),
  text,
}));
const topic = "arn:aws:sns:eu-west-2:111122223333:alarms";

type Alarm = Resource["Properties"];

function alarmsOf(synthesized: Synthesized): readonly Alarm[] {
  return propertiesOf(synthesized, "AWS::CloudWatch::Alarm");
}

function linkedBy({ AlarmDescription }: Alarm): string {
  return /docs\/operations\.md#([a-z-]+)$/.exec(AlarmDescription)?.[1] ?? AlarmDescription;
}

function dimensionsOf({ Dimensions = [] }: Alarm): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Dimensions.map(({ Name, Value }: Readonly<Record<string, unknown>>) => [Name, Value]),
  );
}

/** Measured by every run of the reaper: where it is missing, there was none. */
function isLag({ MetricName }: Alarm): boolean {
  return MetricName === "ReaperLag";
}

describe.each(deploymentsInModes)("the alarms of %s", (_, deploy, realTime) => {
  let synthesized: Synthesized;
  let alarms: readonly Alarm[];
  beforeAll(() => {
    synthesized = deploy();
    alarms = alarmsOf(synthesized);
  });

  test("each link a paragraph of docs/operations.md", () => {
    expect(alarms.length).toBeGreaterThan(15);
    const anchors = paragraphs.map(({ anchor }) => anchor);
    expect([...new Set(alarms.map(linkedBy))].filter((anchor) => !anchors.includes(anchor))).toEqual([]);
  });

  test("are plain: one metric each, nothing computed, and what is not counted is no breach but for the lag", () => {
    expect(synthesized.text).not.toContain("AWS::CloudWatch::CompositeAlarm");
    for (const alarm of alarms) {
      expect(alarm).not.toHaveProperty("Metrics");
      expect(alarm).toMatchObject({
        MetricName: expect.any(String),
        Statistic: isLag(alarm) ? "Maximum" : "Sum",
        Period: 300,
        EvaluationPeriods: 1,
        ComparisonOperator: "GreaterThanOrEqualToThreshold",
        TreatMissingData: isLag(alarm) ? "breaching" : "notBreaching",
      });
      expect(alarm.Threshold).toBeGreaterThan(0);
    }
  });

  test("watch of our own metrics those that the code emits, with dimensions it gives them", () => {
    const own = alarms.filter(({ Namespace }) => Namespace === metricNamespace);
    const watched = own.map((alarm) => [alarm.MetricName, Object.keys(dimensionsOf(alarm)).sort()]);
    const emitted = Object.entries(metricTable).flatMap(([name, { dimensions }]) =>
      dimensions.map((set) => JSON.stringify([name, [...set].sort()])),
    );

    expect(watched.length).toBe(realTime === "relay" ? 8 : 7);
    expect(watched.filter((one) => !emitted.includes(JSON.stringify(one)))).toEqual([]);
  });

  test("watch what the functions of this deployment count under its name, and no other's", () => {
    const own = alarms.filter(({ Namespace }) => Namespace === metricNamespace);
    const names = propertiesOf(synthesized, "AWS::Lambda::Function").map(
      ({ Environment }) => Environment.Variables.METRICS_DEPLOYMENT,
    );
    const deployments = new Set([
      ...own.map((alarm) => dimensionsOf(alarm)["Deployment"]),
      ...names.filter((name) => name !== undefined),
    ]);

    expect(deployments.size).toBe(1);
    expect([...deployments][0]).toMatch(/^[A-Za-z0-9-]{1,64}$/);
    expect(names.filter((name) => name === undefined)).toHaveLength(1);
  });

  test("watch the errors and throttles of every function, and every table", () => {
    const count = (namespace: string, metricName: string) =>
      alarms.filter(({ Namespace, MetricName }) => Namespace === namespace && MetricName === metricName)
        .length;
    const functions = deployedFunctions(realTime).length;
    const tables = realTime === "relay" ? 3 : 2;

    expect(count("AWS/Lambda", "Errors")).toBe(functions);
    expect(count("AWS/Lambda", "Throttles")).toBe(functions);
    expect(count("AWS/ApiGateway", "5XXError")).toBe(1);
    expect(count("AWS/DynamoDB", "ReadThrottleEvents")).toBe(tables);
    expect(count("AWS/DynamoDB", "WriteThrottleEvents")).toBe(tables + 1);
    expect(count("AWS/SNS", "NumberOfNotificationsFailed")).toBe(realTime === "relay" ? 1 : 0);
    expect(count("AWS/SQS", "ApproximateNumberOfMessagesVisible")).toBe(1);
    expect(count("AWS/DynamoDB", "SystemErrors")).toBe(2 * tables);
  });

  test("tell nobody without alarmTopicArn, and its topic with it", () => {
    expect(alarms.filter((alarm) => alarm.AlarmActions !== undefined)).toEqual([]);
    const told = alarmsOf(deploy({ alarmTopicArn: topic }));
    expect(told.map(({ AlarmActions }) => AlarmActions)).toEqual(told.map(() => [topic]));
  });

  test("and all that is counted are gone with monitoring=false", () => {
    const without = deploy({ monitoring: false });

    expect(without.text).not.toMatch(/AWS::CloudWatch|METRICS_DEPLOYMENT/);
  });
});

describe("docs/operations.md", () => {
  test("has a paragraph for no alarm that there is not", () => {
    const anchors = alarmsOf(deployedStack()).map(linkedBy);

    expect(paragraphs.length).toBeGreaterThan(9);
    expect(paragraphs.filter(({ anchor }) => !anchors.includes(anchor))).toEqual([]);
  });

  test("says how many alarms there are", () => {
    const { length } = alarmsOf(deployedStack());

    expect(/(\d+) alarms in `relay`/.exec(page)?.[1]).toBe(String(length));
    const inDirect = alarmsOf(deployedStack({ realTime: "direct" })).length;
    expect(/(\d+) in `direct`/.exec(page)?.[1]).toBe(String(inDirect));
  });

  test("says at how many each of our own alarms is raised", () => {
    const thresholds = alarmsOf(deployedStack()).map((alarm) => ({
      threshold: alarm.Threshold as number,
      text: paragraphs.find(({ anchor }) => anchor === linkedBy(alarm))?.text ?? "",
    }));

    expect(thresholds.filter(({ threshold, text }) => !text.includes(`**${threshold}`))).toEqual([]);
  });
});

test("an alarm that is added later is told of, links its paragraph, and is on the dashboard", () => {
  const stack = new Stack(new App({ context: { "aws:cdk:bundling-stacks": [] } }), "Company");
  const { monitoring } = new ConnectChatBff(stack, "Support", { ...settings, alarmTopicArn: topic });
  const metric = new Metric({ namespace: "AWS/SQS", metricName: "ApproximateAgeOfOldestMessage" });
  monitoring?.addAlarm("Own queue", { metric, threshold: 1 });

  const template = Template.fromStack(stack);
  const [[id, alarm] = ["", undefined]] = Object.entries(
    template.findResources("AWS::CloudWatch::Alarm", {
      Properties: { MetricName: "ApproximateAgeOfOldestMessage" },
    }),
  );
  expect(alarm?.["Properties"]).toMatchObject({
    AlarmDescription: expect.stringMatching(/docs\/operations\.md#alarm-own-queue$/),
    AlarmActions: [topic],
  });
  const dashboards = template.findResources("AWS::CloudWatch::Dashboard");
  expect(Object.keys(dashboards)).toHaveLength(1);
  expect(JSON.stringify(dashboards)).toContain(id);
});

test("the dashboard shows of our own metrics those that the code emits", () => {
  const [dashboard] = Object.values(resources(deployedStack(), "AWS::CloudWatch::Dashboard"));
  const body = JSON.stringify(dashboard?.Properties.DashboardBody).replaceAll("\\", "");
  const shown = [...body.matchAll(/\["ConnectChatBff","(\w+)"/g)].map(([, name = ""]) => name);

  expect([...new Set(shown)].sort()).toEqual(
    // The reasons and the totals are the same metrics; all names are shown.
    Object.keys(metricTable).sort(),
  );
});
