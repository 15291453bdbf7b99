import { Names, Stack } from "aws-cdk-lib";
import type { Stage } from "aws-cdk-lib/aws-apigateway";
import {
  Alarm,
  ComparisonOperator,
  type IAlarmAction,
  Metric,
  Stats,
  TreatMissingData,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { Topic } from "aws-cdk-lib/aws-sns";
import { Construct } from "constructs";
import type { FunctionName } from "../lambdas/routes.ts";
import { sessionTable } from "../lambdas/sessions/session-table.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import { ChatDashboard } from "./chat-dashboard.ts";
import type { ChatFunctions } from "./chat-functions.ts";
import { type ChatBffConfig, deployedFunctions } from "./config.ts";
import type { MonitoringConfig } from "./monitoring-config.ts";
import { metricPeriod, OwnMetrics } from "./own-metrics.ts";
import type { Relay } from "./relay.ts";
import type { SessionTable } from "./session-table.ts";
import type { StartTable } from "./start-table.ts";

/** Operations of DynamoDB whose failures are watched: those that write. Its metric knows no total of a table's. */
const watchedOperations = ["PutItem", "UpdateItem"];

/** Properties of {@link Monitoring}. */
export interface MonitoringProps {
  readonly config: Pick<ChatBffConfig, "realTime">;
  readonly monitoring: MonitoringConfig;
  readonly stage: Stage;
  readonly functions: ChatFunctions;
  readonly sessions: SessionTable;
  readonly starts: StartTable;
  /** Undefined in the mode `direct`. */
  readonly relay: Relay | undefined;
}

/** When something is to be looked at. */
export interface AlarmProps {
  readonly metric: Metric;
  /** Raised when the metric reaches it within its period, of five minutes where the metric has none of its own. */
  readonly threshold: number;
  /**
   * What it means that nothing is measured. Default: nothing is wrong, because most of what is watched is counted
   * only when it happens.
   */
  readonly treatMissingData?: TreatMissingData;
  /** Which one it is, where several alarms share a paragraph: the function's name, the table's. */
  readonly subject?: string;
}

/**
 * Alarms and a dashboard. Each alarm is a plain one, on one metric, and its description names the paragraph
 * of docs/operations.md that says what to do: the heading is "Alarm: " and its title. Thresholds are for the default
 * quotas of Amazon Connect.
 */
export class Monitoring extends Construct {
  /** What this deployment's functions count themselves. */
  readonly metrics: OwnMetrics;
  readonly #alarms: Alarm[] = [];
  readonly #action: IAlarmAction | undefined;

  constructor(scope: Construct, id: string, props: MonitoringProps) {
    super(scope, id);
    const { config, monitoring, functions } = props;
    const { alarmTopicArn } = monitoring;
    const deployment = Names.uniqueResourceName(scope, { maxLength: 64, separator: "-" });
    this.metrics = new OwnMetrics(deployment);
    this.#action = alarmTopicArn
      ? new SnsAction(Topic.fromTopicArn(this, "AlarmTopic", alarmTopicArn))
      : undefined;
    const names = deployedFunctions(config.realTime);
    for (const name of names) {
      if (name === "revoke") continue;
      functions.get(name).lambda.addEnvironment(settingNames.metricsDeployment, deployment);
    }
    this.#watchRequests(props.stage);
    for (const name of names) this.#watchFunction(name, functions);
    this.#watchTable("sessions", props.sessions.table.tableName);
    this.#watchTable("starts", props.starts.table.tableName);
    this.#watchIndex(props.sessions.table.tableName);
    if (props.relay) this.#watchRelay(props.relay);
    new ChatDashboard(this, "Dashboard", { alarms: this.#alarms, metrics: this.metrics, functions, names });
  }

  /**
   * Adds an alarm. Its paragraph in docs/operations.md has the heading "Alarm: " and `title`; a test misses it
   * otherwise.
   *
   * A metric of our own is had by its name in lambdas/metric-names.ts: `{ metric:
   * monitoring.metrics.total("OrphanStarts"), threshold: 1 }`.
   */
  addAlarm(title: string, { metric, threshold, subject, treatMissingData }: AlarmProps): Alarm {
    const about = subject === undefined ? "" : ` (${subject})`;
    const alarm = new Alarm(this, `${title} ${subject ?? ""}`.replace(/[^A-Za-z0-9]+(\w?)/g, upperCase), {
      alarmDescription: `${Stack.of(this).stackName}: ${title}${about}. What to do: docs/operations.md#${anchorOf(title)}`,
      metric,
      threshold,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: treatMissingData ?? TreatMissingData.NOT_BREACHING,
    });
    if (this.#action) alarm.addAlarmAction(this.#action);
    this.#alarms.push(alarm);
    return alarm;
  }

  #watchRequests(stage: Stage): void {
    const { SUM: statistic } = Stats;
    this.addAlarm("API errors", {
      metric: stage.metricServerError({ statistic, period: metricPeriod }),
      threshold: 5,
    });
    this.addAlarm("Throttled by Connect", { metric: this.metrics.total("UpstreamThrottles"), threshold: 50 });
    this.addAlarm("Throttled by us", { metric: this.metrics.total("ThrottledByUs"), threshold: 100 });
    this.addAlarm("Broken seals", { metric: this.metrics.total("BrokenSeals"), threshold: 1 });
    this.addAlarm("Handle misuse", { metric: this.metrics.total("HandleMisuse"), threshold: 20 });
    this.addAlarm("Attachments rejected", {
      metric: this.metrics.total("AttachmentsRejected"),
      threshold: 20,
    });
  }

  #watchRelay({ table, topic }: Relay): void {
    const { SUM: statistic } = Stats;
    this.#watchTable("relay", table.table.tableName);
    this.addAlarm("Relay deliveries", {
      metric: this.metrics.total("RelayDeliveryFailures"),
      threshold: 5,
    });
    this.addAlarm("Relay notifications", {
      metric: topic.topic.metricNumberOfNotificationsFailed({ statistic, period: metricPeriod }),
      threshold: 1,
    });
  }

  #watchFunction(name: FunctionName, functions: ChatFunctions): void {
    const { lambda } = functions.get(name);
    const { SUM: statistic } = Stats;
    const errors = lambda.metricErrors({ statistic, period: metricPeriod });
    const throttles = lambda.metricThrottles({ statistic, period: metricPeriod });
    this.addAlarm("Function errors", { subject: name, metric: errors, threshold: name === "revoke" ? 1 : 3 });
    this.addAlarm("Function throttles", { subject: name, metric: throttles, threshold: 1 });
  }

  #watchTable(subject: string, TableName: string): void {
    for (const metricName of ["ReadThrottleEvents", "WriteThrottleEvents"]) {
      this.addAlarm("Table throttles", {
        subject: `${subject}, ${metricName}`,
        metric: ofTable(metricName, { TableName }),
        threshold: 1,
      });
    }
    for (const Operation of watchedOperations) {
      this.addAlarm("Table errors", {
        subject: `${subject}, ${Operation}`,
        metric: ofTable("SystemErrors", { TableName, Operation }),
        threshold: 5,
      });
    }
  }

  /** A table whose index cannot follow refuses writes. */
  #watchIndex(TableName: string): void {
    const { name: GlobalSecondaryIndexName } = sessionTable.subjectIndex;
    this.addAlarm("Table throttles", {
      subject: "sessions, index",
      metric: ofTable("WriteThrottleEvents", { TableName, GlobalSecondaryIndexName }),
      threshold: 1,
    });
  }
}

/** The anchor of an alarm's paragraph, as GitHub makes it of the heading. */
export function anchorOf(title: string): string {
  return `alarm-${title.toLowerCase().replaceAll(" ", "-")}`;
}

function ofTable(metricName: string, dimensionsMap: Record<string, string>): Metric {
  return new Metric({
    namespace: "AWS/DynamoDB",
    metricName,
    dimensionsMap,
    statistic: Stats.SUM,
    period: metricPeriod,
  });
}

function upperCase(_match: string, letter: string): string {
  return letter.toUpperCase();
}
