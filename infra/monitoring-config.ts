import type { ChatBffConfig, ConnectInstance } from "./config.ts";
import type { GivenSettings } from "./deployment-settings.ts";
import { ConfigError, type Expectation, flag, optional } from "./setting-values.ts";

/** What is told of an alarm: setting `alarmTopicArn`. */
export interface MonitoringConfig {
  readonly alarmTopicArn: string | undefined;
}

/**
 * Alarms reach only topics of their own Region, and no FIFO topic (CloudWatch user guide, "Using Amazon CloudWatch
 * alarms").
 */
function topicIn({ region }: ConnectInstance): Expectation<string> {
  const form = new RegExp(`^arn:aws(-[a-z]+)*:sns:${region}:\\d{12}:[A-Za-z0-9_-]{1,256}$`);
  return {
    expected: `the ARN of an SNS topic in the instance's Region, such as arn:aws:sns:${region}:111122223333:alarms`,
    parse: (value) => (form.test(value) ? value : undefined),
  };
}

/** Reads what is watched; undefined for nothing. @throws {ConfigError} */
export function readMonitoring(given: GivenSettings, instance: ConnectInstance): ChatBffConfig["monitoring"] {
  const alarmTopicArn = optional("alarmTopicArn", given.alarmTopicArn, topicIn(instance));
  if (optional("monitoring", given.monitoring, flag) ?? true) return { alarmTopicArn };
  if (alarmTopicArn === undefined) return undefined;
  throw new ConfigError("monitoring must be true where alarmTopicArn is set, such as -c monitoring=true.");
}
