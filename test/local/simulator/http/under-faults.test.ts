import { SendMessageCommand } from "@aws-sdk/client-connectparticipant";
import { expect, it } from "vitest";
import { errorOf, type Simulated, simulate, startChat } from "../simulated-chat.ts";

async function chatUnder(...faults: object[]) {
  const simulated = await simulate();
  const chat = await startChat(simulated);
  await simulated.control("DELETE", "requests");
  await simulated.control("PUT", "faults", faults);
  return { simulated, ...chat };
}

function say(simulated: Simulated, ConnectionToken: string) {
  return simulated.participant.send(
    new SendMessageCommand({ ConnectionToken, ContentType: "text/plain", Content: "x", ClientToken: "t" }),
  );
}

async function messagesIn(simulated: Simulated): Promise<number> {
  return (await simulated.control("GET", "contacts"))[0].Transcript.length;
}

it("answers an error instead of acting, as many times as planned", async () => {
  const { simulated, ConnectionToken } = await chatUnder({ operation: "SendMessage", status: 500, times: 2 });
  const failure = { name: "InternalServerException", status: 500 };
  expect(await errorOf(say(simulated, ConnectionToken))).toMatchObject(failure);
  expect(await errorOf(say(simulated, ConnectionToken))).toMatchObject(failure);
  expect(await messagesIn(simulated)).toBe(0);
  await say(simulated, ConnectionToken);
  expect(await messagesIn(simulated)).toBe(1);
});

it("names the usual type of a status, unless one is given", async () => {
  const { simulated, ConnectionToken } = await chatUnder(
    { operation: "*", status: 429, times: 1 },
    { operation: "*", status: 400, type: "SomethingElse", times: 1 },
    { operation: "StartChatContact", status: 429, times: 1 },
  );
  expect(await errorOf(say(simulated, ConnectionToken))).toMatchObject({
    name: "ThrottlingException",
    status: 429,
  });
  expect(await errorOf(say(simulated, ConnectionToken))).toMatchObject({
    name: "SomethingElse",
    status: 400,
  });
  await expect(startChat(simulated)).rejects.toThrow("TooManyRequestsException");
});

it("drops the connection before acting", async () => {
  const { simulated, ConnectionToken } = await chatUnder({ operation: "*", cut: "before" });
  expect((await errorOf(say(simulated, ConnectionToken))).status).toBeUndefined();
  expect(await messagesIn(simulated)).toBe(0);
  expect(await simulated.control("GET", "requests")).toMatchObject([{ operation: "SendMessage", status: 0 }]);
});

it("drops the connection after acting, and a repeat does nothing again", async () => {
  const { simulated, ConnectionToken } = await chatUnder({ operation: "*", cut: "after", times: 1 });
  expect((await errorOf(say(simulated, ConnectionToken))).status).toBeUndefined();
  expect(await messagesIn(simulated)).toBe(1);
  await say(simulated, ConnectionToken);
  expect(await messagesIn(simulated)).toBe(1);
});

it("drops the connection in the middle of the body", async () => {
  const { simulated, ConnectionToken } = await chatUnder({ operation: "*", cut: "mid-body" });
  const response = await simulated.post("transcript", ConnectionToken, {});
  expect(response.status).toBe(200);
  await expect(response.text()).rejects.toThrow();
});

it("answers an HTML page or JSON that stops half-way", async () => {
  const { simulated, ConnectionToken } = await chatUnder(
    { operation: "*", body: "html", status: 503, times: 1 },
    { operation: "*", body: "truncated", times: 1 },
  );
  const page = await simulated.post("transcript", ConnectionToken, {});
  expect([page.status, page.headers.get("content-type")]).toEqual([503, "text/html"]);
  expect(await page.text()).toContain("<h1>503</h1>");
  const half = await simulated.post("transcript", ConnectionToken, {});
  expect(half.status).toBe(200);
  await expect(half.json()).rejects.toThrow(SyntaxError);
});

it("delays an answer so that an impatient client gives up", async () => {
  const { simulated, ConnectionToken } = await chatUnder({ operation: "*", delayMs: 60_000 });
  const call = fetch(`${simulated.url}/participant/transcript`, {
    method: "POST",
    headers: { "x-amz-bearer": ConnectionToken },
    signal: AbortSignal.timeout(50),
  });
  await expect(call).rejects.toThrow("timeout");
});

it("befalls a share of the requests, the same ones for the same seed", async () => {
  const { simulated, ConnectionToken } = await chatUnder();
  async function run(seed: number) {
    await simulated.control("PUT", "faults", { seed, faults: [{ operation: "*", status: 500, rate: 0.5 }] });
    const statuses: number[] = [];
    for (let count = 0; count < 30; count++) {
      statuses.push((await simulated.post("transcript", ConnectionToken, {})).status);
    }
    return statuses;
  }
  const first = await run(7);
  expect(await run(7)).toEqual(first);
  expect(await run(8)).not.toEqual(first);
  expect(first.filter((status) => status === 500).length).toBeGreaterThan(5);
  expect(first.filter((status) => status === 200).length).toBeGreaterThan(5);
});

it("shows the plan with what is left of it", async () => {
  const { simulated, ConnectionToken } = await chatUnder({
    operation: "GetTranscript",
    status: 500,
    times: 2,
  });
  await simulated.post("transcript", ConnectionToken, {});
  expect(await simulated.control("GET", "faults")).toEqual([
    { operation: "GetTranscript", status: 500, times: 1 },
  ]);
});
