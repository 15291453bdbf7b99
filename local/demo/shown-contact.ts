/**
 * What an agent would see of a contact. Not the instance, the flow or the streams: the page claims to hold none of
 * them.
 */
const members = [
  "ContactId",
  "Status",
  "EndedReason",
  "DisplayName",
  "Participants",
  "Transcript",
  "Attachments",
  "OpenSockets",
] as const;

/** A contact of the control plane, with the members that the console shows. */
export function shownContact(contact: unknown): Readonly<Record<string, unknown>> {
  const known: Readonly<Record<string, unknown>> = { ...(contact as object) };
  return Object.fromEntries(members.map((name) => [name, known[name] ?? null]));
}
