import { createServer, type IncomingHttpHeaders, type IncomingMessage, request as send } from "node:http";
import type { AddressInfo } from "node:net";

/** A request that went through, and its answer. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly answer: {
    readonly status: number;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  };
}

/** A line that keeps all that is said on it. */
export interface RecordingProxy {
  readonly url: string;
  readonly exchanges: readonly Exchange[];
  /** Keeps nothing of what was said so far. */
  forget(): void;
  close(): Promise<void>;
}

/** Starts one to a service on this machine. Nothing is changed on the way, so that signatures stay valid. */
export async function startRecordingProxy(port: number): Promise<RecordingProxy> {
  const exchanges: Exchange[] = [];
  const server = createServer(async (request, response) => {
    try {
      const body = await read(request);
      const { method = "", url: path = "", headers } = request;
      const answer = await pass({ port, method, path, headers: request.rawHeaders }, body);
      const answered = await read(answer);
      const status = answer.statusCode ?? 0;
      exchanges.push({
        ...{ method, path, headers, body: body.toString() },
        answer: { status, headers: answer.headers, body: answered.toString() },
      });
      response.writeHead(status, answer.rawHeaders).end(answered);
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    exchanges,
    forget: () => {
      exchanges.length = 0;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function pass(options: object, body: Buffer): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    send({ host: "127.0.0.1", ...options }, resolve)
      .on("error", reject)
      .end(body);
  });
}

async function read(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks);
}
