import { rmSync } from "node:fs";
import { App, Stack } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { ChatBffStack } from "../../infra/chat-bff-stack.ts";
import { ConnectChatBff } from "../../infra/connect-chat-bff.ts";
import type { DeploymentSettings } from "../../infra/deployment-settings.ts";

/** The least that a deployment has to be told. */
export const settings = {
  instanceArn: "arn:aws:connect:eu-west-2:111122223333:instance/11111111-1111-4111-8111-111111111111",
  contactFlows: {
    support: "22222222-2222-4222-8222-222222222222",
    sales: "33333333-3333-4333-8333-333333333333",
  },
  allowedOrigins: ["https://www.example.com", "https://shop.example.com"],
} as const satisfies DeploymentSettings;

/** A synthesized stack. */
export interface Synthesized {
  readonly app: App;
  readonly template: Template;
  /** The template as text. */
  readonly text: string;
}

/** A resource of a template, as far as the tests look at it. */
export interface Resource {
  readonly DeletionPolicy?: string;
  readonly UpdateReplacePolicy?: string;
  // biome-ignore lint/suspicious/noExplicitAny: the properties of a template have no types
  readonly Properties: any;
}

/** Makes the stack of `npx cdk`. */
export function deployedStack(more: Partial<DeploymentSettings> = {}): Synthesized {
  const app = newApp();
  return synthesize(app, new ChatBffStack(app, { ...settings, ...more }));
}

/** Makes the stack of a company that places the construct in an app of its own, which knows neither account nor Region. */
export function companyStack(more: Partial<DeploymentSettings> = {}): Synthesized {
  const app = newApp();
  const stack = new Stack(app, "Company");
  new ConnectChatBff(stack, "Support", { ...settings, ...more });
  return synthesize(app, stack);
}

/** How a chat's items reach the browser. */
export type RealTime = "relay" | "direct";

/** Both ways to deploy: every assertion holds for each. */
export const deployments = [
  ["the stack", deployedStack],
  ["the construct in a company's own app", companyStack],
] as const;

/** Both ways to deploy, in both modes. */
export const deploymentsInModes = deployments.flatMap(([name, deploy]) =>
  (["relay", "direct"] as const).map(
    (realTime) =>
      [
        `${name} in the mode ${realTime}`,
        (more: Partial<DeploymentSettings> = {}) => deploy({ realTime, ...more }),
        realTime,
      ] as const,
  ),
);

/** The resources of a type, by logical id. */
export function resources({ template }: Synthesized, type: string): Readonly<Record<string, Resource>> {
  return template.findResources(type) as Record<string, Resource>;
}

/** The properties of each resource of a type. */
export function propertiesOf(synthesized: Synthesized, type: string): readonly Resource["Properties"][] {
  return Object.values(resources(synthesized, type)).map((resource) => resource.Properties);
}

/** No assets are written: the tests look at templates alone, and app.test.ts runs the real thing. */
function newApp(): App {
  return new App({ context: { "aws:cdk:bundling-stacks": [] } });
}

function synthesize(app: App, stack: Stack): Synthesized {
  const assembly = app.synth();
  const json = assembly.getStackArtifact(stack.artifactId).template as Record<string, unknown>;
  rmSync(assembly.directory, { recursive: true });
  return { app, template: Template.fromJSON(json), text: JSON.stringify(json) };
}
