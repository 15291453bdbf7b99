import { describe, expect, it } from "vitest";
import { liveThroughChat as liveInBrowser } from "../browser/chatjs-life.ts";
import { sdkV2 } from "../contract/sdk-v2-client.ts";
import { sdkV3 } from "../contract/sdk-v3-client.ts";
import { amazonConnect, proxy } from "../contract/target.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import type { Deployment } from "./deployment.ts";
import { startHttpsSite } from "./https-site.ts";
import { phase } from "./phases.ts";
import { liveThroughChat as liveInProgram } from "./sdk-life.ts";
import { withoutTimes } from "./without-times.ts";

/** Lets each client live through a chat: at the simulated Amazon Connect, then at the deployed API. */
export function describeChats(deployment: () => Deployment): void {
  const atAmazon = () => amazonConnect(deployment());
  const deployed = () => proxy({ url: deployment().endpoint });

  describe("a whole chat through the deployed API", () => {
    it.each([sdkV2, sdkV3])("looks to $name as it does at Amazon Connect", async (client) => {
      await phase(client.name, async () => {
        const atConnect = await liveInProgram(client, atAmazon(), deployment().simulator);
        const proxied = await liveInProgram(client, deployed(), deployment().simulator);

        expect(atConnect).toMatchObject({
          downloaded: [true, true, true],
          after: { error: { status: 403 } },
        });
        expect(atConnect.received.last).toMatch("chat.ended");
        expect(proxied).toEqual(atConnect);
      });
    });

    it("looks to amazon-connect-chatjs as it does at Amazon Connect", async () => {
      const site = await startHttpsSite();
      const { simulator, lines } = deployment();
      const world = {
        pageUrl: site.url,
        newVisitor: site.newVisitor,
        system: { simulator, clock: { now: Date.now }, advance: async () => undefined },
        agent: async (contactId: string, action: string, content?: unknown) => {
          const path = `contacts/${contactId}/agent`;
          return (await controlSimulator(simulator.url, "POST", path, { action, content })) as {
            Id?: string;
          };
        },
        dropSockets: async (contactId: string) => {
          await simulator.dropSockets(contactId);
          lines.sockets.drop(contactId);
        },
      };
      try {
        await phase("amazon-connect-chatjs", async () => {
          const atConnect = await liveInBrowser(world, atAmazon());
          const proxied = await liveInBrowser(world, deployed());

          expect(atConnect.seen).toMatchObject({ downloaded: "my notes", over: {} });
          expect(withoutTimes(proxied.seen)).toEqual(withoutTimes(atConnect.seen));
          expect(proxied.operations.length).toBe(atConnect.operations.length);
          expect(proxied.leaks).toEqual([]);
        });
      } finally {
        await site.close();
      }
    });
  });
}
