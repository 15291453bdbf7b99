import { AssetHashType, DockerImage, Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement, Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from "aws-cdk-lib/aws-lambda";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import type { IQueue } from "aws-cdk-lib/aws-sqs";
import { Construct } from "constructs";
import { type FunctionName, functionTimeouts } from "../lambdas/routes.ts";
import { acknowledge, findings } from "./acknowledged-findings.ts";
import { bundledFolder } from "./bundle-functions.ts";
import type { ChatBffConfig } from "./config.ts";
import type { FunctionBundle } from "./function-bundle.ts";

/** Properties of {@link NodeFunction}. */
export interface NodeFunctionProps {
  readonly name: FunctionName;
  readonly bundle: FunctionBundle;
  readonly config: Pick<ChatBffConfig, "memory" | "reservedConcurrency" | "logRetentionDays" | "tracing">;
  readonly environment: Record<string, string>;
  /** Where invocations go that nobody waits for and that failed. Default: nowhere. */
  readonly deadLetters?: IQueue | undefined;
}

/**
 * A Lambda function with our defaults, and a role that at first may do two things: write to its own log group, and send
 * traces. Its code is the bundle of the entry point of that name in lambdas/functions.
 */
export class NodeFunction extends Construct {
  readonly lambda: LambdaFunction;

  constructor(
    scope: Construct,
    id: string,
    { name, bundle, config, environment, deadLetters }: NodeFunctionProps,
  ) {
    super(scope, id);
    const logGroup = new LogGroup(this, "Logs", {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const role = new Role(this, "Role", { assumedBy: new ServicePrincipal("lambda.amazonaws.com") });
    role.addToPolicy(
      new PolicyStatement({
        actions: ["logs:CreateLogStream", "logs:PutLogEvents"],
        resources: [logGroup.logGroupArn],
      }),
    );
    if (config.tracing) acknowledge(role, findings.tracing);
    else acknowledge(this, findings.noFunctionTracing);
    const reserved = config.reservedConcurrency[name];
    this.lambda = new LambdaFunction(this, "Function", {
      description: `Connect chat: ${name}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: "index.handler",
      code: Code.fromAsset(bundledFolder, {
        assetHashType: AssetHashType.CUSTOM,
        assetHash: bundle.hash,
        bundling: {
          image: DockerImage.fromRegistry("not-used"),
          local: {
            tryBundle: (folder) => {
              bundle.write(folder);
              return true;
            },
          },
        },
      }),
      role,
      logGroup,
      // Disabled, Lambda still follows a caller's trace header, but the role may send nothing to X-Ray.
      tracing: config.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      memorySize: config.memory,
      timeout: Duration.seconds(functionTimeouts[name].lambda),
      ...(reserved !== undefined && { reservedConcurrentExecutions: reserved }),
      ...(deadLetters && { deadLetterQueue: deadLetters }),
      environment,
    });
  }
}
