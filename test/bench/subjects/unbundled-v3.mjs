// The same sample on the SDK v3, deployed with its node_modules.
import { ConnectClient, StartChatContactCommand } from "@aws-sdk/client-connect";

const connect = new ConnectClient({});

export const handler = async (event) => {
  const body = JSON.parse(event.body);
  const command = new StartChatContactCommand({
    InstanceId: process.env.CONNECT_INSTANCE_ID,
    ContactFlowId: process.env.CONTACT_FLOWS.split(/[=,]/)[1],
    ParticipantDetails: { DisplayName: body.ParticipantDetails.DisplayName },
  });
  return {
    statusCode: 200,
    body: JSON.stringify({ data: { startChatResult: await connect.send(command) } }),
  };
};
