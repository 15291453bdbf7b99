import type { Item } from "../chat/contact.ts";
import { readNextToken, writeNextToken } from "../chat/next-token.ts";
import type { Caller } from "../chat/token-store.ts";
import { type Page, selectFrom, startOf } from "../chat/transcript-page.ts";
import type { Input } from "../input.ts";
import type { Switches } from "../switches.ts";
import type { ParticipantOperation } from "./operation.ts";

const defaultMaxResults = 10;

/**
 * GetTranscript: ScanDirection selects the items, SortOrder only orders the page. A foreign ContactId answers an
 * empty list. MaxResults 0 counts as absent.
 */
export const getTranscript: ParticipantOperation = {
  service: "participant",
  name: "GetTranscript",
  bearer: "connection",
  idempotent: false,
  run(input, caller, { switches }) {
    const { contact } = caller;
    const contactId = input.optionalText("ContactId", { min: 1, max: 256 });
    const order = input.optionalChoice("SortOrder", ["ASCENDING", "DESCENDING"]) ?? "DESCENDING";
    const page = readPage(input, caller, switches);
    const foreign = contactId !== undefined && contactId !== contact.contactId;
    const transcript = foreign ? [] : contact.transcript;
    const { items, next } = selectFrom(transcript, page);
    const nextToken =
      next === undefined ? endOf(switches) : { NextToken: writeNextToken(caller, { ...page, start: next }) };
    return {
      InitialContactId: contact.initialContactId,
      Transcript: (order === "ASCENDING" ? items : items.toReversed()).map(transcriptItem),
      ...nextToken,
    };
  },
};

function readPage(input: Input, caller: Caller, switches: Switches): Page {
  const maxResults = input.optionalWholeNumber("MaxResults", { min: 0, max: 100 }) || defaultMaxResults;
  const asked = input.optionalChoice("ScanDirection", ["FORWARD", "BACKWARD"]);
  const position = readPosition(input);
  const nextToken = input.optionalText("NextToken", { min: 1, max: 1000 });
  if (nextToken !== undefined) {
    const place = readNextToken(caller, nextToken);
    if (!place) throw input.refuse("NextToken", "Member must be a token of this chat's last page");
    return { ...place, maxResults };
  }
  const direction = asked ?? (position ? "FORWARD" : "BACKWARD");
  const { transcript } = caller.contact;
  if (!position) {
    if (direction === "FORWARD") throw input.refuse("ScanDirection", "FORWARD requires a StartPosition");
    return { direction, start: transcript.length, maxResults };
  }
  const start = startOf(transcript, position, direction, switches.startPositionInclusive);
  if (start === undefined) throw input.refuse("StartPosition", "Member must be a place in the transcript");
  return { direction, start, maxResults };
}

function readPosition(input: Input) {
  const given = input.optionalStructure("StartPosition");
  const id = given?.optionalText("Id", { min: 1, max: 256 });
  const absoluteTime = given?.optionalText("AbsoluteTime", { min: 1, max: 100 });
  const mostRecent = given?.optionalWholeNumber("MostRecent", { min: 0, max: 100 });
  const count = [id, absoluteTime, mostRecent].filter((value) => value !== undefined).length;
  if (count > 1) throw input.refuse("StartPosition", "Member must have one of Id, AbsoluteTime, MostRecent");
  if (id !== undefined) return { id };
  if (absoluteTime !== undefined) return { absoluteTime };
  return mostRecent === undefined ? undefined : { mostRecent };
}

function endOf({ endOfTranscript }: Switches): object {
  return endOfTranscript === "empty" ? { NextToken: "" } : {};
}

function transcriptItem({ InitialContactId: _, ...item }: Item): object {
  return item;
}
