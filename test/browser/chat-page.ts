import type { BrowserContext, Page } from "playwright-core";
import { vi } from "vitest";
import type { Outcome } from "../contract/client.ts";
import type { Tokens } from "../contract/target.ts";

/** An item that chatjs told of. */
export interface SeenItem {
  readonly Id: string;
  readonly Type: string;
  readonly Content?: string;
  readonly ContentType?: string;
  readonly Attachments?: readonly { readonly AttachmentId: string; readonly Status: string }[];
}

/** What chatjs told the page. */
export interface Seen {
  readonly items: readonly SeenItem[];
  readonly typing: number;
  readonly delivered: number;
  readonly read: number;
  readonly established: number;
  readonly lost: number;
  /** The connection is given up. */
  readonly broken: number;
  readonly ended: number;
}

/** The functions of page.js. */
interface PageGlobals {
  readonly chatPage: {
    seen(): Seen;
    connectChat(endpoint: string, tokens: Tokens): Promise<Outcome>;
    call(method: string, args: unknown): Promise<Outcome>;
    sendFile(name: string, type: string, text: string): Promise<Outcome>;
    download(attachmentId: string): Promise<string>;
  };
}

/** How long anything may take to show in a page, in milliseconds; a lost socket is replaced after some seconds. */
const patience = { timeout: 30_000, interval: 20 };

/** A tab with chatjs in it. */
export class ChatPage {
  readonly page: Page;
  #subscriptions = 0;

  private constructor(page: Page) {
    this.page = page;
    page.on("websocket", (socket) =>
      socket.on("framereceived", ({ payload }) => {
        if (/"aws\/subscribe".*"success"/.test(String(payload))) this.#subscriptions += 1;
      }),
    );
  }

  /** Opens the page at `url` in a tab of its own. */
  static async open(context: BrowserContext, url: string): Promise<ChatPage> {
    const opened = new ChatPage(await context.newPage());
    await opened.page.goto(url);
    return opened;
  }

  /**
   * Connects, and waits until chatjs has its socket, and has subscribed on it: what is sent before may be left to the
   * transcript.
   */
  async connect(endpoint: string, tokens: Tokens): Promise<Outcome> {
    const before = this.#subscriptions;
    const outcome = await this.page.evaluate(
      ([to, held]) => (globalThis as unknown as PageGlobals).chatPage.connectChat(to, held),
      [endpoint, tokens] as const,
    );
    if ("output" in outcome) {
      await this.waitFor("a socket", ({ established }) => established >= 2);
      await this.subscribed(before + 1);
    }
    return outcome;
  }

  /** Waits until it has subscribed so many times, on one socket after the other. */
  async subscribed(times: number): Promise<void> {
    await vi.waitUntil(() => this.#subscriptions >= times, patience);
  }

  /** Calls a method of the chat session. */
  call(method: string, args: object = {}): Promise<Outcome> {
    return this.page.evaluate(
      ([name, given]) => (globalThis as unknown as PageGlobals).chatPage.call(name, given),
      [method, args] as const,
    );
  }

  sendFile(name: string, type: string, text: string): Promise<Outcome> {
    return this.page.evaluate(
      ([called, typed, holding]) =>
        (globalThis as unknown as PageGlobals).chatPage.sendFile(called, typed, holding),
      [name, type, text] as const,
    );
  }

  download(attachmentId: string): Promise<string> {
    return this.page.evaluate(
      (id) => (globalThis as unknown as PageGlobals).chatPage.download(id),
      attachmentId,
    );
  }

  seen(): Promise<Seen> {
    return this.page.evaluate(() => (globalThis as unknown as PageGlobals).chatPage.seen());
  }

  /** Waits until chatjs has told the page so. */
  async waitFor(what: string, fits: (seen: Seen) => boolean): Promise<void> {
    await vi.waitFor(async () => {
      const seen = await this.seen();
      if (!fits(seen)) throw new Error(`The page was not told of ${what}: ${JSON.stringify(seen)}`);
    }, patience);
  }

  /** Waits for an item. */
  async item(what: string, fits: (item: SeenItem) => boolean): Promise<SeenItem> {
    await this.waitFor(what, ({ items }) => items.some(fits));
    const found = (await this.seen()).items.find(fits);
    if (found === undefined) throw new Error(`${what} is gone`);
    return found;
  }

  /** Waits for a message with this content. */
  message(content: string): Promise<SeenItem> {
    return this.item(`the message "${content}"`, ({ Content }) => Content === content);
  }
}
