/** The switches of message streaming: what is published, and the faults that befall the notifications. */
export type StreamSwitches = {
  /** Whether receipts (MESSAGEMETADATA) are published to message streams. */
  streamReceipts: boolean;
  /** Whether the customer's idle, returned and autodisconnection events are published to message streams. */
  streamIdleEvents: boolean;
  /**
   * The InitialMessage is said before a stream can be started: published once the customer is connected, just behind
   * their participant.joined, or never.
   */
  streamInitialMessage: "after-connect" | "never";
  /** Each notification is late by a random time from 0 to this, in milliseconds of the simulator's clock. */
  streamDelayMs: number;
  /** The probability, 0..1, of a second, identical notification, with a delay of its own. */
  streamDuplicates: number;
  /** The probability, 0..1, that a notification changes places with the next one of its stream. */
  streamReorder: number;
  /** The probability, 0..1, that a notification never arrives. */
  streamDrop: number;
  /** Seed of the random numbers behind these faults. Setting it, even to the same, begins them again. */
  streamSeed: number;
};

/** Everything is published, at once, in order and once. */
export function defaultStreamSwitches(): StreamSwitches {
  return {
    streamReceipts: true,
    streamIdleEvents: true,
    streamInitialMessage: "after-connect",
    streamDelayMs: 0,
    streamDuplicates: 0,
    streamReorder: 0,
    streamDrop: 0,
    streamSeed: 1,
  };
}
