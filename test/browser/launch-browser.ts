import chromium from "@sparticuz/chromium";
import { type Browser, chromium as playwright } from "playwright-core";

/** Switches that would make the browser more lenient than a visitor's (no CORS), or less robust. */
const unwanted = new Set([
  "--disable-web-security",
  "--disable-site-isolation-trials",
  "--allow-running-insecure-content",
  "--single-process",
]);

/**
 * Starts a real Chromium. On Linux for x64 it comes with the packages: nothing has to be installed. That build serves
 * no other system, where an installed Chrome is taken.
 *
 * @throws Error where there is none
 */
export async function launchBrowser(): Promise<Browser> {
  if (!isServed()) return playwright.launch({ channel: "chrome", headless: true });
  return playwright.launch({
    executablePath: await chromium.executablePath(),
    args: chromium.args.filter((argument) => !unwanted.has(argument)),
    headless: true,
  });
}

/** Whether the packages' build runs on this system. */
export function isServed(): boolean {
  return process.platform === "linux" && process.arch === "x64";
}
