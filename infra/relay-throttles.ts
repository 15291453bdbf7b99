import type { CfnStage } from "aws-cdk-lib/aws-apigatewayv2";
import { scaled, type Throttle } from "./method-throttles.ts";

/**
 * New sockets, of everybody together. WAF cannot stand before a WebSocket API and a ticket is looked at after the
 * throttle, so this bounds what strangers can cost. It is as high as that of the operation which hands out tickets,
 * because a low one would let a stranger lock all others out (docs/decisions/0008), and below the 500 a second that
 * API Gateway allows all WebSocket APIs of an account by default.
 */
const connectThrottle: Throttle = { rate: 300, burst: 600 };

/**
 * Frames of open sockets, of everybody together. A client sends two in 10 s, and three as it opens: so it carries
 * 10,000 quiet sockets, twenty times the chats of an instance with default quotas, and over twice what the highest
 * rate of new sockets brings. Only who had a ticket can send any. A missed heartbeat makes a client open another
 * socket, so it errs on the high side. An account has 10,000 requests a second, with a burst of 5,000, for all its
 * APIs; in some Regions a quarter (docs/operations.md, "Quotas").
 */
const frameThrottle: Throttle = { rate: 2_000, burst: 4_000 };

/** Settings of all routes, and of single ones by their key. */
interface RouteSettings {
  readonly defaultRouteSettings: CfnStage.RouteSettingsProperty;
  readonly routeSettings: Readonly<Record<string, object>>;
}

/**
 * Settings of the routes, as CloudFormation takes them: no execution logs and no data in any log, since both hold
 * tickets and words.
 */
export function routeSettings(factor: number): RouteSettings {
  const connect = scaled(connectThrottle, factor);
  const frames = scaled(frameThrottle, factor);
  return {
    defaultRouteSettings: {
      dataTraceEnabled: false,
      loggingLevel: "OFF",
      throttlingRateLimit: frames.rate,
      throttlingBurstLimit: frames.burst,
    },
    // A map, which the CDK passes on as it is: hence CloudFormation's own spelling.
    routeSettings: {
      $connect: {
        DataTraceEnabled: false,
        LoggingLevel: "OFF",
        ThrottlingRateLimit: connect.rate,
        ThrottlingBurstLimit: connect.burst,
      },
    },
  };
}
