import {
  CreateParticipantConnectionCommand,
  GetTranscriptCommand,
  type GetTranscriptCommandInput,
  type GetTranscriptCommandOutput,
  SendEventCommand,
  SendMessageCommand,
  type SendMessageCommandInput,
} from "@aws-sdk/client-connectparticipant";
import type { StartedContact } from "./contact-ledger.ts";
import type { QuestionContext } from "./question-context.ts";

type Connection = {
  readonly connectionToken: string;
  /** When the answer came, in milliseconds since the epoch. */
  readonly answeredAt: number;
  /** As the service writes it. */
  readonly tokenExpiry: string;
  readonly socketUrl: string;
  readonly socketExpiry: string;
};

/** A contact's chat as its customer has it. */
export class ProbedChat {
  readonly contact: StartedContact;
  readonly connection: Connection;
  readonly #context: QuestionContext;

  /** Gets the tokens of a contact. */
  static async open(contact: StartedContact, context: QuestionContext): Promise<ProbedChat> {
    return new ProbedChat(contact, await connectionOf(contact, context), context);
  }

  private constructor(contact: StartedContact, connection: Connection, context: QuestionContext) {
    this.contact = contact;
    this.connection = connection;
    this.#context = context;
  }

  /** The URL of its first socket. */
  get socketUrl(): string {
    return this.connection.socketUrl;
  }

  /** The token of its calls. */
  get token(): string {
    return this.connection.connectionToken;
  }

  /** Another connection token and socket URL; earlier ones stay good. */
  reconnect(): Promise<Connection> {
    return connectionOf(this.contact, this.#context);
  }

  /** Sends a message, plain text unless `input` says otherwise. */
  say(Content: string, input: Partial<SendMessageCommandInput> = {}) {
    return this.#context.probing.connect.call(
      new SendMessageCommand({ ConnectionToken: this.token, ContentType: "text/plain", Content, ...input }),
    );
  }

  /** Sends an event by its short name, such as "typing". */
  sendEvent(name: string, Content?: string) {
    const ContentType = `application/vnd.amazonaws.connect.event.${name}`;
    return this.#context.probing.connect.call(
      new SendEventCommand({
        ConnectionToken: this.token,
        ContentType,
        ...(Content !== undefined && { Content }),
      }),
    );
  }

  /** Reads a page of the transcript. */
  transcript(input: Partial<GetTranscriptCommandInput> = {}): Promise<GetTranscriptCommandOutput> {
    return this.#context.probing.connect.call(
      new GetTranscriptCommand({ ConnectionToken: this.token, ...input }),
    );
  }

  /**
   * How far the service's clock runs ahead of this machine's, in milliseconds: measured by a message, so that the lives
   * it advertises can be told whatever this machine's clock shows.
   */
  async clockAhead(): Promise<number> {
    const { AbsoluteTime = "" } = await this.say("What is the time?");
    const ahead = Date.parse(AbsoluteTime) - this.#context.now();
    if (Number.isNaN(ahead)) throw new Error(`SendMessage answered AbsoluteTime ${AbsoluteTime}.`);
    return ahead;
  }
}

async function connectionOf(contact: StartedContact, context: QuestionContext): Promise<Connection> {
  const { Websocket, ConnectionCredentials } = await context.probing.connect.call(
    new CreateParticipantConnectionCommand({
      ParticipantToken: contact.participantToken,
      Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"],
    }),
  );
  if (!Websocket?.Url || !ConnectionCredentials?.ConnectionToken) {
    throw new Error("CreateParticipantConnection answered without a socket URL or a connection token.");
  }
  return {
    answeredAt: context.now(),
    connectionToken: ConnectionCredentials.ConnectionToken,
    tokenExpiry: ConnectionCredentials.Expiry ?? "",
    socketUrl: Websocket.Url,
    socketExpiry: Websocket.ConnectionExpiry ?? "",
  };
}
