import { ServiceError } from "../errors.ts";
import { readContactOf } from "./named-contact.ts";
import type { ConnectOperation } from "./operation.ts";

/** StopContact: ends a contact; 410 ContactNotFoundException for one that has ended. */
export const stopContact: ConnectOperation = {
  service: "connect",
  name: "StopContact",
  idempotent: false,
  run(input, services) {
    const contact = readContactOf(input, services);
    if (contact.status === "ENDED") {
      throw new ServiceError("ContactNotFoundException", "The contact with the specified ID is not active");
    }
    services.chats.end(contact, "StopContact");
    return {};
  },
};
