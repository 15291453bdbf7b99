/**
 * Every difference between Amazon Connect and the proxy that a client can see, tokens apart, and its reason. The suite
 * asserts both sides of each: one that is not listed fails it, and so does one that is gone.
 */
export const differences = {
  wording: "Texts of errors are the proxy's own, because Connect's may name what must not leave the server.",
  "one connection handle":
    "Each CreateParticipantConnection of a chat answers the same connection handle, so that no tab ends another's.",
  "renewed tokens":
    "A connection handle outlives Connect's connection token: the proxy renews that behind it, as often as it takes.",
  "absorbed fault":
    "A passing 429 or 5xx of Connect is tried again by the proxy before the client hears of it.",
  "patient connection":
    "A burst of 429 or 5xx of CreateParticipantConnection is outwaited, because chat clients end the chat over it.",
  "broken answer":
    "What is no answer of the service (HTML, half an answer, a lost connection) becomes a 503 with a type, after a second try.",
  "wrong JSON type":
    "A member of the wrong JSON type is a ValidationException, where Connect's parser has one of its own: the status is the same.",
  "rate limit":
    "A session has rate limits of its own, so that no visitor can use up the whole instance's quota.",
  "rate limit of connections":
    "Connections beyond the limit are answered late and, beyond two waiting (five in the mode relay), refused: a client that loops is slowed.",
  "absorbed events":
    "Events beyond the limit are answered as if they had been sent: they would soon be out of date.",
  "type left out":
    "Without Type, CreateParticipantConnection answers both members, even where Connect should insist on it.",
  "download URL life": "A download URL lives 60 seconds at most: it is a credential in a browser.",
  quarantine:
    "Files go into a bucket of the deployment's own, and are inspected before Connect sees them: other headers, and an id of our own until then.",
  "completed again":
    "A file that is completed already needs nothing more, whatever the ClientToken: 200 instead of a conflict.",
  "disconnected again":
    "DisconnectParticipant with another ClientToken answers 200 after the chat: it has what it asked for.",
  "input before session":
    "An invalid input is refused before the session is looked up: it costs no database call, and tells nothing of a handle.",
  "no NUL": "A text with NUL or half a surrogate pair is refused: neither survives the way to an agent.",
  "not supported": "Views and the sign-in inside a chat are not served; whoever asks is told so.",
} as const satisfies Readonly<Record<string, string>>;

/** The name of a listed difference. */
export type Difference = keyof typeof differences;
