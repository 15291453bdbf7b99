import { ConnectClient, StartChatContactCommand } from "@aws-sdk/client-connect";
import {
  ConnectParticipantClient,
  CreateParticipantConnectionCommand,
} from "@aws-sdk/client-connectparticipant";

/** What a connection is asked for. */
export const connectionBody = { Type: ["CONNECTION_CREDENTIALS" as const] };

const connect = new ConnectClient({});
const participant = new ConnectParticipantClient({});

/** Starts a chat at the simulated Connect itself. @returns its participant token */
export async function startAtConnect(): Promise<string | undefined> {
  const command = new StartChatContactCommand({
    InstanceId: process.env["CONNECT_INSTANCE_ID"],
    ContactFlowId: process.env["CONTACT_FLOWS"]?.split(/[=,]/)[1],
    ParticipantDetails: { DisplayName: "Jane" },
  });
  return (await connect.send(command)).ParticipantToken;
}

/** Connects a participant at the simulated Connect itself. @returns the connection token */
export async function connectAtConnect(ParticipantToken: string | undefined): Promise<string | undefined> {
  const command = new CreateParticipantConnectionCommand({ ParticipantToken, ...connectionBody });
  return (await participant.send(command)).ConnectionCredentials?.ConnectionToken;
}
