import * as sdk from "@aws-sdk/client-connectparticipant";
import type { Caller, Client, Input, OperationName, Outcome } from "./client.ts";

type Command = Parameters<sdk.ConnectParticipantClient["send"]>[0];

const commands = {
  CreateParticipantConnection: sdk.CreateParticipantConnectionCommand,
  SendMessage: sdk.SendMessageCommand,
  SendEvent: sdk.SendEventCommand,
  GetTranscript: sdk.GetTranscriptCommand,
  StartAttachmentUpload: sdk.StartAttachmentUploadCommand,
  CompleteAttachmentUpload: sdk.CompleteAttachmentUploadCommand,
  GetAttachment: sdk.GetAttachmentCommand,
  DisconnectParticipant: sdk.DisconnectParticipantCommand,
  DescribeView: sdk.DescribeViewCommand,
  GetAuthenticationUrl: sdk.GetAuthenticationUrlCommand,
  CancelParticipantAuthentication: sdk.CancelParticipantAuthenticationCommand,
} as unknown as Readonly<Record<OperationName, new (input: Input) => Command>>;

/** `ConnectParticipantClient` of the AWS SDK v3. */
export const sdkV3: Client = {
  name: "@aws-sdk/client-connectparticipant",
  operations: Object.keys(commands) as OperationName[],
  leavesOut: [],
  connectTo: (endpoint, tries): Caller => {
    const client = new sdk.ConnectParticipantClient({
      endpoint,
      region: "eu-central-1",
      credentials: { accessKeyId: "", secretAccessKey: "" },
      ...(tries === "once" && { maxAttempts: 1 }),
    });
    return (operation, input) => client.send(new commands[operation](input)).then(answered, seen);
  },
};

function answered({ $metadata: _, ...output }: sdk.ServiceOutputTypes): Outcome {
  return { output };
}

function seen(thrown: unknown): Outcome {
  const { name, message, $metadata } = thrown as sdk.ConnectParticipantServiceException;
  return { error: { name, status: $metadata?.httpStatusCode, message } };
}
