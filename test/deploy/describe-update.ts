import { describe, expect, it } from "vitest";
import { send } from "../support/chat.ts";
import type { Deployment } from "./deployment.ts";
import { startLoad } from "./live-load.ts";

/** Deploys another configuration over the running one. */
export function describeUpdate(deployment: () => Deployment): void {
  describe("an update in place, with a chat going on", () => {
    it("fails no request and loses no message, and the handle goes on to work", async () => {
      const { endpoint, simulator } = deployment();
      const load = await startLoad(endpoint);
      await deployment().update({ messageMaxLength: "100", logRetentionDays: "7" });
      const { failures, messages, others } = await load.stop();

      expect(failures).toEqual([]);
      expect(messages.length).toBeGreaterThan(10);
      expect(others).toBeGreaterThan(10);
      const contact = (await simulator.contacts()).find(({ ContactId }) => ContactId === load.chat.contactId);
      const said = contact?.Transcript.filter(({ Type }) => Type === "MESSAGE").map(({ Content }) => Content);
      expect(said).toEqual(messages);

      const say = (Content: string) =>
        send(endpoint, "/participant/message", {
          bearer: load.chat.connectionHandle,
          body: { ContentType: "text/plain", Content },
        });
      expect((await say("a".repeat(100))).status).toBe(200);
      expect((await say("a".repeat(101))).status).toBe(400);
      load.chat.socket.close();
      process.stdout.write(`update under load: ${messages.length + others} requests, no failure\n`);
    });
  });
}
