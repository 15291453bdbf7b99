import { afterAll, beforeAll } from "vitest";
import type { LocalServer } from "../../local/start-server.ts";
import { type BrowserSystem, startBrowserSystem } from "./browser-system.ts";
import { serveDemoSite } from "./demo-site.ts";
import { describeDemo } from "./describe-demo.ts";

let world: BrowserSystem;
let site: LocalServer;

beforeAll(async () => {
  world = await startBrowserSystem({ REAL_TIME: "relay" });
  const { system, dropSockets } = world;
  const cutNetwork = async (contactId: string) => {
    await dropSockets(contactId);
    return 1;
  };
  site = await serveDemoSite(system.url, { mode: "relay", simulatorUrl: system.simulator.url, cutNetwork });
});

afterAll(async () => {
  await site.close();
  await world.close();
});

describeDemo(() => ({
  demoUrl: site.url,
  newVisitor: world.newVisitor,
  advance: (milliseconds) => world.system.advance(milliseconds),
}));
