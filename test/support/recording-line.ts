import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** One request as it went upstream, word for word. */
export interface RecordedRequest {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** A line to the simulated Amazon Connect that keeps what is said on it. */
export interface RecordingLine {
  /** Give it to the system as `AWS_ENDPOINT_URL_CONNECT` and `AWS_ENDPOINT_URL_CONNECTPARTICIPANT`. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** Where it leads; to be set before the first request. */
  connectTo(url: string): void;
  close(): Promise<void>;
}

/** Starts one. */
export async function startRecordingLine(): Promise<RecordingLine> {
  const requests: RecordedRequest[] = [];
  let target = "";

  async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const { method = "", url = "", headers } = request;
    requests.push({ path: url, headers, body: body.toString() });
    const kept = ["authorization", "content-type", "x-amz-bearer", "x-amz-date"].flatMap((name) =>
      headers[name] === undefined ? [] : [[name, String(headers[name])] as [string, string]],
    );
    const answer = await fetch(target + url, { method, headers: kept, body });
    response.writeHead(
      answer.status,
      [...answer.headers].filter(([name]) => /^(x-|content-type)/.test(name)).flat(),
    );
    response.end(Buffer.from(await answer.arrayBuffer()));
  }

  const server = createServer((request, response) => {
    pass(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    connectTo: (url) => {
      target = url;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
