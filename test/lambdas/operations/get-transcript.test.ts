import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openChat, send } from "../../support/chat.ts";
import { startTestSystem, type TestSystem } from "../../support/test-system.ts";

let system: TestSystem;

beforeAll(async () => {
  system = await startTestSystem();
});

afterAll(async () => {
  await system.close();
});

describe("GetTranscript", () => {
  it("passes the items through, and the NextToken where there is more", async () => {
    const { connectionHandle: bearer, participantId } = await openChat(system);
    for (const Content of ["one", "two", "three"]) {
      await send(system.url, "/participant/message", {
        bearer,
        body: { ContentType: "text/plain", Content },
      });
    }
    const ask = (body: object) => send(system.url, "/participant/transcript", { bearer, body });
    const newest = await ask({ MaxResults: 2, SortOrder: "ASCENDING" });
    const older = await ask({ MaxResults: 2, NextToken: newest.body["NextToken"] });

    expect(newest.body["Transcript"]).toMatchObject([{ Content: "two" }, { Content: "three" }]);
    expect(older.body["Transcript"]).toMatchObject([{ Content: "one", ParticipantId: participantId }]);
    expect(older.body).not.toHaveProperty("NextToken");
  });
});
