import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { startServer } from "../../local/start-server.ts";

/** A request of the AWS SDK, as it went over the line. */
export interface RecordedRequest {
  /** `PUT /contact/chat`. */
  readonly route: string;
  /** Operation, where the service is told it in a header, as DynamoDB is. */
  readonly target: string | undefined;
  /** Service and Region that it was signed for; undefined without a signature. */
  readonly signedFor: { readonly service: string; readonly region: string } | undefined;
  /** Whether it carries a token of Connect's in `X-Amz-Bearer`. */
  readonly hasBearer: boolean;
  /** Members of its body. */
  readonly members: Readonly<Record<string, unknown>>;
}

/** A line to the database and to the simulated Amazon Connect that keeps what is asked on it. */
export interface AwsRecorder {
  /** Give it to the system as `AWS_ENDPOINT_URL_DYNAMODB`, `…_CONNECT` and `…_CONNECTPARTICIPANT`. */
  readonly url: string;
  readonly requests: RecordedRequest[];
  /** Where it leads; to be set before the first request. */
  connectTo(urls: { readonly database: string; readonly connect: string }): void;
  close(): Promise<void>;
}

/** Headers that belong to one connection, or to a body that `fetch` has unpacked. */
const ownHeaders = new Set(["host", "connection", "keep-alive", "content-length", "transfer-encoding"]);

/** Starts one. */
export async function startAwsRecorder(): Promise<AwsRecorder> {
  const requests: RecordedRequest[] = [];
  let urls = { database: "", connect: "" };
  const server = await startServer((request, response) => {
    pass(request).then(
      ({ status, headers, body }) => response.writeHead(status, headers).end(body),
      () => response.destroy(),
    );
  }, 0);

  async function pass(request: IncomingMessage) {
    const { method = "", url = "", headers } = request;
    const chunks: Buffer[] = [];
    for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const target = headers["x-amz-target"] as string | undefined;
    requests.push({
      route: `${method} ${url.replace(/\?.*$/, "")}`,
      target: target?.replace(/^.*\./, ""),
      signedFor: signedFor(headers),
      hasBearer: headers["x-amz-bearer"] !== undefined,
      members: body.length === 0 ? {} : JSON.parse(body.toString()),
    });
    const answer = await fetch((target ? urls.database : urls.connect) + url, {
      method,
      headers: Object.entries(headers)
        .filter(([name]) => !ownHeaders.has(name))
        .map(([name, value]) => [name, String(value)] as [string, string]),
      ...(body.length > 0 && { body }),
    });
    return {
      status: answer.status,
      headers: Object.fromEntries([...answer.headers].filter(([name]) => !ownHeaders.has(name))),
      body: Buffer.from(await answer.arrayBuffer()),
    };
  }

  return {
    url: server.url,
    requests,
    connectTo: (given) => {
      urls = given;
    },
    close: server.close,
  };
}

function signedFor({ authorization = "" }: IncomingHttpHeaders): RecordedRequest["signedFor"] {
  const [, region, service] =
    /Credential=[^/]+\/\d{8}\/([^/]+)\/([^/]+)\/aws4_request/.exec(authorization) ?? [];
  return service === undefined || region === undefined ? undefined : { service, region };
}
