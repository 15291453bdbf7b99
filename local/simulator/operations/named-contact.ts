import type { Contact } from "../chat/contact.ts";
import { ServiceError } from "../errors.ts";
import type { Input } from "../input.ts";
import type { Services } from "../services.ts";

/**
 * The contact that a Connect call names by InstanceId and ContactId.
 * Throws ResourceNotFoundException (404) for one that is not in the instance.
 */
export function readContactOf(input: Input, { contacts }: Pick<Services, "contacts">): Contact {
  const instanceId = input.text("InstanceId", { min: 1, max: 100 });
  const contact = contacts.find(input.text("ContactId", { min: 1, max: 256 }));
  if (contact?.instanceId !== instanceId)
    throw new ServiceError("ResourceNotFoundException", "Contact not found");
  return contact;
}
