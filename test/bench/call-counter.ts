import type { TestSystem } from "../support/test-system.ts";

/** Calls that something cost, by who was called. */
export interface Calls {
  /** Operations that the database was asked for, as DynamoDB names them. */
  readonly database: readonly string[];
  /** Operations that Amazon Connect was asked for. */
  readonly connect: readonly string[];
  /** Items that Connect published. */
  readonly sns: number;
  readonly s3: number;
  /** Calls of the sockets' management API. */
  readonly sockets: number;
  /** Bytes of our own log lines and metric lines, line breaks included. */
  readonly logBytes: number;
}

/** Counts what a whole system calls while something is done. */
export class CallCounter {
  readonly #system: TestSystem;
  readonly #bucketCalls: string[] = [];

  constructor(system: TestSystem) {
    this.#system = system;
    system.observeUploads((operation) => void this.#bucketCalls.push(operation));
  }

  /** Does `act` and waits for `settled`. @returns what `act` gave, and what was called from its beginning to then */
  async count<Result>(
    act: () => Promise<Result>,
    settled: () => Promise<void>,
  ): Promise<{ readonly result: Result; readonly calls: Calls }> {
    const before = await this.#soFar();
    const result = await act();
    await settled();
    const after = await this.#soFar();
    return {
      result,
      calls: {
        database: after.database.slice(before.database.length),
        connect: after.connect.slice(before.connect.length),
        sns: after.sns - before.sns,
        s3: after.s3 - before.s3,
        sockets: after.sockets - before.sockets,
        logBytes: after.logBytes - before.logBytes,
      },
    };
  }

  async #soFar(): Promise<Calls> {
    const { simulator, databaseCalls, socketCalls, logs, metrics } = this.#system;
    const requests = (await (await fetch(`${simulator.url}/_sim/requests`)).json()) as {
      readonly service: string;
      readonly operation: string;
    }[];
    const of = (...services: string[]) => requests.filter(({ service }) => services.includes(service));
    return {
      database: [...databaseCalls],
      connect: of("connect", "participant").map(({ operation }) => operation),
      sns: of("sns").length,
      s3: this.#bucketCalls.length,
      sockets: socketCalls.length,
      logBytes: [...logs, ...metrics].reduce(
        (sum, line) => sum + Buffer.byteLength(JSON.stringify(line)) + 1,
        0,
      ),
    };
  }
}
