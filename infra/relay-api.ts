import { ArnFormat, Aws, Duration, Names, RemovalPolicy, Stack } from "aws-cdk-lib";
import { CfnStage, WebSocketApi } from "aws-cdk-lib/aws-apigatewayv2";
import { WebSocketLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { LogGroup } from "aws-cdk-lib/aws-logs";
import { Construct, type IDependable } from "constructs";
import { functionTimeouts } from "../lambdas/routes.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import { socketLogFormat } from "./access-log.ts";
import { acknowledge, anyConnection, findings } from "./acknowledged-findings.ts";
import type { ChatBffConfig } from "./config.ts";
import type { NodeFunction } from "./node-function.ts";
import { routeSettings } from "./relay-throttles.ts";

/** Every route: all that a client sends goes to `$default`, whatever it says. */
const routeKeys = ["$connect", "$default", "$disconnect"];

/** What the relay asks of the sockets' management API: write to one, ask when it was last heard, close it. */
const managementMethods = ["DELETE", "GET", "POST"];

/** Properties of {@link RelayApi}. */
export interface RelayApiProps {
  readonly config: Pick<ChatBffConfig, "stageName" | "throttleFactor" | "logRetentionDays">;
  /** What must be there before the API can write logs. */
  readonly logRole: IDependable | undefined;
}

/**
 * The WebSocket API of the mode `relay`. It answers under its execute-api address alone, even where `domainName`
 * gives the REST API another: one custom domain cannot serve APIs of both kinds (API Gateway developer guide, "Custom
 * domain names for WebSocket APIs"), and clients are told the address with every ticket, so no page has to know it.
 *
 * Functions get its addresses, which are made of its id and need neither stage nor routes: so the API can lead to a
 * function that knows it, and CloudFormation finds no circle.
 */
export class RelayApi extends Construct {
  /** What clients open sockets at, with a ticket added: `wss://…/prod`. */
  readonly url: string;
  readonly #api: WebSocketApi;
  readonly #address: string;
  readonly #props: RelayApiProps;

  constructor(scope: Construct, id: string, props: RelayApiProps) {
    super(scope, id);
    this.#props = props;
    this.#api = new WebSocketApi(this, "Api", {
      apiName: Names.uniqueResourceName(this, { maxLength: 128, separator: "-" }),
      description: "Connect chat: real time, with sockets of our own",
      // Frames name a topic of Amazon Connect's protocol, and no route is called like one.
      routeSelectionExpression: "$request.body.topic",
    });
    const { stageName } = props.config;
    this.#address = `${this.#api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}/${stageName}`;
    this.url = `wss://${this.#address}`;
    acknowledge(this, findings.ticketAuthorizes);
  }

  /**
   * Tells a function the address that it hands out with tickets. No right comes with it: clients open sockets,
   * functions do not.
   */
  tellUrl({ lambda }: NodeFunction): void {
    lambda.addEnvironment(settingNames.relayUrl, this.url);
  }

  /** Gives the relay the right to write to open sockets, and tells it where. */
  grantUse(relay: NodeFunction): void {
    this.#grant(relay, managementMethods);
  }

  /** Gives a function the right to close open sockets, and tells it where. */
  grantClosing(fn: NodeFunction): void {
    this.#grant(fn, ["DELETE"]);
  }

  #grant({ lambda }: NodeFunction, methods: readonly string[]): void {
    const { stageName } = this.#props.config;
    lambda.addEnvironment(settingNames.relayManagementUrl, `https://${this.#address}`);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ["execute-api:ManageConnections"],
        resources: methods.map(
          (method) =>
            `arn:${Aws.PARTITION}:execute-api:${Aws.REGION}:${Aws.ACCOUNT_ID}:${this.#api.apiId}/${stageName}/${method}/@connections/*`,
        ),
      }),
    );
    if (lambda.role) acknowledge(lambda.role, anyConnection(this.#api, stageName, methods));
  }

  /** Leads every route to a function. No route answers by itself: the function posts what it has to say. */
  serveWith({ lambda }: NodeFunction): void {
    const { config, logRole } = this.#props;
    const integration = new WebSocketLambdaIntegration("Integration", lambda, {
      timeout: Duration.seconds(functionTimeouts.relay.gateway),
    });
    const routes = routeKeys.map((routeKey) => this.#api.addRoute(routeKey, { integration }));
    const accessLog = new LogGroup(this, "AccessLog", {
      retention: config.logRetentionDays,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    // Not the WebSocketStage of the CDK: it knows no throttle of a single route.
    const stage = new CfnStage(this, "Stage", {
      apiId: this.#api.apiId,
      stageName: config.stageName,
      autoDeploy: true,
      accessLogSettings: {
        destinationArn: Stack.of(this).formatArn({
          service: "logs",
          resource: "log-group",
          resourceName: accessLog.logGroupName,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
        format: socketLogFormat().toString(),
      },
      ...routeSettings(config.throttleFactor),
    });
    // A setting of a route that is not there yet fails the deployment.
    stage.node.addDependency(...routes, ...(logRole ? [logRole] : []));
  }
}
