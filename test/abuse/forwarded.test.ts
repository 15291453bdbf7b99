import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../support/chat.ts";
import { operationInputs } from "../support/operation-members.ts";
import { type RecordingLine, startRecordingLine } from "../support/recording-line.ts";
import { startTestSystem, type TestSystem } from "../support/test-system.ts";

let line: RecordingLine;
let system: TestSystem;

beforeAll(async () => {
  line = await startRecordingLine();
  system = await startTestSystem({
    AWS_ENDPOINT_URL_CONNECT: line.url,
    AWS_ENDPOINT_URL_CONNECTPARTICIPANT: line.url,
  });
  line.connectTo(system.simulator.url);
});

afterAll(async () => {
  await system.close();
  await line.close();
});

describe("what goes upstream", () => {
  const strangers = {
    ConnectionToken: "MARKED",
    ParticipantToken: "MARKED",
    "X-Amz-Bearer": "MARKED",
    InstanceId: "MARKED",
    UnknownMember: { MARKED: ["MARKED"] },
    toString: "MARKED",
    constructor: "MARKED",
    hasOwnProperty: { MARKED: true },
    toJSON: "MARKED",
  };
  it.each(
    operationInputs.filter(({ name }) => !name.endsWith("AttachmentUpload")),
  )("for $name holds no member and no header that the API does not know", async ({ path, body, handle }) => {
    const fresh = await openChat(system);
    const from = line.requests.length;
    const details = { StartPosition: strangers, InitialMessage: strangers, ParticipantDetails: strangers };
    const nestedToo = Object.fromEntries(
      Object.entries(details).map(([name, extra]) => [name, { ...extra, ...(body[name] as object) }]),
    );
    await send(system.url, path, {
      bearer: fresh[handle],
      body: {
        ...strangers,
        ...body,
        ...(path === "/participant/transcript" || path === "/chat" ? nestedToo : {}),
      },
      headers: {
        "x-marked": "MARKED",
        cookie: "MARKED",
        "user-agent": "MARKED",
        "x-amz-security-token": "MARKED",
      },
    });
    const sent = line.requests.slice(from);

    expect(sent).toHaveLength(1);
    expect(JSON.stringify(sent)).not.toContain("MARKED");
    expect(JSON.stringify(sent)).not.toContain("ccbff_");
    // Connect itself is asked by the function's own right; the Participant Service by a token alone.
    expect("authorization" in (sent[0]?.headers ?? {})).toBe(path === "/chat");
  });
});
