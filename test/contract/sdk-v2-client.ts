import type { Caller, Client, Input, OperationName, Outcome } from "./client.ts";

process.env["AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE"] = "1";
const { default: AWS } = await import("aws-sdk");

/** What every method of the SDK's client is. */
type Method = (input: Input) => { promise(): Promise<Record<string, unknown>> };

/** `AWS.ConnectParticipant` of aws-sdk v2, which never learned of the sign-in inside a chat. */
export const sdkV2: Client = {
  name: "aws-sdk v2",
  operations: [
    "CreateParticipantConnection",
    "SendMessage",
    "SendEvent",
    "GetTranscript",
    "StartAttachmentUpload",
    "CompleteAttachmentUpload",
    "GetAttachment",
    "DisconnectParticipant",
    "DescribeView",
  ],
  leavesOut: ["UrlExpiryInSeconds", "AttachmentSizeInBytes of GetAttachment", ""],
  connectTo: (endpoint, tries): Caller => {
    const client = new AWS.ConnectParticipant({
      endpoint,
      region: "eu-central-1",
      credentials: new AWS.Credentials("", ""),
      paramValidation: false,
      ...(tries === "once" && { maxRetries: 0 }),
    });
    return async (operation, input) => {
      const method = (client as unknown as Record<string, Method>)[methodName(operation)];
      if (method === undefined) throw new Error(`aws-sdk v2 has no ${operation}`);
      return method
        .call(client, input)
        .promise()
        .then((output): Outcome => ({ output: { ...output } }), seen);
    };
  },
};

function methodName(operation: OperationName): string {
  return operation.charAt(0).toLowerCase() + operation.slice(1);
}

function seen(thrown: unknown): Outcome {
  const { code, statusCode, message } = thrown as { code: string; statusCode?: number; message: string };
  return { error: { name: code, status: statusCode, message } };
}
