import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Caller } from "./token-store.ts";
import type { Direction } from "./transcript-page.ts";

type Place = { direction: Direction; start: number };

const key = randomBytes(32);

/** Writes a NextToken. It is opaque, bound to contact and participant, and no secret: clients get to see it. */
export function writeNextToken(caller: Caller, { direction, start }: Place): string {
  const place = `${direction}:${start}`;
  return Buffer.from(`${place}:${sealOf(caller, place).toString("hex")}`).toString("base64url");
}

/** Reads a NextToken; undefined for one that is damaged or of another chat or participant. */
export function readNextToken(caller: Caller, token: string): Place | undefined {
  const bytes = Buffer.from(token, "base64url");
  const match = /^(FORWARD|BACKWARD):(\d+):([0-9a-f]{64})$/.exec(bytes.toString());
  if (!match || bytes.toString("base64url") !== token) return undefined;
  const [, direction, start, seal = ""] = match;
  if (!timingSafeEqual(Buffer.from(seal, "hex"), sealOf(caller, `${direction}:${start}`))) return undefined;
  return { direction: direction === "FORWARD" ? "FORWARD" : "BACKWARD", start: Number(start) };
}

function sealOf({ contact, participant }: Caller, place: string): Buffer {
  return createHmac("sha256", key).update(`${contact.contactId}:${participant.id}:${place}`).digest();
}
