import { expect } from "vitest";
import { outputOf } from "../contract/client.ts";
import { comparable } from "../contract/comparable.ts";
import type { Target } from "../contract/target.ts";
import { startRecordingProxy } from "../support/recording-proxy.ts";
import type { TestSystem } from "../support/test-system.ts";
import type { BrowserSystem } from "./browser-system.ts";
import { ChatPage } from "./chat-page.ts";
import { leaksOf, watchTraffic } from "./traffic.ts";

const event = "application/vnd.amazonaws.connect.event.";
const say = (message: string) => ({ contentType: "text/plain", message });

/** What a chat in a browser needs: the whole of {@link BrowserSystem}, or a deployed API with a site of its own. */
export interface ChatWorld extends Pick<BrowserSystem, "pageUrl" | "newVisitor" | "agent" | "dropSockets"> {
  readonly system: Pick<TestSystem, "advance" | "simulator"> & { readonly clock: { now(): number } };
}

/**
 * A chat's whole life in chatjs; answers what the visitor saw, comparable between targets, and what was said to the
 * browser: recorded on the line to the API, as the browser's own inspector loses bodies.
 */
export async function liveThroughChat(world: ChatWorld, target: Target) {
  const visitor = await world.newVisitor();
  const api = new URL(target.endpoint);
  const line = await startRecordingProxy(Number(api.port));
  const endpoint = `${line.url}${api.pathname.replace(/\/$/, "")}`;
  const traffic = watchTraffic(visitor, endpoint);
  const startedAt = world.system.clock.now();
  const tokens = await target.startChat({});
  const agent = (action: string, content?: unknown) => world.agent(tokens.ContactId, action, content);
  const pass = () => world.system.advance(3_000);

  const page = await ChatPage.open(visitor, world.pageUrl);
  const connected = await page.connect(endpoint, tokens);
  await agent("join", { displayName: "Ann" });
  await page.item("the agent's joining", ({ ContentType }) => ContentType === `${event}participant.joined`);

  const sent = await page.call("sendMessage", say("hello"));
  await page.message("hello");
  await agent("read");
  await page.waitFor("the agent's receipt", ({ read }) => read === 1);
  await agent("typing");
  await page.waitFor("the agent's typing", ({ typing }) => typing === 1);
  await pass();
  const { Id } = await agent("message", "How can I help?");
  await page.message("How can I help?");
  const content = JSON.stringify({ messageId: Id });
  const events = [
    await page.call("sendEvent", { contentType: `${event}typing` }),
    await page.call("sendEvent", { contentType: `${event}message.delivered`, content }),
    await page.call("sendEvent", { contentType: `${event}message.read`, content }),
  ];

  const uploaded = await page.sendFile("note.txt", "text/plain", "my notes");
  const file = await page.item(
    "the approved file",
    ({ Attachments }) => Attachments?.[0]?.Status === "APPROVED",
  );
  const downloaded = await page.download(String(file.Attachments?.[0]?.AttachmentId));
  const transcript = await page.call("getTranscript");

  await world.dropSockets(tokens.ContactId);
  await page.waitFor("the loss of the socket", ({ lost }) => lost === 1);
  await page.waitFor("another socket", ({ established }) => established === 3);
  await page.subscribed(2);
  await pass();
  await agent("message", "after the loss");
  await page.message("after the loss");

  await page.page.reload();
  await page.connect(endpoint, tokens);
  const reloaded = await page.call("getTranscript", { maxResults: 100 });
  const secondTab = await ChatPage.open(visitor, world.pageUrl);
  await secondTab.connect(endpoint, tokens);
  await pass();
  await agent("message", "in both tabs");
  await Promise.all([page.message("in both tabs"), secondTab.message("in both tabs")]);
  const fromTabs = [
    await page.call("sendMessage", say("from the first")),
    await secondTab.call("sendMessage", say("from the second")),
  ];
  await Promise.all([page.message("from the second"), secondTab.message("from the first")]);

  await pass();
  const left = await secondTab.call("disconnectParticipant");
  await Promise.all([page, secondTab].map((tab) => tab.waitFor("the end", ({ ended }) => ended === 1)));
  const over = outputOf(left);
  await expectNoSockets(world, tokens.ContactId);
  await visitor.close();
  await line.close();
  const seen = { connected, sent, events, uploaded, downloaded, transcript, reloaded, fromTabs, over };
  return {
    seen: comparable(seen, startedAt) as typeof seen,
    leaks: [...traffic.leaks, ...leaksOf(line.exchanges)],
    operations: traffic.operations,
    frames: traffic.frames,
    exchanges: line.exchanges,
  };
}

/** chatjs closes its socket once it knows of the end. */
async function expectNoSockets({ system }: ChatWorld, contactId: string): Promise<void> {
  await expect
    .poll(async () => {
      const contact = (await system.simulator.contacts()).find(({ ContactId }) => ContactId === contactId);
      return contact?.OpenSockets;
    })
    .toBe(0);
}
