import {
  StartChatContactCommand,
  type StartChatContactCommandInput,
  StopContactCommand,
} from "@aws-sdk/client-connect";
import type { AmazonConnect } from "./amazon-connect.ts";
import { explainFailure, readRefusal } from "./refusal.ts";

/** A contact as Amazon Connect started it. */
export interface StartedContact {
  readonly contactId: string;
  readonly participantId: string;
  readonly participantToken: string;
}

/** What became of the contacts of one run. */
export interface ContactSummary {
  readonly started: number;
  /** Those that have ended, by StopContact or, as some questions want it, before it. */
  readonly stopped: number;
  /** Those that may still go on, and why: to be stopped by hand. */
  readonly left: readonly { readonly contactId: string; readonly reason: string }[];
}

/** Which instance and flow the contacts are of. */
export interface ContactOrigin {
  readonly instanceId: string;
  readonly flowId: string;
}

/**
 * Every contact that the probe starts, written down in the moment Amazon Connect names it, and every one of them
 * stopped at the end: an agent must never meet a contact that the probe forgot.
 */
export class ContactLedger {
  readonly #connect: AmazonConnect;
  readonly #origin: ContactOrigin;
  /** By ContactId; the reason is that of a stop that failed. */
  readonly #contacts = new Map<string, { state: "open" | "stopped"; reason: string }>();
  readonly #starting = new Set<Promise<unknown>>();
  #firstStartFailure: unknown;

  /** @param connect one whose signal never aborts: a start that is under way must be heard out, and stops come last */
  constructor(connect: AmazonConnect, origin: ContactOrigin) {
    this.#connect = connect;
    this.#origin = origin;
  }

  /** Why the very first start failed; undefined once any contact could be started. */
  get firstStartFailure(): unknown {
    return this.#contacts.size === 0 ? this.#firstStartFailure : undefined;
  }

  /** Starts a contact, or repeats the start of one under its ClientToken. */
  async start(input: Partial<StartChatContactCommandInput> = {}): Promise<StartedContact> {
    const start = this.#start(input);
    this.#starting.add(start);
    try {
      return await start;
    } catch (thrown) {
      this.#firstStartFailure ??= thrown;
      throw thrown;
    } finally {
      this.#starting.delete(start);
    }
  }

  /** Stops a contact; tells whether it went on until now. What fails is kept for the summary. */
  async stop(contactId: string): Promise<boolean> {
    try {
      await this.#connect.manage(
        new StopContactCommand({ InstanceId: this.#origin.instanceId, ContactId: contactId }),
      );
      this.#contacts.set(contactId, { state: "stopped", reason: "" });
      return true;
    } catch (thrown) {
      const isOver = readRefusal(thrown)?.status === 410;
      this.#contacts.set(
        contactId,
        isOver ? { state: "stopped", reason: "" } : { state: "open", reason: explainFailure(thrown) },
      );
      return false;
    }
  }

  /** Whether a contact is known to have ended. */
  isStopped(contactId: string): boolean {
    return this.#contacts.get(contactId)?.state === "stopped";
  }

  /** Stops whatever still goes on, starts under way included. Never rejects. */
  async stopAll(): Promise<void> {
    await Promise.allSettled([...this.#starting]);
    for (const [contactId, { state }] of this.#contacts) {
      if (state === "open") await this.stop(contactId);
    }
  }

  /** How many contacts there were, and how they ended. */
  summary(): ContactSummary {
    const contacts = [...this.#contacts];
    const left = contacts.filter(([, { state }]) => state === "open");
    return {
      started: contacts.length,
      stopped: contacts.length - left.length,
      left: left.map(([contactId, { reason }]) => ({ contactId, reason })),
    };
  }

  async #start(input: Partial<StartChatContactCommandInput>): Promise<StartedContact> {
    const { ContactId, ParticipantId, ParticipantToken } = await this.#connect.manage(
      new StartChatContactCommand({
        InstanceId: this.#origin.instanceId,
        ContactFlowId: this.#origin.flowId,
        ParticipantDetails: { DisplayName: "connect-chat-bff probe" },
        ...input,
      }),
    );
    if (ContactId && !this.#contacts.has(ContactId)) {
      this.#contacts.set(ContactId, { state: "open", reason: "" });
    }
    if (!ContactId || !ParticipantId || !ParticipantToken) {
      throw new Error("StartChatContact answered without ContactId, ParticipantId or ParticipantToken.");
    }
    return { contactId: ContactId, participantId: ParticipantId, participantToken: ParticipantToken };
  }
}
