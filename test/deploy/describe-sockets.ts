import { describe, expect, it, vi } from "vitest";
import { send } from "../support/chat.ts";
import { controlSimulator } from "../support/control-simulator.ts";
import { connectPage, openTab, startRelayedChat, textsOf } from "../support/relay-chat.ts";
import { handshakeStatus, openRelaySocket } from "../support/relay-socket.ts";
import { pageOrigin } from "../support/test-system.ts";
import type { Deployment } from "./deployment.ts";
import { revokeAsOwner } from "./revoke-as-owner.ts";

/** How long anything may take to show, in milliseconds. */
const patience = { timeout: 30_000, interval: 50 };

/** Opens sockets at the deployed WebSocket API, and some that it has to refuse. */
export function describeSockets(deployment: () => Deployment): void {
  describe("a socket of the deployed relay", () => {
    it("opens for a ticket once, and for a listed origin or none", async () => {
      const system = { url: deployment().endpoint };
      const chat = await startRelayedChat(system);
      const other = await connectPage(system, chat.participantHandle);
      const socket = await openRelaySocket(chat.socketUrl, { origin: pageOrigin });
      const [again, elsewhere] = await Promise.all([
        handshakeStatus(chat.socketUrl),
        handshakeStatus(other.socketUrl, { origin: "https://evil.example" }),
      ]);

      expect([again, elsewhere]).toEqual([403, 403]);
      expect(await handshakeStatus(other.socketUrl)).toBe(101);
      socket.close();
    });

    it("opens five times for a chat, and again where one was lost", async () => {
      const system = { url: deployment().endpoint };
      const chat = await startRelayedChat(system);
      const tabs = await Promise.all([1, 2, 3, 4, 5].map(() => openTab(system, chat)));
      const sixth = await handshakeStatus((await connectPage(system, chat.participantHandle)).socketUrl);
      tabs[0]?.drop();
      const next = await vi.waitUntil(() => openTab(system, chat).catch(() => undefined), patience);

      expect(sixth).toBe(403);
      for (const tab of [...tabs, next]) tab.close();
    });

    it("carries what a customer may see; for the rest the topic does not even call the relay", async () => {
      const { endpoint, simulator, functionOutput } = deployment();
      const chat = await startRelayedChat({ url: endpoint });
      const tab = await openTab({ url: endpoint }, chat);
      const say = (content: string, visibility: string) =>
        controlSimulator(simulator.url, "POST", `contacts/${chat.contactId}/agent`, {
          action: "message",
          content,
          visibility,
        });
      await simulator.agent(chat.contactId, "join");
      await say("a difficult one", "AGENT");
      await say("for you", "CUSTOMER");
      await vi.waitUntil(() => textsOf(tab).length > 0, patience);
      const isDelivery = (line: string) => line.includes('"deliver-item"') && line.includes(chat.contactId);
      const deliveries = async () => (await functionOutput()).filter(isDelivery).length;
      await vi.waitFor(async () => expect(await deliveries()).toBe(tab.items.length), patience);

      expect(textsOf(tab)).toEqual(["for you"]);
      tab.close();
    });

    it("is closed when the owner revokes the session, the handles and the contact with it", async () => {
      const { awsEndpoint, endpoint, simulator } = deployment();
      const chat = await startRelayedChat({ url: endpoint });
      const tab = await openTab({ url: endpoint }, chat);
      const said = await revokeAsOwner(awsEndpoint, "--session", chat.contactId);
      await vi.waitUntil(() => tab.closedWith !== undefined, patience);
      const answer = await send(endpoint, "/participant/message", {
        bearer: chat.connectionHandle,
        body: { ContentType: "text/plain", Content: "hello" },
      });
      const contacts = await simulator.contacts();

      expect(said).toBe("1 sessions revoked, 1 sockets closed, 1 contacts stopped, 0 remaining\n");
      expect(answer.status).toBe(403);
      expect(contacts.find(({ ContactId }) => ContactId === chat.contactId)?.Status).toBe("ENDED");
    });
  });
}
