import { defaultStreamSwitches, type StreamSwitches } from "./streaming/stream-switches.ts";

/** How the scripted agent behaves. Times are milliseconds of the simulator's clock. */
export type AgentSettings = {
  /** Whether it takes part at all. */
  enabled: boolean;
  displayName: string;
  /** Name of the agent to whom it hands over a chat whose customer asks for a transfer. */
  colleagueName: string;
  /** What it says when it has joined. */
  greeting: string;
  /** From the customer being connected to the agent's joining. */
  joinDelayMs: number;
  /** From joining to the greeting. */
  greetingDelayMs: number;
  /** From a customer's message to the typing event. */
  typingDelayMs: number;
  /** From the typing event to the answer. */
  replyDelayMs: number;
};

/** What can be set, through `startSimulator` and `PUT /_sim/switches`. The README tells which are unverified. */
export type Switches = StreamSwitches & {
  /** CreateParticipantConnection without `Type`: both members, or a ValidationException. */
  absentType: "both" | "refuse";
  /** Whether GetTranscript counts the item at StartPosition itself. */
  startPositionInclusive: boolean;
  /** How GetTranscript says that there is no more: without NextToken, or with an empty one. */
  endOfTranscript: "missing" | "empty";
  /** What a socket beyond the limit causes: its own refusal, or the closing of the oldest. */
  socketOverLimit: "refuse" | "close-oldest";
  /** Open sockets per participant. */
  socketsPerParticipant: number;
  /** For how long a ClientToken is remembered, in seconds. */
  idempotencySeconds: number;
  /** A contact whose customer has not connected by then ends, in seconds. */
  connectWithinSeconds: number;
  /** Life of a connection token, in seconds. */
  connectionTokenSeconds: number;
  /** Time within which a socket URL must be used, in seconds. */
  socketUrlSeconds: number;
  /** Longest message: 16,384 characters for all types (model), or the SDK documentation's limit of each type. */
  contentLimits: "model" | "per-type";
  /** Whether errors of the participant service also carry `__type` in the body. */
  typeInBody: boolean;
  /** From CompleteAttachmentUpload to the scanner's verdict, in milliseconds. */
  attachmentScanMs: number;
  /** Whether the ATTACHMENT item is also sent while the scan is IN_PROGRESS. */
  attachmentInProgressItem: boolean;
  maxAttachmentBytes: number;
  attachmentsPerChat: number;
  /** Life of the pre-signed upload URL, in seconds. */
  uploadUrlSeconds: number;
  /** Life of the pre-signed download URL where the caller does not choose, in seconds. */
  downloadUrlSeconds: number;
  /** The instances that exist; null for "any". */
  knownInstances: string[] | null;
  /** The flows that exist; null for "any". */
  knownFlows: string[] | null;
  agent: AgentSettings;
};

/** Some of the switches, the agent's settings in part too. */
export type SwitchChanges = Partial<Omit<Switches, "agent">> & { agent?: Partial<AgentSettings> };

const choices: Record<string, readonly string[]> = {
  absentType: ["both", "refuse"],
  endOfTranscript: ["missing", "empty"],
  socketOverLimit: ["refuse", "close-oldest"],
  contentLimits: ["model", "per-type"],
  streamInitialMessage: ["after-connect", "never"],
};

const probabilities: readonly string[] = ["streamDuplicates", "streamReorder", "streamDrop"];

/** The switches as they stand when nothing was set. */
export function defaultSwitches(): Switches {
  return {
    absentType: "both",
    startPositionInclusive: true,
    endOfTranscript: "missing",
    socketOverLimit: "refuse",
    socketsPerParticipant: 5,
    idempotencySeconds: 600,
    connectWithinSeconds: 300,
    connectionTokenSeconds: 86_400,
    socketUrlSeconds: 100,
    contentLimits: "model",
    typeInBody: false,
    attachmentScanMs: 0,
    attachmentInProgressItem: true,
    maxAttachmentBytes: 20 * 1024 * 1024,
    attachmentsPerChat: 35,
    uploadUrlSeconds: 60,
    downloadUrlSeconds: 300,
    knownInstances: null,
    knownFlows: null,
    ...defaultStreamSwitches(),
    agent: {
      enabled: false,
      displayName: "Sim Agent",
      colleagueName: "Sim Colleague",
      greeting: "Hello! I am a simulated agent. How can I help?",
      joinDelayMs: 600,
      greetingDelayMs: 600,
      typingDelayMs: 600,
      replyDelayMs: 600,
    },
  };
}

/**
 * Changes the given switches in place and leaves the others.
 * Throws a `RangeError` with one clear sentence on an unknown name or an impossible value, before any change.
 */
export function changeSwitches(switches: Switches, changes: SwitchChanges): void {
  const { agent, ...rest } = changes;
  checkChanges(switches, rest, "");
  checkChanges(switches.agent, agent ?? {}, "agent.");
  Object.assign(switches, rest);
  Object.assign(switches.agent, agent);
}

function checkChanges(current: object, changes: object, prefix: string): void {
  for (const [name, value] of Object.entries(changes)) {
    const known = Object.entries(current).find(([key]) => key === name);
    if (!known) throw new RangeError(`There is no switch "${prefix}${name}".`);
    if (!fits(name, known[1], value)) {
      throw new RangeError(`${JSON.stringify(value)} is no value for the switch "${prefix}${name}".`);
    }
  }
}

function fits(name: string, current: unknown, value: unknown): boolean {
  if (name.startsWith("known")) {
    return value === null || (Array.isArray(value) && value.every((entry) => typeof entry === "string"));
  }
  const allowed = choices[name];
  if (allowed) return typeof value === "string" && allowed.includes(value);
  if (typeof current === "number") {
    const most = probabilities.includes(name) ? 1 : Number.MAX_VALUE;
    return typeof value === "number" && value >= 0 && value <= most;
  }
  return typeof value === typeof current;
}
