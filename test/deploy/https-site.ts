import type { Browser, BrowserContext } from "playwright-core";
import { launchBrowser } from "../browser/launch-browser.ts";
import { servePage } from "../browser/page-server.ts";
import { pageOrigin } from "../support/test-system.ts";

/** The page with chatjs at the https origin that the deployment serves, and browsers to visit it with. */
export interface HttpsSite {
  readonly url: string;
  newVisitor(): Promise<BrowserContext>;
  close(): Promise<void>;
}

/**
 * Starts it. The browser is handed the page for the address of the site; all else, the API included, it asks over the
 * network, with the site's origin and under its rules for pages of that origin.
 */
export async function startHttpsSite(): Promise<HttpsSite> {
  const local = await servePage();
  const browser: Browser = await launchBrowser();
  return {
    url: pageOrigin,
    newVisitor: async () => {
      const visitor = await browser.newContext();
      // A browser asks its user before a page of the internet may call this machine; the API is on the internet on AWS.
      await visitor.grantPermissions(["local-network-access"], { origin: pageOrigin });
      await visitor.route(`${pageOrigin}/**`, async (route) => {
        const { pathname } = new URL(route.request().url());
        await route.fulfill({ response: await route.fetch({ url: local.url + pathname }) });
      });
      return visitor;
    },
    close: async () => {
      await browser.close();
      await local.close();
    },
  };
}
