import { type RecordingProxy, startRecordingProxy } from "../support/recording-proxy.ts";
import { type SocketLine, startSocketLine } from "./socket-line.ts";
import { translateAddresses } from "./translate-addresses.ts";

/** Every line on which something is said during the test, and which keeps it. */
export interface Lines {
  /** Between clients and the API. */
  readonly api: RecordingProxy;
  /** Between clients and the WebSocket API. */
  readonly sockets: SocketLine;
  /** From the functions to DynamoDB, to Amazon Connect, and to the management of sockets. */
  readonly functions: readonly RecordingProxy[];
  /** What the functions' environment needs, so that they use these lines. */
  readonly environment: Readonly<Record<string, string>>;
  /** Script that does the same for addresses which the stack makes. */
  readonly preparation: string;
  close(): Promise<void>;
}

/**
 * Lays them to the emulator and the simulated Amazon Connect, by their ports; `keys` is where an identity provider
 * publishes its own.
 */
export async function startLines(emulator: number, connect: number, keys: string): Promise<Lines> {
  const api = await startRecordingProxy(emulator);
  const database = await startRecordingProxy(emulator);
  const management = await startRecordingProxy(emulator);
  const participants = await startRecordingProxy(connect);
  const sockets = await startSocketLine(emulator);
  const all = [api, database, management, participants, sockets];
  return {
    api,
    sockets,
    functions: [database, participants, management],
    environment: {
      AWS_ENDPOINT_URL_DYNAMODB: database.url,
      AWS_ENDPOINT_URL_CONNECT: participants.url,
      AWS_ENDPOINT_URL_CONNECTPARTICIPANT: participants.url,
    },
    preparation: translateAddresses({ sockets: sockets.url, management: management.url, keys }),
    close: async () => {
      await Promise.all(all.map((line) => line.close()));
    },
  };
}
