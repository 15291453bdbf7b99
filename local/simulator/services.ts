import { Chats } from "./chat/chats.ts";
import { ContactStore } from "./chat/contact-store.ts";
import { TokenStore } from "./chat/token-store.ts";
import { type Clock, SimulatorClock } from "./clock.ts";
import { FaultPlan } from "./faults.ts";
import { IdempotencyMemory } from "./idempotency.ts";
import { Quotas } from "./quotas.ts";
import { RequestLog } from "./request-log.ts";
import { Bucket } from "./s3/bucket.ts";
import { SeededRandom } from "./seeded-random.ts";
import { SocketHub } from "./socket/socket-hub.ts";
import type { Switches } from "./switches.ts";
import { Timeline } from "./timeline.ts";

/** Everything the operations work with. Each takes only what it needs, with `Pick`. */
export type Services = {
  clock: SimulatorClock;
  timeline: Timeline;
  switches: Switches;
  contacts: ContactStore;
  tokens: TokenStore;
  chats: Chats;
  sockets: SocketHub;
  bucket: Bucket;
  idempotency: IdempotencyMemory;
  quotas: Quotas;
  faults: FaultPlan;
  requests: RequestLog;
  /** Decides which faults befall the notifications of message streaming. */
  streamChances: SeededRandom;
  /** The host and port under which clients reach the simulator, "127.0.0.1:3100". Known once it listens. */
  address: { authority: string };
};

/** Builds one simulator's state, all of it in memory, and connects the parts. */
export function createServices(base: Clock, switches: Switches): Services {
  const clock = new SimulatorClock(base);
  const chats = new Chats(clock);
  const sockets = new SocketHub({ clock, switches, chats });
  chats.observe({
    published(contact, item, visibility) {
      if (visibility !== "AGENT") sockets.publish(contact, item);
    },
  });
  return {
    clock,
    timeline: new Timeline(clock),
    switches,
    contacts: new ContactStore(),
    tokens: new TokenStore(clock),
    chats,
    sockets,
    bucket: new Bucket(clock),
    idempotency: new IdempotencyMemory(clock, switches),
    quotas: new Quotas(clock),
    faults: new FaultPlan(),
    requests: new RequestLog(),
    streamChances: new SeededRandom(switches.streamSeed),
    address: { authority: "" },
  };
}
