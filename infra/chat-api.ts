import { Aws, Duration, Names, RemovalPolicy } from "aws-cdk-lib";
import {
  AuthorizationType,
  EndpointType,
  LambdaIntegration,
  LogGroupLogDestination,
  MethodLoggingLevel,
  RestApi,
  type Stage,
} from "aws-cdk-lib/aws-apigateway";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct } from "constructs";
import { functionTimeouts, routes } from "../lambdas/routes.ts";
import { accessLogFormat } from "./access-log.ts";
import { acknowledge, findings } from "./acknowledged-findings.ts";
import type { ChatFunctions } from "./chat-functions.ts";
import type { ChatBffConfig } from "./config.ts";
import { CustomDomain } from "./custom-domain.ts";
import type { GatewayLogRole } from "./gateway-log-role.ts";
import { addGatewayResponses } from "./gateway-responses.ts";
import { methodThrottles, preflightThrottle } from "./method-throttles.ts";
import { WebAcl } from "./web-acl.ts";

/** Properties of {@link ChatApi}. */
export interface ChatApiProps {
  readonly config: ChatBffConfig;
  readonly functions: ChatFunctions;
  /** Undefined where the account has the role already. */
  readonly logRole: GatewayLogRole | undefined;
}

/** The regional REST API: one method per row of the route table, and the preflight of its path on the same function. */
export class ChatApi extends Construct {
  /** What clients are given as `endpoint`, without a slash at the end. */
  readonly endpoint: string;
  /** Where the DNS record of the custom domain has to point; undefined without one. */
  readonly domainTarget: string | undefined;
  /** The deployed stage, for whoever watches it. */
  readonly stage: Stage;

  constructor(scope: Construct, id: string, { config, functions, logRole }: ChatApiProps) {
    super(scope, id);
    const { stageName, domain } = config;
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const api = new RestApi(this, "Api", {
      // Its metrics know it by this name alone, and a stack may hold two of these constructs.
      restApiName: Names.uniqueResourceName(scope, { maxLength: 128, separator: "-" }),
      description: "Connect chat: the Participant Service's own API, with session handles for tokens",
      endpointConfiguration: { types: [EndpointType.REGIONAL] },
      disableExecuteApiEndpoint: domain !== undefined,
      cloudWatchRole: false,
      deployOptions: {
        stageName,
        accessLogDestination: new LogGroupLogDestination(accessLog),
        accessLogFormat: accessLogFormat(),
        loggingLevel: MethodLoggingLevel.OFF,
        dataTraceEnabled: false,
        tracingEnabled: config.tracing,
        throttlingRateLimit: preflightThrottle.rate,
        throttlingBurstLimit: preflightThrottle.burst,
        methodOptions: methodThrottles(config.throttleFactor, config.signIn !== undefined),
      },
    });
    // The outputs are the stack's own; RestApi's ends in a slash, which SDKs would double.
    api.node.tryRemoveChild("Endpoint");
    acknowledge(api, [...findings.validation, ...findings.noAuthorizer, ...findings.noExecutionLog]);
    if (!config.tracing) acknowledge(api, findings.noApiTracing);
    addRoutes(api, functions);
    addGatewayResponses(api);
    if (logRole) api.deploymentStage.node.addDependency(logRole);
    if (config.waf) new WebAcl(this, "WebAcl", { stage: api.deploymentStage });
    else acknowledge(api, findings.noWebAcl);
    const customDomain = domain && new CustomDomain(this, "CustomDomain", { api, ...domain });
    this.domainTarget = customDomain?.target;
    this.stage = api.deploymentStage;
    this.endpoint = domain
      ? `https://${domain.name}`
      : `https://${api.restApiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${stageName}`;
  }
}

function addRoutes(api: RestApi, functions: ChatFunctions): void {
  for (const { method, path, function: name } of routes) {
    const resource = api.root.resourceForPath(path);
    const integration = new LambdaIntegration(functions.get(name).lambda, {
      timeout: Duration.seconds(functionTimeouts[name].gateway),
      allowTestInvoke: false,
    });
    for (const httpMethod of [method, "OPTIONS"]) {
      resource.addMethod(httpMethod, integration, { authorizationType: AuthorizationType.NONE });
    }
  }
}
