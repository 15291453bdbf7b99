import { Duration } from "aws-cdk-lib";
import { Metric, Stats } from "aws-cdk-lib/aws-cloudwatch";
import { metricNamespace, type metricTable } from "../lambdas/metric-names.ts";

/** A metric that the functions count themselves. */
export type OwnMetric = keyof typeof metricTable;

/** What metrics are added up over, where nothing else is said. */
export const metricPeriod = Duration.minutes(5);

/** What the functions of one deployment count themselves, as lambdas/metric-names.ts names it. */
export class OwnMetrics {
  readonly #deployment: string;

  /** @param deployment what they are counted under */
  constructor(deployment: string) {
    this.#deployment = deployment;
  }

  /** A metric of the whole deployment: one that lambdas/metric-names.ts gives a set of `Deployment` alone. */
  total(name: OwnMetric): Metric {
    return this.#metric(name, {});
  }

  /** A metric of one operation, labelled with it. */
  ofOperation(name: OwnMetric, Operation: string, statistic = Stats.SUM): Metric {
    return this.#metric(name, { Operation }).with({ statistic, label: Operation });
  }

  #metric(metricName: OwnMetric, dimensions: Readonly<Record<string, string>>): Metric {
    return new Metric({
      namespace: metricNamespace,
      metricName,
      dimensionsMap: { Deployment: this.#deployment, ...dimensions },
      statistic: Stats.SUM,
      period: metricPeriod,
    });
  }
}
