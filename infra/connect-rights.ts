import { Aws } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { acknowledge, anyContact } from "./acknowledged-findings.ts";
import type { ChatBffConfig, ConnectInstance } from "./config.ts";
import { instanceEnvironment, startEnvironment } from "./function-environment.ts";
import type { NodeFunction } from "./node-function.ts";

/** The instance, in whatever partition the stack is. */
export function instanceArn({ region, account, id }: ConnectInstance): string {
  return `arn:${Aws.PARTITION}:connect:${region}:${account}:instance/${id}`;
}

/**
 * Gives a function the right to start and stop chats on the one instance and its listed flows, and tells it which they are.
 * Each action has the resource type that it demands (Service Authorization Reference, "Actions, resources, and condition
 * keys for Amazon Connect"): StartChatContact a flow, StopContact a contact.
 */
export function grantChatStart(fn: NodeFunction, config: ChatBffConfig): void {
  const { lambda } = fn;
  const flows = Object.values(config.contactFlows);
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ["connect:StartChatContact"],
      resources: flows.map((flow) => `${instanceArn(config.instance)}/contact-flow/${flow}`),
    }),
  );
  grantContactStop(fn, config);
  for (const [name, value] of Object.entries(startEnvironment(config))) lambda.addEnvironment(name, value);
}

/** Gives a function the right to stop chats of the one instance, and tells it which that is. */
export function grantContactStop({ lambda }: NodeFunction, config: ChatBffConfig): void {
  lambda.addToRolePolicy(
    new PolicyStatement({
      actions: ["connect:StopContact"],
      resources: [`${instanceArn(config.instance)}/contact/*`],
    }),
  );
  if (lambda.role) acknowledge(lambda.role, anyContact(config.instance));
  for (const [name, value] of Object.entries(instanceEnvironment(config))) {
    lambda.addEnvironment(name, value);
  }
}
