import { mkdir } from "node:fs/promises";
import type { BrowserContext, Locator, Page } from "playwright-core";

/** Where a chat stands, as the page's `data-state` has it. */
export type DemoState =
  | "not-started"
  | "connecting"
  | "queued"
  | "chatting"
  | "reconnecting"
  | "lost"
  | "ended"
  | "refused";

/** Git-ignored. */
const screenshots = new URL("../../test-artifacts/screenshots/", import.meta.url);

/** How long anything may take to show, in milliseconds; a lost socket is replaced after some seconds. */
const patienceMs = 15_000;

/** The page of `npm start` in a tab, by what its reader sees and hears. */
export class DemoPage {
  readonly page: Page;
  readonly customer: Locator;
  readonly agent: Locator;
  readonly behind: Locator;
  /** What went wrong in the page itself: violations of its policy, errors of its scripts. */
  readonly faults: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    this.customer = page.getByRole("region", { name: "Customer’s chat" });
    this.agent = page.getByRole("region", { name: "Agent’s console" });
    this.behind = page.getByRole("region", { name: "Behind it" });
    page.on("pageerror", (error) => this.faults.push(error.message));
    page.on("console", (message) => {
      const text = message.text();
      if (message.type() === "error" && !text.startsWith("Failed to load resource")) this.faults.push(text);
    });
  }

  /** Opens the page in a tab of its own. */
  static async open(context: BrowserContext, url: string): Promise<DemoPage> {
    const demo = new DemoPage(await context.newPage());
    demo.page.setDefaultTimeout(patienceMs);
    await demo.page.setViewportSize({ width: 1440, height: 900 });
    await demo.page.goto(url);
    return demo;
  }

  /** Starts a chat, and lets an agent take it who says hello. */
  async chat(name = "Jane"): Promise<void> {
    await this.start(name);
    await this.reach("queued");
    await this.answer("Hello, this is Alex.");
    await this.reach("chatting");
    await this.customerSees("Hello, this is Alex.");
  }

  async start(name = "Jane"): Promise<void> {
    await this.customer.getByLabel("Your name").fill(name);
    await this.customer.getByRole("button", { name: "Start chat" }).click();
  }

  async say(text: string): Promise<void> {
    await this.customer.getByRole("textbox", { name: "Message" }).fill(text);
    await this.customer.getByRole("button", { name: "Send" }).click();
  }

  async answer(text: string): Promise<void> {
    await this.agent.getByRole("textbox", { name: "Agent’s message" }).fill(text);
    await this.act("Answer");
  }

  /** Presses one of the console's buttons. */
  async act(name: string): Promise<void> {
    await this.agent.getByRole("button", { name, exact: true }).click();
  }

  /** Waits until the chat stands there. */
  async reach(state: DemoState): Promise<void> {
    await this.page.locator(`#customer[data-state="${state}"]`).waitFor();
  }

  async customerSees(text: string | RegExp): Promise<void> {
    await this.customer.getByRole("log", { name: "Messages" }).getByText(text).last().waitFor();
  }

  async agentSees(text: string | RegExp): Promise<void> {
    await this.agent.getByRole("log").getByText(text).last().waitFor();
  }

  /** Texts of the customer's conversation in the order in which they stand. */
  async bubbles(): Promise<string[]> {
    return this.customer.locator(".bubble:not(.file)").allTextContents();
  }

  /** Keeps a picture of the page for whoever wants to look at it. */
  async picture(name: string, { whole = false } = {}): Promise<void> {
    await mkdir(screenshots, { recursive: true });
    const path = new URL(`${name}.png`, screenshots).pathname;
    await this.page.screenshot({ path, fullPage: whole, animations: "disabled" });
  }
}
