import type { Context } from "aws-lambda";

/** What a {@link lambdaContext} is made of. */
export interface Invocation {
  readonly functionName: string;
  readonly requestId: string;
  /** When Lambda stops the function, in milliseconds since the epoch. */
  readonly deadline: number;
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The context a Lambda function gets with its event; the remaining time really runs down. */
export function lambdaContext({ functionName, requestId, deadline, now }: Invocation): Context {
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${functionName}`,
    memoryLimitInMB: "1024",
    awsRequestId: requestId,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    getRemainingTimeInMillis: () => Math.max(0, deadline - now()),
    done: returnInstead,
    fail: returnInstead,
    succeed: returnInstead,
  };
}

function returnInstead(): never {
  throw new Error("Node.js 24 functions return their result; they have no callback.");
}
