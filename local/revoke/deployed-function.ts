import { CloudFormationClient, DescribeStacksCommand } from "@aws-sdk/client-cloudformation";
import { InvokeCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { UsageError } from "../usage-error.ts";

/** What one invocation of the function came to (lambdas/revocation/revoke-sessions.ts). */
export interface RevocationCounts {
  readonly revoked: number;
  readonly socketsClosed: number;
  readonly contactsStopped: number;
  readonly remaining: number;
}

/** The stack's output with the function's name. */
const output = "RevokeFunction";

/** Finds the function by its stack. @throws UsageError where there is no such stack, or it has no such function */
export async function findFunction(StackName: string): Promise<string> {
  const { Stacks = [] } = await new CloudFormationClient()
    .send(new DescribeStacksCommand({ StackName }))
    .catch(asSentence(`The stack ${StackName} was not found`));
  const found = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === output)?.OutputValue;
  if (!found)
    throw new UsageError(
      `The stack ${StackName} has no output ${output}; name the function with --function.`,
    );
  return found;
}

/** Who holds the credentials, without the account; where AWS does not say, who is at this machine. */
export async function whoAsks(environment: Readonly<Record<string, string | undefined>>): Promise<string> {
  try {
    const { Arn = "" } = await new STSClient().send(new GetCallerIdentityCommand());
    const name = Arn.split(":").slice(5).join(":");
    if (name) return name;
  } catch {
    // The record says less then; AWS CloudTrail knows all the same.
  }
  return environment["USER"] || "somebody without a name";
}

/** The function was invoked and failed: another invocation may go on where it ended. */
export class FunctionFailedError extends UsageError {}

/** Invokes the function. @throws {FunctionFailedError} when it fails; UsageError when it cannot be invoked */
export async function invokeFunction(FunctionName: string, event: object): Promise<RevocationCounts> {
  const { FunctionError, Payload } = await new LambdaClient()
    .send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event) }))
    .catch(asSentence(`The function ${FunctionName} could not be invoked`));
  const answer: unknown = JSON.parse(Buffer.from(Payload ?? []).toString() || "null");
  if (FunctionError)
    throw new FunctionFailedError(`The function ${FunctionName} failed: ${messageOf(answer)}`);
  if (!isCounts(answer))
    throw new UsageError(`The function ${FunctionName} does not answer as one that revokes.`);
  return answer;
}

function isCounts(answer: unknown): answer is RevocationCounts {
  return typeof answer === "object" && answer !== null && "remaining" in answer;
}

function messageOf(answer: unknown): string {
  const { errorMessage } = (answer ?? {}) as { readonly errorMessage?: unknown };
  return typeof errorMessage === "string" ? errorMessage : "its log says why.";
}

function asSentence(what: string): (error: unknown) => never {
  return (error) => {
    const why = error instanceof Error ? error.message || error.name : String(error);
    throw new UsageError(`${what}: ${why.split("\n")[0]}`);
  };
}
