import type { IncomingMessage, ServerResponse } from "node:http";
import { timestamp } from "../clock.ts";
import { ServiceError } from "../errors.ts";
import type { ConnectOperation, ParticipantOperation } from "../operations/operation.ts";
import type { LoggedRequest } from "../request-log.ts";
import type { Services } from "../services.ts";
import { type Answer, jsonAnswer, writeAnswer } from "./answer.ts";
import { callConnect, callParticipant, unknownOperation } from "./call-operation.ts";
import { answerToThrown } from "./error-answer.ts";
import { readBody } from "./read-body.ts";
import { findOperation } from "./routes.ts";
import { underFaults } from "./under-faults.ts";

type Operation = ParticipantOperation | ConnectOperation;

/** Longest body of a service call, in bytes: far above what the models allow. */
const longestBody = 1024 * 1024;

/** Answers calls of the two services: finds the operation, logs the call, and lets it act under the planned faults. */
export async function answerServiceCall(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  services: Services,
): Promise<void> {
  const { typeInBody } = services.switches;
  const service = path.startsWith("/contact/") ? "connect" : "participant";
  const operation = findOperation(request.method ?? "", path);
  if (!operation) return writeAnswer(response, answerToThrown(service, unknownOperation(), typeInBody));
  const entry = services.requests.add(newEntry(operation, services));
  const body = await readBody(request, longestBody);
  const { answer, cut } = await underFaults(services.faults.take(operation.name), service, typeInBody, () =>
    act(operation, request, body, services, entry),
  );
  if (cut !== "all") entry.status = answer.status;
  writeAnswer(response, answer, cut);
}

function newEntry(operation: Operation, { clock }: Services): LoggedRequest {
  return {
    time: timestamp(clock.now()),
    service: operation.service,
    operation: operation.name,
    status: 0,
    tokenKind: "none",
  };
}

function act(
  operation: Operation,
  { headers }: IncomingMessage,
  body: Buffer | undefined,
  services: Services,
  entry: LoggedRequest,
): Answer {
  services.timeline.settle();
  try {
    if (!body) throw new ServiceError("RequestEntityTooLargeException", "The request is too large");
    const call = { request: { headers, body }, services, entry };
    const output =
      operation.service === "connect" ? callConnect(operation, call) : callParticipant(operation, call);
    return jsonAnswer(200, output);
  } catch (thrown) {
    return answerToThrown(operation.service, thrown, services.switches.typeInBody);
  }
}
