import { afterEach, describe, expect, it } from "vitest";
import type { Target, Tokens } from "../contract/target.ts";
import type { BrowserSystem } from "./browser-system.ts";
import { ChatPage } from "./chat-page.ts";

/** What chatjs makes of a lost socket: it asks for another connection, and how that is answered decides. */
export function describeLostSockets(world: () => BrowserSystem): void {
  const names = ["Amazon Connect", "the proxy"] as const;

  afterEach(() => world().system.simulator.faults([]));

  async function openChat(target: Target): Promise<{ page: ChatPage; tokens: Tokens }> {
    const { newVisitor, pageUrl } = world();
    const tokens = await target.startChat({});
    const page = await ChatPage.open(await newVisitor(), pageUrl);
    await page.connect(target.endpoint, tokens);
    return { page, tokens };
  }

  function targetNamed(name: (typeof names)[number]): Target {
    return world().targets[name === "the proxy" ? 1 : 0];
  }

  describe("a socket that is lost", () => {
    it.each(names)("is found to be the end at %s, where the chat is over", async (name) => {
      const { page, tokens } = await openChat(targetNamed(name));

      await world().dropSockets(tokens.ContactId);
      await world().agent(tokens.ContactId, "end");

      await page.waitFor("the end", ({ ended }) => ended === 1);
      await page.page.context().close();
    });

    it.each(names)("is not replaced at %s in a page that is loaded after the end", async (name) => {
      const target = targetNamed(name);
      const { page, tokens } = await openChat(target);
      await page.call("disconnectParticipant");
      await page.page.reload();

      const outcome = await page.connect(target.endpoint, tokens);

      expect(outcome).toMatchObject({ error: { name: "AccessDeniedException", status: 403 } });
      await page.page.context().close();
    });

    it("ends chatjs' session at Amazon Connect, where connections fail for a moment", async () => {
      const { page, tokens } = await openChat(targetNamed("Amazon Connect"));
      await world().system.simulator.faults([
        { operation: "CreateParticipantConnection", status: 429, times: 3 },
      ]);

      await world().dropSockets(tokens.ContactId);

      await page.waitFor("the loss for good", ({ broken }) => broken === 1);
      await page.page.context().close();
    });

    it("is replaced through the proxy, where connections fail for a moment", async () => {
      const { page, tokens } = await openChat(targetNamed("the proxy"));
      await world().system.simulator.faults([
        { operation: "CreateParticipantConnection", status: 429, times: 3 },
      ]);

      await world().dropSockets(tokens.ContactId);

      await page.waitFor("another socket", ({ established }) => established === 3);
      expect(await page.seen()).toMatchObject({ broken: 0, ended: 0 });
      await page.page.context().close();
    });
  });
}
