import { Duration } from "aws-cdk-lib";
import { Stats, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { acknowledge, findings } from "./acknowledged-findings.ts";
import type { Monitoring } from "./monitoring.ts";
import type { NodeFunction } from "./node-function.ts";

/**
 * A run that did not begin within this time is left out, the second try of a failed one included: a later run does
 * its work.
 */
const maxEventAge = Duration.minutes(2);

const period = Duration.minutes(5);

/** How far behind the reaper may be, in milliseconds: a run finds what has been due for a minute. */
const mostLagMs = 300_000;

/**
 * What the reaper has beside its function: a schedule, and a queue of runs that failed. Concurrency is not reserved:
 * a new account has none to give, and runs that overlap do no harm.
 */
export class Reaper extends Construct {
  /** Letters say which minute's run failed, and nothing of a chat. */
  readonly failures: Queue;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.failures = new Queue(this, "Failures", {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    acknowledge(this.failures, findings.lastQueue);
  }

  /**
   * Has a function run every minute, which has the queue for its dead letters. A run that fails is tried once more,
   * after a minute, as Lambda does.
   */
  schedule({ lambda }: NodeFunction): void {
    lambda.configureAsyncInvoke({ maxEventAge, retryAttempts: 1 });
    acknowledge(lambda, findings.deadLettersInstead);
    new Rule(this, "EveryMinute", {
      description: "Connect chat: finishes what starts left",
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [
        new LambdaFunction(lambda, { deadLetterQueue: this.failures, maxEventAge, retryAttempts: 1 }),
      ],
    });
  }

  /** Adds the alarms. Where nothing is measured, nothing is reaped: the lag's alarm is raised by that too. */
  watch(monitoring: Monitoring): void {
    const { SUM: statistic, MAXIMUM } = Stats;
    monitoring.addAlarm("Reaper failures", {
      metric: this.failures.metricApproximateNumberOfMessagesVisible({ statistic, period }),
      threshold: 1,
    });
    monitoring.addAlarm("Orphan starts", { metric: monitoring.metrics.total("OrphanStarts"), threshold: 1 });
    monitoring.addAlarm("Reaper lag", {
      metric: monitoring.metrics.total("ReaperLag").with({ statistic: MAXIMUM }),
      threshold: mostLagMs,
      treatMissingData: TreatMissingData.BREACHING,
    });
  }
}
