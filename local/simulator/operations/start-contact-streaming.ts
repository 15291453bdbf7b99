import { randomUUID } from "node:crypto";
import { ServiceError } from "../errors.ts";
import { readContactOf } from "./named-contact.ts";
import type { ConnectOperation } from "./operation.ts";

/** Message streams per contact (administrator guide, "Enable real-time chat message streaming"). */
const mostStreamings = 2;

/** A standard topic; Connect does not publish to FIFO topics. */
const topicArn = /^arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[A-Za-z0-9_-]{1,256}$/;

/** StartContactStreaming: what happens in the chat from now on is published to the topic as well. */
export const startContactStreaming: ConnectOperation = {
  service: "connect",
  name: "StartContactStreaming",
  idempotent: true,
  run(input, services) {
    input.text("ClientToken", { min: 1, max: 500 });
    const configuration = input.structure("ChatStreamingConfiguration");
    const arn = configuration.text("StreamingEndpointArn", { min: 1, max: 350 });
    if (!topicArn.test(arn)) {
      throw configuration.refuse(
        "StreamingEndpointArn",
        "Member must be the ARN of a standard Amazon SNS topic",
      );
    }
    const contact = readContactOf(input, services);
    if (contact.status === "ENDED") throw new ServiceError("ResourceNotFoundException", "Contact not found");
    if (contact.streamings.length >= mostStreamings) {
      throw new ServiceError("LimitExceededException", "The contact has as many streams as it may have");
    }
    const streaming = { StreamingId: randomUUID(), StreamingEndpointArn: arn };
    contact.streamings.push(streaming);
    return { StreamingId: streaming.StreamingId };
  },
};
