import { Duration } from "aws-cdk-lib";
import {
  type Alarm,
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type Metric,
  Stats,
} from "aws-cdk-lib/aws-cloudwatch";
import type { Construct } from "constructs";
import { type FunctionName, routes } from "../lambdas/routes.ts";
import type { ChatFunctions } from "./chat-functions.ts";
import { metricPeriod, type OwnMetric, type OwnMetrics } from "./own-metrics.ts";

/** What the dashboard shows. */
export interface ChatDashboardProps {
  /** Those that are added before the template is written are shown, too. */
  readonly alarms: Alarm[];
  readonly metrics: OwnMetrics;
  readonly functions: ChatFunctions;
  /** The functions that this deployment has. */
  readonly names: readonly FunctionName[];
}

/** The dashboard: alarms first, then what visitors notice, then what runs it. */
export class ChatDashboard extends Dashboard {
  constructor(scope: Construct, id: string, { alarms, metrics, functions, names }: ChatDashboardProps) {
    const operations = routes.map(({ operation }) => operation);
    const byOperation = (name: OwnMetric, statistic?: string) =>
      operations.map((operation) => metrics.ofOperation(name, operation, statistic));
    const ofFunctions = (metricOf: "metricDuration" | "metricInvocations") =>
      names.map(
        (name) => functions.get(name).lambda[metricOf]({ period: metricPeriod, label: name }) as Metric,
      );
    super(scope, id, {
      defaultInterval: Duration.hours(3),
      widgets: [
        [new AlarmStatusWidget({ title: "Alarms", alarms, width: 24, height: 4 })],
        [
          graph("Succeeded", byOperation("Succeeded")),
          graph("Latency, p95", byOperation("Latency", Stats.percentile(95))),
          graph("Client errors", byOperation("ClientErrors")),
        ],
        [
          graph("Failed", byOperation("Failed")),
          graph("Throttled by us", byOperation("ThrottledByUs")),
          graph("Throttled by Connect", [
            metrics.total("UpstreamThrottles").with({ label: "tries" }),
            ...byOperation("ThrottledByConnect"),
          ]),
        ],
        [
          graph("Handles and seals", [metrics.total("HandleMisuse"), metrics.total("BrokenSeals")]),
          graph("Attachments rejected", [metrics.total("AttachmentsRejected")]),
          ...(names.includes("relay")
            ? [graph("Relay", [metrics.total("RelayDeliveries"), metrics.total("RelayDeliveryFailures")])]
            : []),
        ],
        [
          graph("Starts left behind", [
            metrics.total("OrphanStarts"),
            metrics.total("ReaperLag").with({ statistic: Stats.MAXIMUM }),
          ]),
          graph("Invocations", ofFunctions("metricInvocations")),
          graph("Duration", ofFunctions("metricDuration")),
        ],
      ],
    });
  }
}

function graph(title: string, left: Metric[]): GraphWidget {
  return new GraphWidget({ title, left, width: 8, height: 6 });
}
