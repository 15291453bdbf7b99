import { ServiceError } from "../errors.ts";
import { readContactOf } from "./named-contact.ts";
import type { ConnectOperation } from "./operation.ts";

/** StopContactStreaming: forgets the topic. What is on its way to it already still arrives. */
export const stopContactStreaming: ConnectOperation = {
  service: "connect",
  name: "StopContactStreaming",
  idempotent: false,
  run(input, services) {
    const contact = readContactOf(input, services);
    const id = input.text("StreamingId", { min: 1, max: 100 });
    const index = contact.streamings.findIndex(({ StreamingId }) => StreamingId === id);
    if (index < 0) throw new ServiceError("ResourceNotFoundException", "Streaming not found");
    contact.streamings.splice(index, 1);
    return {};
  },
};
