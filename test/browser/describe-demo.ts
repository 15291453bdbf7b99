import { readFile } from "node:fs/promises";
import type { BrowserContext } from "playwright-core";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { DemoPage } from "./demo-page.ts";

/** What the page of `npm start` needs around it. */
export interface DemoWorld {
  /** Where the page and its API are served from one address, without a trailing slash. */
  readonly demoUrl: string;
  /** A visitor's browser, with nothing in it. */
  newVisitor(): Promise<BrowserContext>;
  /** Lets the clocks of both sides pass, by milliseconds, where they do not pass by themselves. */
  advance(milliseconds: number): Promise<void>;
}

/** The page that `npm start` serves, as people use it. */
export function describeDemo(world: () => DemoWorld): void {
  describe("the page of npm start", () => {
    let visitor: BrowserContext;
    let demo: DemoPage;

    beforeEach(async () => {
      visitor = await world().newVisitor();
      demo = await DemoPage.open(visitor, world().demoUrl);
    });

    afterEach(async () => {
      const { faults } = demo;
      await visitor.close();
      expect(faults).toEqual([]);
    });

    /** Long enough for every limit to have room again. */
    const pass = () => world().advance(20_000);

    it("says so while it connects", async () => {
      const connection = Promise.withResolvers<void>();
      await visitor.route("**/participant/connection", async (route) => {
        await connection.promise;
        await route.continue();
      });
      await demo.start();
      await demo.reach("connecting");
      await demo.picture("connecting");
      connection.resolve();
      await demo.reach("queued");
    });

    it("chats both ways, with typing and receipts", async () => {
      await demo.reach("not-started");
      await demo.picture("not-started");
      await demo.customer.getByLabel("Your question").fill("Are you open?");
      await demo.start();
      await demo.reach("queued");
      await demo.customerSees("Are you open?");
      await demo.picture("queued");

      await demo.act("Type");
      await demo.customer.getByText("Alex is typing…").waitFor();
      await demo.reach("chatting");
      await demo.answer("Until six.");
      await demo.customerSees("Until six.");
      await demo.customer.getByText("Alex is typing…").waitFor({ state: "hidden" });
      await demo.agentSees("Read");

      await pass();
      await demo.say("<b>Thank you</b> & goodbye");
      await demo.customerSees("Sent");
      await demo.agentSees("<b>Thank you</b> & goodbye");
      await demo.act("Mark delivered");
      await demo.customerSees("Delivered");
      await demo.act("Mark read");
      await demo.customerSees("Read");
      await demo.act("System message");
      await demo.customerSees(/All our agents/);
      expect(await demo.bubbles()).toEqual([
        "Are you open?",
        "Until six.",
        "<b>Thank you</b> & goodbye",
        "All our agents are helping others. Thank you for waiting.",
      ]);
      await demo.picture("chatting");
    });

    it("sends files up and down, and says why one did not get there", async () => {
      await demo.chat();
      const input = demo.customer.locator("input[type=file]");

      await input.setInputFiles({ name: "bill.txt", mimeType: "text/plain", buffer: Buffer.from("my bill") });
      const download = demo.customer.getByRole("button", { name: "Download bill.txt" });
      await download.waitFor();
      const [file] = await Promise.all([demo.page.waitForEvent("download"), download.click()]);
      await demo.act("Send a file");
      await demo.customer.getByRole("button", { name: "Download opening-hours.txt" }).waitFor();
      await input.setInputFiles({
        name: "tool.exe",
        mimeType: "application/x-msdownload",
        buffer: Buffer.from("x"),
      });
      await demo.customer.getByText("Files of this kind cannot be sent.").waitFor();
      await input.setInputFiles({ name: "empty.txt", mimeType: "text/plain", buffer: Buffer.from("") });
      await demo.customer.getByText("The file is empty.").waitFor();
      await demo.picture("files");

      expect(file.suggestedFilename()).toBe("bill.txt");
      expect(await readFile(await file.path(), "utf8")).toBe("my bill");
      await demo.customer.getByRole("button", { name: "Dismiss tool.exe" }).click();
      await demo.customer.getByText("tool.exe").waitFor({ state: "detached" });
    });

    it("goes on after a reload, and in a second tab", async () => {
      await demo.chat();
      await demo.say("before the reload");
      await demo.agentSees("before the reload");

      await demo.page.reload();
      await demo.reach("chatting");
      await demo.customerSees("before the reload");
      const second = await DemoPage.open(visitor, world().demoUrl);
      await second.reach("chatting");
      await second.customerSees("before the reload");
      await pass();
      await second.say("from the second tab");
      await demo.customerSees("from the second tab");
      await demo.answer("to both tabs");
      await Promise.all([demo.customerSees("to both tabs"), second.customerSees("to both tabs")]);

      const said = ["Hello, this is Alex.", "before the reload", "from the second tab", "to both tabs"];
      expect([await demo.bubbles(), await second.bubbles()]).toEqual([said, said]);
    });

    it("gets a lost connection back, with what was said meanwhile", async () => {
      await demo.chat();
      const held = Promise.withResolvers<void>();
      await demo.page.route("**/participant/connection", async (route) => {
        await held.promise;
        await route.continue();
      });

      await demo.act("Cut the network");
      await demo.reach("reconnecting");
      await demo.picture("reconnecting");
      await pass();
      await demo.answer("Can you hear me?");
      await demo.agentSees("Can you hear me?");
      expect(await demo.bubbles()).not.toContain("Can you hear me?");
      held.resolve();

      await demo.reach("chatting");
      await demo.customerSees("Can you hear me?");
    });

    it("is over when the agent ends it, and another chat can be started", async () => {
      await demo.chat();

      await demo.act("End for all");
      await demo.reach("ended");
      await demo.picture("ended");
      await demo.page.reload();
      await demo.reach("not-started");
      await demo.start("Jo");
      await demo.reach("queued");
      await demo.act("End for all");
      await demo.customer.getByRole("button", { name: "Start a new chat" }).click();

      await demo.reach("not-started");
    });

    it("is over when the customer ends it, who is asked first", async () => {
      await demo.chat();
      const dialog = demo.page.getByRole("dialog", { name: "End this chat?" });

      await demo.customer.getByRole("button", { name: "End chat" }).click();
      await demo.picture("ending");
      await dialog.getByRole("button", { name: "Keep chatting" }).click();
      await demo.reach("chatting");
      await demo.customer.getByRole("button", { name: "End chat" }).click();
      await dialog.getByRole("button", { name: "End chat" }).click();

      await demo.reach("ended");
      await demo.agent.getByText("This chat has ended").waitFor();
      expect(await demo.page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual([]);
    });

    it("tells who is refused why, and when to come back", async () => {
      await demo.page.route("**/chat", (route) =>
        route.fulfill({
          status: 429,
          headers: { "Retry-After": "2" },
          json: { __type: "ThrottlingException", reason: "ServiceBusy", message: "Too many requests." },
        }),
      );
      await demo.start();
      await demo.reach("refused");
      await demo.customer.getByText("It is very busy just now").waitFor();
      const again = demo.customer.getByRole("button", { name: /^Try again/ });
      expect([await again.textContent(), await again.isDisabled()]).toEqual(["Try again in 2 s", true]);
      await demo.picture("refused");

      await demo.page.unroute("**/chat");
      await demo.page.route("**/chat", (route) =>
        route.fulfill({ status: 400, json: { reason: "OriginNotAllowed", message: "Not served." } }),
      );
      await again.click();
      await demo.customer.getByText("This page may not start chats").waitFor();
      await demo.page.unroute("**/chat");
      await again.click();

      await demo.reach("queued");
    });

    it("shows what it holds, and only names what it does not", async () => {
      await demo.chat();
      const held = demo.behind.getByRole("listitem").filter({ hasText: "Connection handle" });
      const secret = held.getByRole("code").last();

      const masked = await secret.textContent();
      await held.getByRole("button", { name: "Reveal" }).click();

      expect(masked).toBe("••••••••••••");
      expect(await secret.textContent()).toMatch(/^[A-Za-z0-9_-]{43}$/);
      await demo.behind.getByText("Amazon Connect’s participant token").waitFor();
      await demo.behind
        .getByRole("row", { name: /CreateParticipantConnection 200/ })
        .first()
        .waitFor();
    });

    it("is as good in the dark, on a phone, and to the ear", async () => {
      await demo.chat();
      await demo.say("Good evening");
      await demo.customerSees("Good evening");
      await demo.page.emulateMedia({ colorScheme: "dark" });
      await demo.picture("dark");
      await demo.page.setViewportSize({ width: 390, height: 844 });
      await demo.picture("phone-dark", { whole: true });
      await demo.page.emulateMedia({ colorScheme: "light" });
      await demo.picture("phone");

      const overflow = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;
      expect(await demo.page.evaluate(overflow)).toBe(0);
      const tree = await demo.page.locator("body").ariaSnapshot();
      expect(
        tree.split("\n").filter((line) => /- (button|textbox|combobox|link|log)(?! ")/.test(line)),
      ).toEqual([]);
      await demo.page.getByRole("status").getByText("Chatting with Alex").waitFor();
    });
  });
}
