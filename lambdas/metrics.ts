import {
  metricNamespace,
  metricTable,
  type rejectionReasons,
  type unmatchedOperation,
} from "./metric-names.ts";
import type { OperationName } from "./routes.ts";

/** A metric's name. */
export type MetricName = keyof typeof metricTable;

/** Why a file was refused. */
export type RejectionReason = (typeof rejectionReasons)[number];

/** What was counted or measured at one time. The type is the allow-list: nothing else gets into a metric line. */
export interface Sample {
  readonly values: Readonly<Partial<Record<MetricName, number>>>;
  readonly operation?: OperationName | typeof unmatchedOperation;
  readonly reason?: RejectionReason | undefined;
}

/** Takes samples. */
export type Metrics = (sample: Sample) => void;

/**
 * Metrics of a line that have the same sets of dimensions (CloudWatch user guide, "Specification: Embedded metric
 * format").
 */
interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: MetricName; readonly Unit: string }[];
}

/** One document in CloudWatch's embedded metric format. */
export interface MetricLine extends Readonly<Partial<Record<MetricName, number>>> {
  readonly _aws: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
  readonly Deployment: string;
  readonly Operation?: string;
  readonly Reason?: string;
}

/** Takes metric lines. */
export type MetricSink = (line: MetricLine) => void;

/** One line of JSON on standard output, from which CloudWatch Logs takes the metrics. */
export const writeMetrics: MetricSink = (line) => {
  process.stdout.write(`${JSON.stringify(line)}\n`);
};

/** Writes samples as lines; where there is no deployment to count for, nothing. */
export function createMetrics(deployment: string | undefined, sink: MetricSink, now: () => number): Metrics {
  if (deployment === undefined) return () => undefined;
  return (sample) => sink(toLine(deployment, sample, now()));
}

function toLine(deployment: string, { values, operation, reason }: Sample, now: number): MetricLine {
  const names = Object.keys(values) as MetricName[];
  return {
    _aws: {
      Timestamp: now,
      CloudWatchMetrics: directivesOf(names, operation !== undefined, reason !== undefined),
    },
    Deployment: deployment,
    ...(operation !== undefined && { Operation: operation }),
    ...(reason !== undefined && { Reason: reason }),
    ...values,
  };
}

/** By names and dimensions of a sample, of which there are a handful: made once. */
const made = new Map<string, readonly Directive[]>();

function directivesOf(
  names: readonly MetricName[],
  Operation: boolean,
  Reason: boolean,
): readonly Directive[] {
  const key = [...names, Operation, Reason].join();
  const known = made.get(key);
  if (known !== undefined) return known;
  const present = { Deployment: true, Operation, Reason };
  const directives = merged(
    names.map((Name) => ({
      Namespace: metricNamespace,
      Dimensions: dimensionsOf(Name).filter((set) => set.every((dimension) => present[dimension])),
      Metrics: [{ Name, Unit: metricTable[Name].unit }],
    })),
  );
  made.set(key, directives);
  return directives;
}

function dimensionsOf(name: MetricName): readonly (readonly ("Deployment" | "Operation" | "Reason")[])[] {
  return metricTable[name].dimensions;
}

/** One directive for each list of sets: the line is shorter. */
function merged(directives: readonly Directive[]): readonly Directive[] {
  const bySets = new Map<string, Directive>();
  for (const directive of directives) {
    const key = JSON.stringify(directive.Dimensions);
    const known = bySets.get(key);
    bySets.set(key, { ...directive, Metrics: [...(known?.Metrics ?? []), ...directive.Metrics] });
  }
  return [...bySets.values()];
}
