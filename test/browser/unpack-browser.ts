import chromium from "@sparticuz/chromium";
import { isServed } from "./launch-browser.ts";

/** Before all test files: the browser is unpacked once, because two files doing so at a time would each find half of it. */
export async function setup(): Promise<void> {
  if (isServed()) await chromium.executablePath();
}
