/**
 * Names of the environment variables the functions read (settings.ts validates their values). Plain data, so that the
 * CDK stack and the local run set exactly these.
 */
export const settingNames = {
  /** Name of the DynamoDB sessions table. */
  sessionsTable: "SESSIONS_TABLE",
  /**
   * Origins that may call, comma-separated, exact: `https://www.example.com`. A port of `*` is taken for loopback
   * hosts alone.
   */
  allowedOrigins: "ALLOWED_ORIGINS",
  /** `true` lets a chat be started by a request without an Origin header (mobile apps, servers). Default `false`. */
  allowAppsWithoutOrigin: "ALLOW_APPS_WITHOUT_ORIGIN",
  /** Sessions started before this ISO 8601 instant are refused: the switch that revokes all. Default: none. */
  sessionsValidFrom: "SESSIONS_VALID_FROM",
  /** JSON, by cell: `{"message":{"intervalMs":1200,"burst":5}}`. Replaces the defaults of rate-limits/limits.ts. */
  limits: "RATE_LIMITS",
  /**
   * JSON, by kind of principal: `{"address":{"intervalMs":30000,"burst":20}}`. Replaces the defaults of
   * rate-limits/limits.ts. start-chat alone.
   */
  startLimits: "START_LIMITS",
  /** Chats that a subject may have open at a time: 1 to 100, default 3. */
  chatsPerSubject: "CHATS_PER_SUBJECT",
  /** Longest SendMessage content in characters, 1 to 16,384. Default 16,384. */
  messageMaxLength: "MESSAGE_MAX_LENGTH",
  /** Name of the DynamoDB table of starts. start-chat and reaper alone. */
  startsTable: "STARTS_TABLE",
  /** Id of the Amazon Connect instance. start-chat, reaper and revoke alone. */
  connectInstanceId: "CONNECT_INSTANCE_ID",
  /** Flows a page may ask for, by alias: `support=<flow id>,sales=<flow id>`. start-chat alone. */
  contactFlows: "CONTACT_FLOWS",
  /** Alias used when a page names no flow, or one that is not in the list. Default: none, such a start is refused. */
  defaultContactFlow: "DEFAULT_CONTACT_FLOW",
  /**
   * Who may start a chat: `open`, everybody; `jwt`, whoever presents a token of JWT_ISSUER. Default `open`, but a
   * fault where JWT_ISSUER is set. start-chat alone, like the four below.
   */
  startAuth: "START_AUTH",
  /** Issuer of the tokens, `iss`: `https://login.example.com/tenant`. */
  jwtIssuer: "JWT_ISSUER",
  /** Whom the tokens are for, `aud`, comma-separated: one is enough. */
  jwtAudience: "JWT_AUDIENCE",
  /** Address of the issuer's keys. Default: `<issuer>/.well-known/jwks.json`. */
  jwtJwksUri: "JWT_JWKS_URI",
  /** Contact attributes that are set from the token's claims: `email=customerEmail,sub=customerId`. Default: none. */
  claimAttributes: "CLAIM_ATTRIBUTES",
  /** Contact attributes a page may set, comma-separated. Default: none. */
  allowedAttributes: "ALLOWED_ATTRIBUTES",
  /**
   * Longest chat a page may ask for, in minutes, 60 to 10,080; also what it gets where it asks for none, 1,500 at
   * most. Default 1,500.
   */
  chatDurationMaxMinutes: "CHAT_DURATION_MAX_MINUTES",
  /**
   * `relay`: pages get a socket of ours, and Connect's messages come through SNS; `direct`: pages get Connect's own
   * socket URL, a credential. Default `relay`.
   */
  realTime: "REAL_TIME",
  /**
   * Address of our WebSocket API, to which a ticket is added: `wss://abc.execute-api.eu-west-2.amazonaws.com/prod`.
   * `relay` alone.
   */
  relayUrl: "RELAY_URL",
  /**
   * Address at which the WebSocket API's sockets are written to:
   * `https://abc.execute-api.eu-west-2.amazonaws.com/prod`. relay and revoke alone.
   */
  relayManagementUrl: "RELAY_MANAGEMENT_URL",
  /** Name of the DynamoDB table of sockets and delivered items. relay and revoke alone. */
  relayTable: "RELAY_TABLE",
  /** ARN of the SNS topic that Connect streams chats to. start-chat alone, in `relay`. */
  streamingTopicArn: "STREAMING_TOPIC_ARN",
  /**
   * Name that metrics are counted under, the value of their dimension `Deployment`. Default: none, nothing is
   * counted. All but revoke.
   */
  metricsDeployment: "METRICS_DEPLOYMENT",
  /** Name of the S3 bucket that visitors upload to. attachments alone. */
  quarantineBucket: "QUARANTINE_BUCKET",
  /**
   * JSON, what visitors may send: `{"types":["pdf","png"],"maxFileBytes":5000000}`. Default: attachments/policy.ts.
   * attachments alone.
   */
  attachmentPolicy: "ATTACHMENT_POLICY",
} as const;
