import type { Contact } from "./contact.ts";

/** All contacts since the start, ended ones included. */
export class ContactStore {
  readonly #contacts = new Map<string, Contact>();

  /** Adds a new contact. */
  add(contact: Contact): void {
    this.#contacts.set(contact.contactId, contact);
  }

  /** The contact with this id, or undefined. */
  find(contactId: string): Contact | undefined {
    return this.#contacts.get(contactId);
  }

  /** All contacts, oldest first. */
  list(): Contact[] {
    return [...this.#contacts.values()];
  }

  /** How many chats of an instance go on at the moment. */
  countActive(instanceId: string): number {
    return this.list().filter((contact) => contact.instanceId === instanceId && contact.status !== "ENDED")
      .length;
  }
}
