import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { expect, it } from "vitest";
import { startSimulator } from "../../../local/simulator/simulator.ts";
import { connectChat, simulate, startChat } from "./simulated-chat.ts";

it("closes at once, whatever is open", async () => {
  const simulated = await simulate();
  const { ConnectionToken, socket } = await connectChat(simulated);
  await simulated.control("PUT", "faults", [{ operation: "*", delayMs: 60_000 }]);
  const pending = simulated.post("transcript", ConnectionToken, {}).catch(() => "dropped");
  await simulated.control("GET", "clock");
  await simulated.close();
  expect(await socket.closed).toBe(1006);
  expect(await pending).toBe("dropped");
});

it("rejects a taken port and an impossible switch", async () => {
  const { port } = await simulate();
  await expect(startSimulator({ port })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await expect(startSimulator({ switches: { socketUrlSeconds: -1 } })).rejects.toThrow(
    '-1 is no value for the switch "socketUrlSeconds".',
  );
});

it("keeps two simulators apart", async () => {
  const one = await simulate();
  const two = await simulate();
  const { ConnectionToken } = await connectChat(one);
  expect((await two.post("transcript", ConnectionToken, {})).status).toBe(403);
});

it("answers a request that offers HTTP/2 in HTTP/1.1, as Java's client takes for granted", async () => {
  const simulated = await simulate();
  const { ConnectionToken } = await startChat(simulated);
  const asked = request(`${simulated.url}/participant/transcript`, {
    method: "POST",
    headers: { "x-amz-bearer": ConnectionToken, connection: "Upgrade, HTTP2-Settings", upgrade: "h2c" },
  });
  asked.end("{}");
  const [response] = (await once(asked, "response")) as [IncomingMessage];
  response.resume();

  expect(response.statusCode).toBe(200);
});
