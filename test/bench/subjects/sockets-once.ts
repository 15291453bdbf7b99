import { createRelayHandler } from "../../../lambdas/relay/relay-handler.ts";
import { createRelayServices } from "../../../lambdas/relay/relay-services.ts";
import { chatItem, itemEvent } from "../../support/relay-function.ts";
import { measureInTurn, type Turns } from "./measure-in-turn.ts";
import { context } from "./stored-sessions.ts";

/**
 * `sockets-once.ts RUNS BASE SOCKETS=CONTACT…`: chats with so many open sockets, on the tables and the gateway that
 * the environment names.
 */
const [runs = "5", base = "1", ...chats] = process.argv.slice(2);
const relay = createRelayHandler(createRelayServices(process.env));
const ways = Object.fromEntries(
  chats
    .map((chat) => chat.split("="))
    .map(([sockets = "", contact = ""]) => [sockets, () => deliver(contact)]),
);
const turns: Turns = { base, runs: Number(runs), blocks: 31, operations: 5, warmUp: 80 };
const costs = await measureInTurn(ways, turns);
process.send?.(costs, () => process.exit());

/** As SNS brings an item. @throws when it is refused */
async function deliver(contact: string): Promise<void> {
  const { statusCode } = await relay(itemEvent(chatItem(contact, { Content: "hello" })), context);
  if (statusCode !== 200) throw new Error(`${statusCode}`);
}
