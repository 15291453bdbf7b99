import { expect } from "vitest";
import { type StartedChat, send, startChat } from "../../support/chat.ts";
import { type CustomerSocket, openSocket } from "../../support/customer-socket.ts";
import type { TestSystem } from "../../support/test-system.ts";

/** What a day of a chat came to. */
export interface LivedDay {
  /** CreateParticipantConnection calls of the page. */
  readonly asked: number;
  /** CreateParticipantConnection calls that reached Amazon Connect. */
  readonly upstream: number;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** Longer than the day. */
const chatMinutes = 26 * 60;

/** Hours at whose beginning the page is loaded anew; its first load is the tenth. */
const loads: ReadonlySet<number> = new Set([1, 2, 4, 6, 9, 12, 15, 18, 22]);

/** Hours at whose beginning the socket is lost. */
const losses: ReadonlySet<number> = new Set([3, 11, 20]);

/** How long chatjs keeps a socket before it changes to a new one, in milliseconds. */
const socketKeptMs = 59 * minuteMs;

/** How early chatjs replaces a connection token, in milliseconds. */
const earlyMs = minuteMs;

/**
 * Lives 24 hours of a chat as chatjs would: ten page loads, three lost sockets, the planned changes of
 * socket and token between them, a message every hour, which the socket must bring.
 */
export async function liveADay(system: TestSystem): Promise<LivedDay> {
  const chat = await startChat(system.url, { ChatDurationInMinutes: chatMinutes });
  const page = new Page(system, chat);
  await page.connect();
  for (let hour = 1; hour <= 24; hour++) {
    await page.waitUntil(system.clock.now() + hourMs);
    if (loads.has(hour) || losses.has(hour)) await page.connect();
    await page.say(`hour ${hour}`);
  }
  page.leave();
  const upstream = await system.simulator.calls("CreateParticipantConnection");
  return { asked: page.asked, upstream: upstream.length };
}

class Page {
  /** CreateParticipantConnection calls so far. */
  asked = 0;
  readonly #system: TestSystem;
  readonly #chat: StartedChat;
  #socket: CustomerSocket | undefined;
  #socketUntil = 0;
  #handle = "";
  #handleUntil = 0;

  constructor(system: TestSystem, chat: StartedChat) {
    this.#system = system;
    this.#chat = chat;
  }

  /** Asks for a connection and opens its socket; the one before is gone. */
  async connect(): Promise<void> {
    this.leave();
    this.#socket = await openSocket(await this.#ask());
    this.#socketUntil = this.#system.clock.now() + socketKeptMs;
  }

  leave(): void {
    this.#socket?.close();
  }

  /** Lets time pass, and replaces the token and the socket when they are due. */
  async waitUntil(end: number): Promise<void> {
    const { clock } = this.#system;
    for (;;) {
      const due = Math.min(this.#handleUntil, this.#socketUntil);
      await this.#system.advance(Math.max(0, Math.min(due, end) - clock.now()));
      if (due >= end) return;
      if (due === this.#socketUntil) await this.connect();
      else await this.#ask();
    }
  }

  async say(content: string): Promise<void> {
    const body = { ContentType: "text/plain", Content: content };
    const { status } = await send(this.#system.url, "/participant/message", { bearer: this.#handle, body });
    expect(status).toBe(200);
    const heard = () => this.#socket?.items.map((item) => item["Content"]);
    await expect.poll(heard, { timeout: 5_000 }).toContain(content);
  }

  /** @returns the address of a socket */
  async #ask(): Promise<string> {
    this.asked += 1;
    const { status, body } = await send(this.#system.url, "/participant/connection", {
      bearer: this.#chat.participantHandle,
      body: { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] },
    });
    expect(status).toBe(200);
    const { ConnectionCredentials, Websocket } = body as unknown as ConnectionBody;
    this.#handle = ConnectionCredentials.ConnectionToken;
    this.#handleUntil = Date.parse(ConnectionCredentials.Expiry) - earlyMs;
    return Websocket.Url;
  }
}

interface ConnectionBody {
  readonly ConnectionCredentials: { readonly ConnectionToken: string; readonly Expiry: string };
  readonly Websocket: { readonly Url: string };
}
