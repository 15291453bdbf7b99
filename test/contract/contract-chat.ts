import { openSocket } from "../local/simulator/simulated-chat.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import type { TestSystem } from "../support/test-system.ts";
import { type Caller, type Input, type OperationName, type Outcome, outputOf } from "./client.ts";
import type { StartMembers, Target, Tokens } from "./target.ts";

/** Between two calls of a chat, in milliseconds: within every rate limit, as a person is. */
const paceMs = 2_000;

/** A chat of one client at one target. */
export class ContractChat {
  readonly tokens: Tokens;
  readonly system: TestSystem;
  /** By the clock of both servers, in milliseconds since the epoch. */
  readonly startedAt: number;
  connectionToken = "";
  #socketUrl = "";
  readonly #caller: Caller;

  private constructor(system: TestSystem, tokens: Tokens, caller: Caller) {
    this.system = system;
    this.tokens = tokens;
    this.#caller = caller;
    this.startedAt = system.clock.now();
  }

  /** Starts a chat and fetches its connection token. */
  static async open(
    system: TestSystem,
    target: Target,
    caller: Caller,
    members: StartMembers = {},
  ): Promise<ContractChat> {
    await showRealTime(system);
    const chat = new ContractChat(system, await target.startChat(members), caller);
    const answer = await chat.call("CreateParticipantConnection", {
      Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"],
    });
    const { Websocket, ConnectionCredentials } = outputOf(answer) as unknown as Connection;
    chat.connectionToken = ConnectionCredentials.ConnectionToken;
    chat.#socketUrl = Websocket.Url;
    return chat;
  }

  /** Calls an operation a while after the one before; with the chat's token where `input` names none. */
  async call(operation: OperationName, input: Input = {}): Promise<Outcome> {
    await this.system.advance(paceMs);
    return this.callAtOnce(operation, input);
  }

  /** Calls an operation without a pause. */
  callAtOnce(operation: OperationName, input: Input = {}): Promise<Outcome> {
    const token =
      operation === "CreateParticipantConnection"
        ? { ParticipantToken: this.tokens.ParticipantToken }
        : { ConnectionToken: this.connectionToken };
    return this.#caller(operation, { ...token, ...input });
  }

  /** A call that has to succeed. */
  async get(operation: OperationName, input: Input = {}): Promise<Readonly<Record<string, unknown>>> {
    return outputOf(await this.call(operation, input));
  }

  /** Opens the socket of the first connection, with which the flow starts. */
  async openSocket() {
    const socket = await openSocket(this.#socketUrl);
    await socket.subscribe();
    return socket;
  }

  /** Lets the agent (or the flow) act, a while after what was before. */
  async agent(action: string, content?: unknown): Promise<{ readonly Id?: string }> {
    await this.system.advance(paceMs);
    const path = `contacts/${this.tokens.ContactId}/agent`;
    const body = { action, ...(content !== undefined && { content }) };
    return (await this.control("POST", path, body)) as { readonly Id?: string };
  }

  /** Sets the simulated Amazon Connect. The suite takes it back after the case. */
  control(method: "GET" | "PUT" | "POST" | "DELETE", path: string, body?: object): Promise<unknown> {
    return controlSimulator(this.system.simulator.url, method, path, body);
  }
}

/**
 * Sets both servers' clock to the machine's. The simulator's answers carry its time, and an AWS SDK that finds its own
 * minutes off tries every refused call again.
 */
async function showRealTime({ advance, clock }: TestSystem): Promise<void> {
  await advance(Date.now() - clock.now());
}

interface Connection {
  readonly Websocket: { readonly Url: string };
  readonly ConnectionCredentials: { readonly ConnectionToken: string };
}
