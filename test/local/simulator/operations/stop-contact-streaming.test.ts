import { StartContactStreamingCommand, StopContactStreamingCommand } from "@aws-sdk/client-connect";
import { expect, it } from "vitest";
import { connectTo } from "../connect-client.ts";
import { errorOf, simulate, startChat } from "../simulated-chat.ts";

it("forgets the topic, and knows no stream twice", async () => {
  const simulated = await simulate();
  const { contactId: ContactId } = await startChat(simulated);
  const { StreamingId } = await connectTo(simulated).send(
    new StartContactStreamingCommand({
      InstanceId: "instance",
      ContactId,
      ChatStreamingConfiguration: { StreamingEndpointArn: "arn:aws:sns:us-east-1:123456789012:topic" },
      ClientToken: "t",
    }),
  );
  const stop = () =>
    connectTo(simulated).send(
      new StopContactStreamingCommand({ InstanceId: "instance", ContactId, StreamingId }),
    );
  await stop();
  const [contact] = await simulated.control("GET", "contacts");
  expect(contact.Streamings).toEqual([]);
  expect(await errorOf(stop())).toMatchObject({ name: "ResourceNotFoundException", status: 404 });
});
