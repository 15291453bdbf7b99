import { assumed } from "./assumptions.ts";
import {
  coldStartsOfChat,
  type FunctionUse,
  functionsOf,
  oneForEachBoundary,
  oneForEachOperation,
  type Split,
} from "./cold-starts.ts";
import { type ChatTerms, costOfChats, costOfMonth } from "./cost-model.ts";
import type { CountedChat } from "./count-calls.ts";
import { type ChatDemand, demandOf, reckonedChat } from "./reckoned-chat.ts";

/** A way to build the service, as one chat meets it. */
export interface Way {
  readonly demand: ChatDemand;
  readonly terms: ChatTerms;
  readonly functions: readonly FunctionUse[];
}

/**
 * The ways that are compared. The first is what is deployed by default; each of the others differs from it in one
 * thing.
 */
export interface Ways {
  readonly relay: Way;
  /** The same requests, each operation's in a function of its own. */
  readonly divided: Way;
  /** Connect's own socket in the page. */
  readonly direct: Way;
  /** Sessions sealed with a key of KMS, which each request then asks. */
  readonly withKms: Way;
}

/** Reckons each way from the chats that were counted in both modes. */
export function waysOf(counted: Readonly<Record<"relay" | "direct", CountedChat>>): Ways {
  const minutes = assumed.chatMinutes.value;
  const lastsSeconds = minutes * 60;
  const ofApi = (split: Split) => [...functionsOf(reckonedChat, split, lastsSeconds).values()];
  const ofRelay: FunctionUse = { share: 1, lastsSeconds };
  const demand = demandOf(reckonedChat, counted.relay.steps, minutes);
  const { itemBytes } = counted.relay;
  const relay: Way = {
    demand,
    terms: { itemBytes, kmsPerOperation: 0 },
    functions: [...ofApi(oneForEachBoundary), ofRelay],
  };
  return {
    relay,
    divided: { ...relay, functions: [...ofApi(oneForEachOperation), ofRelay] },
    direct: {
      demand: demandOf(reckonedChat, counted.direct.steps, 0),
      terms: { itemBytes: counted.direct.itemBytes, kmsPerOperation: 0 },
      functions: ofApi(oneForEachBoundary),
    },
    withKms: { ...relay, terms: { itemBytes, kmsPerOperation: 1 } },
  };
}

/** Cold starts that a chat meets where there are so many chats a month. */
export function coldStartsOf({ functions }: Way, chats: number): number {
  return coldStartsOfChat(functions, chats, assumed.idleSeconds.value);
}

/** USD of a month of so many chats. */
export function monthOf(way: Way, chats: number): number {
  return costOfMonth(chats, costOfChats(chats, way.demand, way.terms), coldStartsOf(way, chats));
}
