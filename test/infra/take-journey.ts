import { routes } from "../../lambdas/routes.ts";
import type { ApiAnswer } from "../support/chat.ts";
import { openSocket } from "../support/customer-socket.ts";
import type { FaultyDatabase } from "../support/faulty-database.ts";
import type { TestSystem } from "../support/test-system.ts";

/** Sends a request to a path of the route table; the answer's body. */
export type Take = (step: string, path: string, bearer?: string, body?: object) => Promise<ApiAnswer["body"]>;

const hourMs = 3_600_000;
const message = { ContentType: "text/plain", Content: "hello" };
const connection = { Type: ["WEBSOCKET", "CONNECTION_CREDENTIALS"] };

/**
 * Leads visitors through everything the API does: every route, both flows, renewals, and what is done when a start
 * fails.
 */
export async function takeJourney(take: Take, system: TestSystem, database: FaultyDatabase): Promise<void> {
  await chatOfTwoDays(take, system);
  await chatThatAnAgentEnds(take, system);
  await startThatIsUndone(take, database);
}

async function chatOfTwoDays(take: Take, system: TestSystem): Promise<void> {
  await take("asks for the API's health", "/health");
  for (const { path } of routes.filter(
    ({ path: each, handle }) => handle === "none" && !["/chat", "/health"].includes(each),
  )) {
    await take("asks for what is not supported", path);
  }
  const { participantHandle, bearer } = await open(take, "support");
  await take("sends a message", "/participant/message", bearer, message);
  await take("sends an event", "/participant/event", bearer, {
    ContentType: "application/vnd.amazonaws.connect.event.typing",
  });
  await take("reads the transcript", "/participant/transcript", bearer, {});
  const AttachmentId = await upload(take, bearer);
  await take("downloads a file", "/participant/attachment", bearer, { AttachmentId });
  for (const path of ["/participant/message", "/participant/attachment"]) {
    await system.advance(20 * hourMs);
    await take("is there in the evening", "/participant/transcript", bearer, {});
    await system.advance(4 * hourMs + 60_000);
    await take("meets an expired connection token", path, bearer, { ...message, AttachmentId });
  }
  await take("earns another connection handle", "/participant/connection", participantHandle, connection);
  await take("disconnects", "/participant/disconnect", bearer, {});
  await take("disconnects again", "/participant/disconnect", bearer, {});
}

async function chatThatAnAgentEnds(take: Take, { simulator }: TestSystem): Promise<void> {
  const { contactId, bearer } = await open(take, "sales");
  await simulator.agent(contactId, "join");
  await simulator.agent(contactId, "end");
  await take("sends a message into a chat that ended", "/participant/message", bearer, message);
}

async function startThatIsUndone(take: Take, database: FaultyDatabase): Promise<void> {
  // The first item that is put is the record of the start.
  database.fail("throttled", "PutItem", { skip: 1 });
  await take("starts a chat whose session cannot be stored", "/chat", undefined, start("support"));
  database.fail(undefined);
}

function start(ContactFlowId: string): object {
  return { ContactFlowId, ParticipantDetails: { DisplayName: "Jane" }, ChatDurationInMinutes: 10_080 };
}

async function open(take: Take, flow: string) {
  const started = await take("starts a chat", "/chat", undefined, start(flow));
  const { data } = started as { data: { startChatResult: { ContactId: string; ParticipantToken: string } } };
  const { ContactId: contactId, ParticipantToken: participantHandle } = data.startChatResult;
  const connected = await take("connects", "/participant/connection", participantHandle, connection);
  const { Websocket, ConnectionCredentials } = connected as {
    Websocket: { Url: string };
    ConnectionCredentials: { ConnectionToken: string };
  };
  await openSocket(Websocket.Url);
  return { contactId, participantHandle, bearer: ConnectionCredentials.ConnectionToken };
}

async function upload(take: Take, bearer: string): Promise<string> {
  const started = await take("begins an upload", "/participant/start-attachment-upload", bearer, {
    ContentType: "text/plain",
    AttachmentSizeInBytes: 5,
    AttachmentName: "a.txt",
    ClientToken: "one",
  });
  const { AttachmentId, UploadMetadata } = started as {
    AttachmentId: string;
    UploadMetadata: { Url: string; HeadersToInclude: Record<string, string> };
  };
  const { Url, HeadersToInclude } = UploadMetadata;
  await fetch(Url, { method: "PUT", headers: HeadersToInclude, body: "hello" });
  await take("completes an upload", "/participant/complete-attachment-upload", bearer, {
    AttachmentIds: [AttachmentId],
    ClientToken: "two",
  });
  const { Transcript } = await take("sees the file", "/participant/transcript", bearer, {});
  const items = Transcript as readonly {
    readonly Attachments?: readonly { readonly AttachmentId: string }[];
  }[];
  return items.flatMap(({ Attachments = [] }) => Attachments).at(-1)?.AttachmentId ?? "";
}
