import { randomUUID } from "node:crypto";
import type { APIGatewayProxyEvent } from "aws-lambda";
import { handler } from "../../../lambdas/functions/attachments.ts";
import { lambdaContext } from "../../../local/gateway/lambda-context.ts";

/** What one completion took, in a process that does nothing else. */
export interface Measured {
  readonly milliseconds: number;
  /** Largest resident set of the whole process, Node.js included. */
  readonly peakMegabytes: number;
}

const [bearer = "", attachmentId = ""] = process.argv.slice(2);
const requestId = randomUUID();
const event = {
  resource: "/participant/complete-attachment-upload",
  path: "/participant/complete-attachment-upload",
  httpMethod: "POST",
  headers: { "x-amz-bearer": bearer },
  multiValueHeaders: {},
  body: JSON.stringify({ AttachmentIds: [attachmentId], ClientToken: requestId }),
  requestContext: { requestId, identity: { sourceIp: "203.0.113.7" } },
} as unknown as APIGatewayProxyEvent;
const context = lambdaContext({
  functionName: "attachments",
  requestId,
  deadline: Date.now() + 26_000,
  now: () => Date.now(),
});
const startedAt = performance.now();
const { statusCode, body } = await handler(event, context);
const milliseconds = performance.now() - startedAt;
if (statusCode !== 200) throw new Error(`${statusCode} ${body}`);
const measured: Measured = { milliseconds, peakMegabytes: process.resourceUsage().maxRSS / 1_024 };
process.send?.(measured, () => process.exit());
