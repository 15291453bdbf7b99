/**
 * Every setting of a deployment. Given as `-c name=value`, in the context of cdk.json, in the environment
 * (given-settings.ts), or as properties of the construct (connect-chat-bff.ts). Lists and pairs may be written as one
 * string.
 */
export interface DeploymentSettings {
  /** ARN of the Amazon Connect instance. The stack goes into its account and Region. */
  readonly instanceArn: string;
  /** Flows a page may ask for, ids by alias: `support=<flow id>,sales=<flow id>`. No other flow can be started. */
  readonly contactFlows: string | Readonly<Record<string, string>>;
  /** Origins of the pages that may call, exact and https: `https://www.example.com,https://shop.example.com`. */
  readonly allowedOrigins: string | readonly string[];
  /** Alias used when a page names no flow, or one that is not in the list. Default: none, such a start is refused. */
  readonly defaultContactFlow?: string;
  /** Contact attributes a page may set. Default: none. */
  readonly allowedAttributes?: string | readonly string[];
  /**
   * Who may start a chat. `open`: everybody whose page is listed, and whoever says so outside a browser. `jwt`:
   * whoever presents a token of `jwtIssuer` in `Authorization: Bearer`, app or page. Default `open`, with a warning.
   */
  readonly startAuth?: "open" | "jwt";
  /** Issuer of the tokens, exactly their `iss`: `https://login.example.com/tenant`. `jwt` alone. */
  readonly jwtIssuer?: string;
  /** Whom the tokens are for (`aud`), client ids; one is enough. `jwt` alone. */
  readonly jwtAudience?: string | readonly string[];
  /** Where the issuer publishes its keys. Default `<jwtIssuer>/.well-known/jwks.json`. */
  readonly jwtJwksUri?: string;
  /**
   * Contact attributes that come from the token, by claim: `email=customerEmail,sub=customerId`. A page cannot set
   * them. Default: none.
   */
  readonly claimAttributes?: string | Readonly<Record<string, string>>;
  /** Whether a request without an Origin header (mobile app, server) may start a chat. Default `false`. */
  readonly allowAppsWithoutOrigin?: boolean;
  /** Longest chat a page may ask for, in minutes, 60 to 10,080. Default 1,500, Connect's own 25 hours. */
  readonly chatDurationMaxMinutes?: number;
  /** Longest message in characters, 1 to 16,384. Default 16,384. */
  readonly messageMaxLength?: number;
  /**
   * Rate limits of one session by cell, JSON: `{"message":{"intervalMs":1200,"burst":5}}`. Default:
   * rate-limits/limits.ts.
   */
  readonly limits?:
    | string
    | Readonly<Record<string, { readonly intervalMs: number; readonly burst: number }>>;
  /**
   * Limits of starting chats, by kind of principal, JSON: `{"address":{"intervalMs":30000,"burst":20}}`. Default:
   * rate-limits/limits.ts.
   */
  readonly startLimits?:
    | string
    | Readonly<Record<string, { readonly intervalMs: number; readonly burst: number }>>;
  /** Chats that somebody who signed in may have open at a time, 1 to 100. Default 3. */
  readonly chatsPerSubject?: number;
  /**
   * What visitors may send to agents, JSON: `{"types":["pdf","png"],"maxFileBytes":5000000,"filesPerChat":3}`, sizes
   * in bytes. Each member left out is as in lambdas/attachments/policy.ts, and none may be looser than Amazon
   * Connect. Default: that file's.
   */
  readonly attachments?:
    | string
    | {
        readonly types?: readonly string[];
        readonly maxFileBytes?: number;
        readonly filesPerChat?: number;
        readonly bytesPerChat?: number;
        readonly rename?: boolean;
      };
  /** Sessions started before this ISO 8601 instant are refused: the switch that revokes all. Default: none. */
  readonly sessionsValidFrom?: string;
  /**
   * How a chat's items reach the browser. `relay`: through a WebSocket API of this stack, and nothing that Amazon
   * Connect issued leaves the server. `direct`: every visitor's browser receives Connect's own pre-signed socket URL,
   * which is a credential: who has it can read along. Default `relay`.
   */
  readonly realTime?: "relay" | "direct";
  /** Name of the API's stage, the last part of its address where there is no custom domain. Default `prod`. */
  readonly stageName?: string;
  /** Memory of each function in MB, 128 to 10,240; processor time grows with it. Default 512. */
  readonly memory?: number;
  /** Concurrency reserved per function: `connection=50,chat=200`. Default: none, because new accounts have none to give. */
  readonly reservedConcurrency?: string | Readonly<Record<string, number>>;
  /**
   * Days that logs are kept, one of the lengths CloudWatch knows; the record of revocations for a year at least.
   * Default 30.
   */
  readonly logRetentionDays?: number;
  /** Factor on the API's throttles, 0.1 to 100, for an instance whose quotas were raised. Default 1. */
  readonly throttleFactor?: number;
  /** Whether a web ACL stands before the API. Default `true`. */
  readonly waf?: boolean;
  /**
   * Whether requests are traced by AWS X-Ray. A caller who sends a trace header decides for its own requests that
   * they are recorded, and billed. Default `true`.
   */
  readonly tracing?: boolean;
  /** Whether requests are counted and watched: custom metrics, alarms, a dashboard. Default `true`. */
  readonly monitoring?: boolean;
  /** ARN of the SNS topic, in the stack's Region, that is told of alarms. Default: none, alarms are only shown. */
  readonly alarmTopicArn?: string;
  /** Own domain name of the API; needs `certificateArn`. Turns the execute-api address off. Default: none. */
  readonly domainName?: string;
  /** ARN of the ACM certificate of `domainName`, in the stack's Region. Default: none. */
  readonly certificateArn?: string;
  /**
   * Whether to give API Gateway the role it writes access logs with. There is one per account and Region, for all APIs:
   * `false` where the account has it already. It stays when the stack goes. Default `true`.
   */
  readonly cloudWatchRole?: boolean;
  /** Name of the stack; of use to `npx cdk` alone. Default `ConnectChatBff`. */
  readonly stackName?: string;
}

/** Settings as they arrive, of whatever type. */
export type GivenSettings = { readonly [Name in keyof DeploymentSettings]?: unknown };
