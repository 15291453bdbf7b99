import { type CfnElement, Stack, Validations } from "aws-cdk-lib";
import type { WebSocketApi } from "aws-cdk-lib/aws-apigatewayv2";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import type { IConstruct } from "constructs";
import { bucketRules } from "../lambdas/attachments/bucket-rules.ts";
import type { ConnectInstance } from "./config.ts";

/** A finding of a policy check that we keep on purpose: its id, and why. */
export interface AcknowledgedFinding {
  readonly id: string;
  readonly reason: string;
}

const noDeadLetters =
  "What fails is tried twice more and then left: the items are in the transcript, which clients read as they connect again. A queue of failures would keep what visitors wrote, and nobody would be there to read it.";

/**
 * Every finding of the AwsSolutions and Serverless packs that is kept, with its reason. The list as it applies to the
 * stack, construct by construct, is docs/policy-findings.md.
 */
export const findings = {
  validation: [
    {
      id: "AwsSolutions-APIG2",
      reason:
        "The functions validate every request, against the bounds of the service model and with errors that name the field; models in the gateway would be a second truth that could differ.",
    },
  ],
  noAuthorizer: [
    {
      id: "AwsSolutions-APIG4",
      reason:
        "The functions authorize by session handle, checked in the same database call that admits the request; the health check and preflights are open by design, and so is starting a chat unless startAuth=jwt.",
    },
    {
      id: "AwsSolutions-COG4",
      reason: "Visitors of a website have no account in a user pool; a session handle authorizes them.",
    },
  ],
  noExecutionLog: [
    {
      id: "AwsSolutions-APIG6",
      reason:
        "Execution logs can hold headers and bodies, so session handles and the words of visitors; the access log has a fixed format without them, and the functions log each request by an allow-list.",
    },
  ],
  noWebAcl: [
    {
      id: "AwsSolutions-APIG3",
      reason:
        "The setting waf=false leaves the web ACL out, for accounts that attach their own; throttles and session limits remain.",
    },
  ],
  gatewayLogRole: [
    {
      id: "AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AmazonAPIGatewayPushToCloudWatchLogs]",
      reason:
        "API Gateway has one role per account and Region, for the logs of all its APIs, and accepts it only with the rights of this managed policy; the setting cloudWatchRole=false leaves it out.",
    },
  ],
  synchronousFunction: [
    {
      id: "Serverless-LambdaDLQ",
      reason:
        "API Gateway invokes the functions and waits for their answer; dead letter queues are for asynchronous invocations, and an event in one would hold a session handle.",
    },
  ],
  invokedByOwner: [
    {
      id: "Serverless-LambdaDLQ",
      reason:
        "The owner invokes it, waits for the answer, and repeats it until nothing remains; what is left is marked in the table, and what was asked is in the record.",
    },
  ],
  noDeadLetters: [
    {
      id: "Serverless-LambdaDLQ",
      reason: noDeadLetters,
    },
    {
      id: "Serverless-LambdaAsyncFailureDestination",
      reason: noDeadLetters,
    },
    {
      id: "Serverless-SNSRedrivePolicy",
      reason:
        "SNS tries for days to hand an item to Lambda; one that is left even then is long in the transcript. A queue of failures would keep what visitors wrote.",
    },
  ],
  deadLettersInstead: [
    {
      id: "Serverless-LambdaAsyncFailureDestination",
      reason:
        "Runs of the reaper that failed go to its dead-letter queue; a destination would be the same once more, with the answer of a function that gives none.",
    },
  ],
  lastQueue: [
    {
      id: "Serverless-SQSRedrivePolicy",
      reason:
        "Nothing takes letters from this queue but the owner, so none can fail to be taken: it is the dead-letter queue.",
    },
  ],
  ticketAuthorizes: [
    {
      id: "AwsSolutions-APIG4",
      reason:
        "The function lets a socket in by its ticket, which works once, for 100 s; an authorizer of the gateway's could not take it in the same database call, and what comes later on a socket is from who was let in.",
    },
  ],
  noRestore: [
    {
      id: "AwsSolutions-DDB3",
      reason:
        "The table knows which sockets are open and what was just delivered on them: restored, it would be wrong.",
    },
  ],
  noServerAccessLog: [
    {
      id: "AwsSolutions-S1",
      reason:
        "Such a log names the address of every visitor who uploads and the contact, in one more bucket that nothing empties; the functions log each upload and what became of it, and the bucket answers nobody but those they signed for.",
    },
  ],
  noFunctionTracing: [
    {
      id: "Serverless-LambdaTracing",
      reason:
        "The setting tracing=false leaves AWS X-Ray out, where nobody looks at traces: a caller could have its own requests recorded and billed.",
    },
  ],
  noApiTracing: [
    {
      id: "Serverless-APIGWXrayEnabled",
      reason: "The setting tracing=false leaves AWS X-Ray out of the API as of its functions.",
    },
  ],
  tracing: [
    {
      id: "AwsSolutions-IAM5[Resource::*]",
      reason:
        "xray:PutTraceSegments and xray:PutTelemetryRecords know no resources, so AWS demands * for them.",
    },
  ],
} as const satisfies Readonly<Record<string, readonly AcknowledgedFinding[]>>;

/** The finding on rights whose resource is a contact that does not exist before the call. */
export function anyContact({ region, account, id }: ConnectInstance): readonly AcknowledgedFinding[] {
  return [
    {
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:connect:${region}:${account}:instance/${id}/contact/*]`,
      reason:
        "connect:StopContact ends a contact that was started and got no session, or whose session was revoked, and in the mode relay connect:StartContactStreaming has one streamed; contacts have no ids to list beforehand, so it is any contact of the one instance. A condition on connect:Channel could leave calls and tasks out; no document says what it holds for these actions, and a wrong guess would keep every contact from being stopped.",
    },
  ];
}

/** The finding on execute-api:ManageConnections: sockets have no ids to list beforehand. */
export function anyConnection(
  api: WebSocketApi,
  stageName: string,
  methods: readonly string[],
): readonly AcknowledgedFinding[] {
  const apiId = Stack.of(api).getLogicalId(api.node.defaultChild as CfnElement);
  return methods.map((method) => ({
    id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<${apiId}>/${stageName}/${method}/@connections/*]`,
    reason:
      "The relay writes to, asks after and closes whichever sockets are open on this one stage, and a revocation closes them; they have no ids to list beforehand.",
  }));
}

/** The finding on rights below the prefix of uploads: their ids come with them. */
export function uploads(bucket: Bucket): readonly AcknowledgedFinding[] {
  const bucketId = Stack.of(bucket).getLogicalId(bucket.node.defaultChild as CfnElement);
  return [
    {
      id: `AwsSolutions-IAM5[Resource::<${bucketId}.Arn>/${bucketRules.prefix}*]`,
      reason:
        "The attachments function signs, reads and deletes what visitors upload, below one prefix of a bucket that holds nothing else; uploads have no names to list beforehand.",
    },
  ];
}

/** Acknowledges findings on a construct and what is inside it. */
export function acknowledge(construct: IConstruct, acknowledged: readonly AcknowledgedFinding[]): void {
  Validations.of(construct).acknowledge(...acknowledged);
}
