import { describe, expect, it, vi } from "vitest";
import { hasCanary, withoutDocumentedCredentials } from "../support/canary.ts";
import { attendChat, send } from "../support/chat.ts";
import { connectPage } from "../support/relay-chat.ts";
import type { Deployment } from "./deployment.ts";

/** Has a short chat in the mode `direct`, and changes the stack to `relay` meanwhile: what follows finds it so. */
export function describeDirect(deployment: () => Deployment): void {
  describe("a stack in the mode direct", () => {
    it("gives a chat Connect's own socket, and lets it keep that when the mode becomes relay", async () => {
      const { endpoint, simulator, lines, account } = deployment();
      const socketsOfConnect = simulator.url.replace("http", "ws");
      const chat = await attendChat({ url: endpoint });
      const arrives = (text: string) =>
        vi.waitUntil(() => chat.socket.items.some(({ Content }) => Content === text), { timeout: 10_000 });
      await simulator.agent(chat.contactId, "join");
      await simulator.agent(chat.contactId, "message", "before");
      await arrives("before");
      const inDirect = await account.functions.listFunctions().promise();

      const outputs = await deployment().update("update to relay", {});
      await simulator.agent(chat.contactId, "message", "after");
      await arrives("after");
      const said = await send(endpoint, "/participant/message", {
        bearer: chat.connectionHandle,
        body: { ContentType: "text/plain", Content: "thank you" },
      });
      const again = await connectPage({ url: endpoint }, chat.participantHandle);
      await send(endpoint, "/participant/disconnect", { bearer: chat.connectionHandle });

      expect(inDirect.Functions).toHaveLength(6);
      expect(outputs["RelayUrl"]).toMatch(/^wss:/);
      expect(said.status).toBe(200);
      expect(again.socketUrl.startsWith(socketsOfConnect)).toBe(true);
      expect(lines.sockets.sockets).toEqual([]);
      const answers = lines.api.exchanges.map(({ answer }) => withoutDocumentedCredentials(answer.body));
      expect(answers.filter(hasCanary)).toEqual([]);
      chat.socket.close();
      lines.api.forget();
    });
  });
}
