import { growthOfMemory } from "./growth-of-memory.ts";
import { growthOfSessions } from "./growth-of-sessions.ts";
import { growthOfSockets } from "./growth-of-sockets.ts";
import { growthOfTranscripts } from "./growth-of-transcripts.ts";
import type { GrowthPart } from "./growth-part.ts";
import type { Measure } from "./section.ts";

const shortParts = [growthOfSessions, growthOfMemory];
const longParts = [growthOfSessions, growthOfTranscripts, growthOfSockets, growthOfMemory];

/** What grows: sessions stored, items of a chat, sockets of a chat, requests served. */
export const growth: Measure = async (measuring) => {
  const parts: GrowthPart[] = [];
  for (const measure of measuring.short ? shortParts : longParts) parts.push(await measure(measuring));
  return {
    title: "Growth",
    meaning: ["Whether a busy service is a slower one.", ...parts.map(({ meaning }) => meaning)].join(" "),
    tables: parts.flatMap(({ tables }) => tables),
    bounds: parts.flatMap(({ bounds }) => bounds),
    kept: Object.fromEntries(parts.flatMap(({ kept }) => Object.entries(kept))),
    raw: Object.fromEntries(parts.flatMap(({ raw }) => Object.entries(raw))),
  };
};
