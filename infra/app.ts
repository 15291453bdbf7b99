import { App } from "aws-cdk-lib";
import { bundleFunctions } from "./bundle-functions.ts";
import { ChatBffStack } from "./chat-bff-stack.ts";
import { deployedFunctions, readConfig } from "./config.ts";
import type { DeploymentSettings } from "./deployment-settings.ts";
import { collectSettings } from "./given-settings.ts";
import { addPolicyChecks } from "./policy-checks.ts";
import { ConfigError } from "./setting-values.ts";

const app = new App();
try {
  const { settings, isExample } = collectSettings(app.node.getAllContext(), process.env);
  new ChatBffStack(app, settings as DeploymentSettings);
  addPolicyChecks(app);
  const bundles = bundleFunctions();
  for (const name of deployedFunctions(readConfig(settings).realTime)) {
    process.stderr.write(`${name}: ${Math.round((bundles.get(name)?.bytes ?? 0) / 1024)} KiB bundled\n`);
  }
  if (isExample) {
    process.stderr.write(
      "These are the example settings of cdk.json: set instanceArn, contactFlows and allowedOrigins.\n",
    );
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exit(1);
}
