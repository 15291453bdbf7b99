import { StopContactCommand } from "@aws-sdk/client-connect";
import { expect, it } from "vitest";
import { connectTo } from "./connect-client.ts";
import { errorOf, simulate, startChat } from "./simulated-chat.ts";

const clock = { now: () => Date.parse("2026-01-01T00:00:00Z") };

it("does not limit anything unless told to", async () => {
  const simulated = await simulate({ clock });
  const { ConnectionToken } = await startChat(simulated);
  for (let count = 0; count < 30; count++) {
    expect((await simulated.post("transcript", ConnectionToken, {})).status).toBe(200);
  }
});

it("answers exactly the burst, then refuses, then refills with the rate", async () => {
  const simulated = await simulate({ clock });
  const { ConnectionToken } = await startChat(simulated);
  await simulated.control("PUT", "quotas", { enforce: true });
  const statuses = async (count: number) =>
    (
      await Promise.all(
        Array.from({ length: count }, () => simulated.post("transcript", ConnectionToken, {})),
      )
    ).map(({ status }) => status);
  expect((await statuses(20)).filter((status) => status === 200)).toHaveLength(12);
  const refused = await simulated.post("transcript", ConnectionToken, {});
  expect([refused.status, refused.headers.get("x-amzn-errortype")]).toEqual([429, "ThrottlingException"]);
  await simulated.control("PUT", "clock", { offsetSeconds: 1 });
  expect((await statuses(20)).filter((status) => status === 200)).toHaveLength(8);
});

it("counts per instance on the participant service, and never a stranger's calls", async () => {
  const simulated = await simulate({ clock });
  const one = await startChat(simulated);
  const sameInstance = await startChat(simulated);
  const other = await startChat(simulated, { InstanceId: "other" });
  await simulated.control("PUT", "quotas", {
    enforce: true,
    calls: { GetTranscript: { rate: 1, burst: 1 } },
  });
  const status = async (token: string) => (await simulated.post("transcript", token, {})).status;
  expect(await status("stranger")).toBe(403);
  expect(await status(one.ConnectionToken)).toBe(200);
  expect(await status(sameInstance.ConnectionToken)).toBe(429);
  expect(await status(other.ConnectionToken)).toBe(200);
});

it("counts per account on the Connect service", async () => {
  const simulated = await simulate({ clock });
  await simulated.control("PUT", "quotas", { enforce: true, calls: { StopContact: { rate: 1, burst: 1 } } });
  const stop = (InstanceId: string) =>
    connectTo(simulated).send(new StopContactCommand({ InstanceId, ContactId: "c" }));
  expect(await errorOf(stop("one"))).toMatchObject({ status: 404 });
  expect(await errorOf(stop("two"))).toMatchObject({ name: "TooManyRequestsException", status: 429 });
});

it("shows Amazon's defaults", async () => {
  const simulated = await simulate();
  expect(await simulated.control("GET", "quotas")).toMatchObject({
    enforce: false,
    concurrentChats: 500,
    calls: { CreateParticipantConnection: { rate: 6, burst: 9 }, SendMessage: { rate: 10, burst: 15 } },
  });
});
