import { expect, it } from "vitest";
import { connectChat, event, type Simulated, simulate, startChat } from "../simulated-chat.ts";

async function refusal(simulated: Simulated, method: string, path: string, body?: unknown) {
  const response = await fetch(`${simulated.url}/_sim/${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return [response.status, (await response.json()).error];
}

it("makes the agent do everything an agent can", async () => {
  const simulated = await simulate();
  const { ConnectionToken, contactId, socket } = await connectChat(simulated);
  await simulated.post("message", ConnectionToken, { ContentType: "text/plain", Content: "hi" });
  const agent = (action: string, content?: unknown) =>
    simulated.control("POST", `contacts/${contactId}/agent`, {
      action,
      ...(content !== undefined && { content }),
    });
  await agent("system", "Welcome");
  await agent("join", "Ann");
  await agent("delivered");
  await agent("typing");
  await agent("message", { contentType: "text/markdown", content: "**hello**" });
  await agent("read");
  await agent("attachment", "file");
  await agent("leave");
  await agent("end");
  await socket.item(({ ContentType }) => ContentType === event("chat.ended"));
  const seen = socket.items().filter(({ ParticipantRole }) => ParticipantRole !== "CUSTOMER");
  expect(
    seen.map(({ Type, ContentType, DisplayName }) => [Type, ContentType ?? "file", DisplayName]),
  ).toEqual([
    ["MESSAGE", "text/plain", "SYSTEM_MESSAGE"],
    ["EVENT", event("participant.joined"), "Ann"],
    ["MESSAGEMETADATA", event("message.metadata"), undefined],
    ["EVENT", event("typing"), "Ann"],
    ["MESSAGE", "text/markdown", "Ann"],
    ["MESSAGEMETADATA", event("message.metadata"), undefined],
    ["ATTACHMENT", "file", "Ann"],
    ["ATTACHMENT", "file", "Ann"],
    ["EVENT", event("participant.left"), "Ann"],
    ["EVENT", event("chat.ended"), undefined],
  ]);
});

it("answers 409 to an agent whose time has not come", async () => {
  const simulated = await simulate();
  const waiting = await startChat(simulated);
  const act = (contactId: string, action: string) =>
    refusal(simulated, "POST", `contacts/${contactId}/agent`, { action });
  expect(await act(waiting.contactId, "join")).toEqual([409, expect.stringContaining("WAITING")]);
  const { contactId } = await connectChat(simulated);
  expect(await act(contactId, "typing")).toEqual([409, expect.stringContaining("No agent")]);
  await simulated.control("POST", `contacts/${contactId}/agent`, { action: "join" });
  expect(await act(contactId, "read")).toEqual([409, expect.stringContaining("not said anything")]);
  expect(await act("none", "join")).toEqual([404, expect.any(String)]);
});

it("refuses what it does not understand with one clear sentence", async () => {
  const simulated = await simulate();
  const { contactId } = await connectChat(simulated);
  for (const [method, path, body] of [
    ["PUT", "faults", [{ operation: "*", status: 99 }]],
    ["PUT", "faults", [{ operation: "*", cutt: "before" }]],
    ["PUT", "clock", { offsetSeconds: "1" }],
    ["PUT", "quotas", {}],
    ["PUT", "switches", { absentType: "perhaps" }],
    ["PUT", "switches", { noSuchSwitch: true }],
    ["PUT", "switches", { agent: { joinDelayMs: -1 } }],
    ["POST", `contacts/${contactId}/agent`, { action: "dance" }],
  ] as const) {
    expect(await refusal(simulated, method, path, body)).toEqual([400, expect.stringMatching(/\w+/)]);
  }
  expect(await refusal(simulated, "GET", "nothing")).toEqual([404, expect.any(String)]);
});

it("shows and changes switches one by one", async () => {
  const simulated = await simulate({ switches: { attachmentScanMs: 5 }, agent: { displayName: "Ann" } });
  await simulated.control("PUT", "switches", { socketUrlSeconds: 7, agent: { enabled: true } });
  expect(await simulated.control("GET", "switches")).toMatchObject({
    attachmentScanMs: 5,
    socketUrlSeconds: 7,
    absentType: "both",
    agent: { enabled: true, displayName: "Ann", joinDelayMs: 600 },
  });
});

it("shows the clock's offset, and dates answers by the clock", async () => {
  const simulated = await simulate({ clock: { now: () => Date.parse("2026-01-01T00:00:00Z") } });
  await simulated.control("PUT", "clock", { offsetSeconds: 3600 });
  expect(await simulated.control("GET", "clock")).toEqual({ offsetSeconds: 3600 });
  const { headers } = await simulated.post("message", undefined, {});
  expect(headers.get("date")).toBe("Thu, 01 Jan 2026 01:00:00 GMT");
});

it("shows no token", async () => {
  const simulated = await simulate();
  await connectChat(simulated);
  for (const path of ["contacts", "requests", "switches"]) {
    expect(JSON.stringify(await simulated.control("GET", path))).not.toContain("SIM-CANARY");
  }
});

it("shows one contact as the list does, and none that is not there", async () => {
  const simulated = await simulate();
  const { contactId } = await connectChat(simulated);
  await startChat(simulated);
  const [first] = await simulated.control("GET", "contacts");
  expect(await simulated.control("GET", `contacts/${contactId}`)).toEqual(first);
  expect(await refusal(simulated, "GET", "contacts/none")).toEqual([404, expect.stringContaining("none")]);
});
