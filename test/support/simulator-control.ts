/** A contact as the simulator has it. */
export interface SimulatedContact {
  readonly ContactId: string;
  readonly InstanceId: string;
  readonly ContactFlowId: string;
  readonly Status: string;
  readonly Attributes: Readonly<Record<string, string>>;
  readonly InitialMessage: { readonly Content: string } | null;
  readonly ChatDurationInMinutes: number;
  readonly SupportedMessagingContentTypes: readonly string[];
  readonly Transcript: readonly Readonly<Record<string, unknown>>[];
  readonly OpenSockets: number;
}

/** One call that reached the simulated Amazon Connect. */
export interface UpstreamCall {
  readonly service: string;
  readonly operation: string;
  readonly status: number;
  readonly tokenKind: string;
  readonly ClientToken?: string;
  readonly contactId?: string;
}

/** The simulator's control plane. */
export class SimulatorControl {
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  /** Calls of its API so far, or those of one operation. */
  async calls(operation?: string): Promise<UpstreamCall[]> {
    const calls = (await this.#send("GET", "requests")) as UpstreamCall[];
    return calls
      .filter(({ service }) => service === "connect" || service === "participant")
      .filter((call) => operation === undefined || call.operation === operation);
  }

  async forgetCalls(): Promise<void> {
    await this.#send("DELETE", "requests");
  }

  async contacts(): Promise<SimulatedContact[]> {
    return (await this.#send("GET", "contacts")) as SimulatedContact[];
  }

  /** Lets the agent of a contact act: `join`, `message`, `end`, … */
  async agent(contactId: string, action: string, content?: string): Promise<void> {
    await this.#send("POST", `contacts/${contactId}/agent`, { action, ...(content && { content }) });
  }

  /** Drops the contact's own sockets at Connect without a word, as a lost network does. */
  async dropSockets(contactId: string): Promise<void> {
    await this.#send("DELETE", `contacts/${contactId}/sockets`);
  }

  async faults(faults: readonly object[]): Promise<void> {
    await this.#send("PUT", "faults", faults);
  }

  async switches(changes: object): Promise<void> {
    await this.#send("PUT", "switches", changes);
  }

  /** Lets Connect's clock run ahead of ours, by seconds, so that its tokens end before we think. */
  async runAhead(offsetSeconds: number): Promise<void> {
    await this.#send("PUT", "clock", { offsetSeconds });
  }

  /** Lets what is due by the simulator's clock happen now. */
  async wake(): Promise<void> {
    await this.#send("PUT", "clock", { offsetSeconds: 0 });
  }

  async #send(method: string, path: string, body?: object): Promise<unknown> {
    const response = await fetch(`${this.url}/_sim/${path}`, {
      method,
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_sim/${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  }
}
