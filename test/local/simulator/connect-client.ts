import { ConnectClient } from "@aws-sdk/client-connect";
import { onTestFinished } from "vitest";
import { clientConfig, type Simulated } from "./simulated-chat.ts";

/** A real client of the Connect service. It is large to load, so only the tests that are about it do. */
export function connectTo(simulated: Simulated): ConnectClient {
  const client = new ConnectClient(clientConfig(simulated.url));
  onTestFinished(() => client.destroy());
  return client;
}
