import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerControlCall } from "../control/control-plane.ts";
import type { Services } from "../services.ts";
import { corsHeaders } from "./cors.ts";
import { answerS3Call } from "./s3-listener.ts";
import { answerServiceCall } from "./service-listener.ts";

/** Answers every HTTP request of the port; the path decides which part of the simulator it is for. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  services: Services,
): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${services.address.authority}`);
  const path = url.pathname;
  response.setHeader("Date", new Date(services.clock.now()).toUTCString());
  response.setHeader("x-amzn-RequestId", randomUUID());
  const cors = corsHeaders(path, request);
  for (const [name, value] of Object.entries(cors)) response.setHeader(name, value);
  if (path.startsWith("/_sim/")) return answerControlCall(request, response, path, services);
  if (request.method === "OPTIONS" && "Access-Control-Allow-Origin" in cors) {
    response.writeHead(204).end();
    return;
  }
  if (path.startsWith("/s3/")) return answerS3Call(request, response, url, services);
  return answerServiceCall(request, response, path, services);
}
