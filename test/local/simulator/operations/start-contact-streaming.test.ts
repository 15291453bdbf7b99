import { StartContactStreamingCommand, StopContactCommand } from "@aws-sdk/client-connect";
import { expect, it } from "vitest";
import { connectTo } from "../connect-client.ts";
import { errorOf, type Simulated, simulate, startChat } from "../simulated-chat.ts";

const topic = "arn:aws:sns:us-east-1:123456789012:topic";

function start(simulated: Simulated, ContactId: string, ClientToken: string, StreamingEndpointArn = topic) {
  return connectTo(simulated).send(
    new StartContactStreamingCommand({
      InstanceId: "instance",
      ContactId,
      ChatStreamingConfiguration: { StreamingEndpointArn },
      ClientToken,
    }),
  );
}

it("records the topic, once per ClientToken", async () => {
  const simulated = await simulate();
  const { contactId } = await startChat(simulated);
  const first = await start(simulated, contactId, "t");
  const again = await start(simulated, contactId, "t");
  expect(again.StreamingId).toBe(first.StreamingId);
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact.Streamings).toEqual([{ StreamingId: first.StreamingId, StreamingEndpointArn: topic }]);
});

it("allows two streams per contact", async () => {
  const simulated = await simulate();
  const { contactId } = await startChat(simulated);
  await start(simulated, contactId, "1");
  await start(simulated, contactId, "2");
  expect(await errorOf(start(simulated, contactId, "3"))).toMatchObject({
    name: "LimitExceededException",
    status: 429,
  });
});

it("refuses what is no standard topic, an unknown contact and an ended one", async () => {
  const simulated = await simulate();
  const { contactId } = await startChat(simulated);
  const invalid = { name: "InvalidParameterException", status: 400 };
  expect(await errorOf(start(simulated, contactId, "1", `${topic}.fifo`))).toMatchObject(invalid);
  const notFound = { name: "ResourceNotFoundException", status: 404 };
  expect(await errorOf(start(simulated, "none", "2"))).toMatchObject(notFound);
  await connectTo(simulated).send(new StopContactCommand({ InstanceId: "instance", ContactId: contactId }));
  expect(await errorOf(start(simulated, contactId, "3"))).toMatchObject(notFound);
});
