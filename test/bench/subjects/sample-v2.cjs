// The way of AWS's start-chat sample (amazon-connect/amazon-connect-chat-ui-examples, startChatContactAPI): CommonJS and the whole SDK v2.
const AWS = require("aws-sdk");

AWS.config.update({ region: process.env.AWS_REGION });
const connect = new AWS.Connect({ endpoint: process.env.AWS_ENDPOINT_URL_CONNECT });

exports.handler = async (event) => {
  const body = JSON.parse(event.body);
  const request = {
    InstanceId: process.env.CONNECT_INSTANCE_ID,
    ContactFlowId: process.env.CONTACT_FLOWS.split(/[=,]/)[1],
    ParticipantDetails: { DisplayName: body.ParticipantDetails.DisplayName },
  };
  const answer = await connect.startChatContact(request).promise();
  return { statusCode: 200, body: JSON.stringify({ data: { startChatResult: answer } }) };
};
