import type { Browser, BrowserContext } from "playwright-core";
import { amazonConnect, proxy, type Target } from "../contract/target.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import type { FakeClock } from "../support/fake-clock.ts";
import { startTestSystem, type TestSettings, type TestSystem } from "../support/test-system.ts";
import { launchBrowser } from "./launch-browser.ts";
import { servePage } from "./page-server.ts";

/** A system, a web site, and a browser to visit it with. */
export interface BrowserSystem {
  readonly system: TestSystem;
  readonly targets: readonly [connect: Target, proxy: Target];
  /** Address of the page. */
  readonly pageUrl: string;
  /** A visitor's browser, with nothing in it. */
  newVisitor(): Promise<BrowserContext>;
  /** Lets the agent of a contact act. */
  agent(contactId: string, action: string, content?: unknown): Promise<{ readonly Id?: string }>;
  /** Closes the contact's sockets, as a lost network does. */
  dropSockets(contactId: string): Promise<void>;
  close(): Promise<void>;
}

/** One chat of the contract sends more files than a chat may have, of which most are refused. */
const roomForFiles: TestSettings = { ATTACHMENT_POLICY: JSON.stringify({ filesPerChat: 20 }) };

/** Starts all of it, with the servers' clock at the time that the browser will have. */
export async function startBrowserSystem(
  settings: TestSettings = {},
  clock?: FakeClock,
): Promise<BrowserSystem> {
  const system = await startTestSystem({ ...roomForFiles, ...settings }, clock);
  await system.advance(Date.now() - system.clock.now());
  const site = await servePage();
  const browser: Browser = await launchBrowser();
  const simulator = system.simulator.url;
  return {
    system,
    targets: [amazonConnect(system), proxy(system)],
    pageUrl: site.url,
    newVisitor: () => browser.newContext(),
    agent: async (contactId, action, content) => {
      const body = { action, ...(content !== undefined && { content }) };
      return (await controlSimulator(simulator, "POST", `contacts/${contactId}/agent`, body)) as {
        Id?: string;
      };
    },
    dropSockets: (contactId) => system.dropSockets(contactId),
    close: async () => {
      await browser.close();
      await site.close();
      await system.close();
    },
  };
}
