import type { Context, SNSEvent } from "aws-lambda";
import { ChatError } from "../errors.ts";
import { describeCause } from "../log.ts";
import { functionTimeouts } from "../routes.ts";
import { parseTicket } from "../sessions/ticket.ts";
import { deliverItem } from "./deliver-item.ts";
import { forgetSocket } from "./forget-socket.ts";
import { hearFrame } from "./hear-frame.ts";
import { readNotification } from "./notification.ts";
import { openSocket } from "./open-socket.ts";
import type { RelayServices } from "./relay-services.ts";
import type { SocketEvent, SocketResult } from "./socket-event.ts";

/** Everything the relay is invoked with: by API Gateway for a socket, by SNS for an item. */
export type RelayEvent = SocketEvent | SNSEvent;

/** The function that relays. */
export type RelayHandler = (event: RelayEvent, context: Context) => Promise<SocketResult>;

/**
 * What is kept back of the function's time, in milliseconds, to give a claim back: a call of the database that is
 * tried twice.
 */
const reserveMs = 2_000;

/**
 * Sockets in, items out. A failed delivery is thrown, so that Lambda invokes again; a failure on a socket is
 * answered, because API Gateway would tell the client of it in words of its own.
 */
export function createRelayHandler(services: RelayServices): RelayHandler {
  const { clock, log, metrics } = services;
  return async function relay(event, context) {
    const startedAt = clock.now();
    const deadline = new AbortController();
    const workMs = Math.min(
      functionTimeouts.relay.work * 1_000,
      context.getRemainingTimeInMillis() - reserveMs,
    );
    const timer = setTimeout(() => deadline.abort(), Math.max(0, workMs));
    const line = () => ({
      requestId: context.awsRequestId,
      operation: operationOf(event),
      contactId: contactOf(event),
      milliseconds: clock.now() - startedAt,
    });
    try {
      const result = await serve(services, event, deadline.signal);
      const level = result.statusCode < 400 ? "info" : "warn";
      if (isNoteworthy(event)) log({ level, ...line(), status: result.statusCode });
      if (!isSocketEvent(event) && result.statusCode === 200) metrics({ values: { RelayDeliveries: 1 } });
      return result;
    } catch (error) {
      log({ level: "error", ...line(), status: 500, ...describe(error) });
      if (!isSocketEvent(event)) {
        metrics({ values: { RelayDeliveryFailures: 1 } });
        throw error;
      }
      return { statusCode: 500 };
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Nothing that a customer may see, or no item of a chat: a retry would not help, and the log records it. */
const unreadable: SocketResult = { statusCode: 422 };

async function serve(services: RelayServices, event: RelayEvent, signal: AbortSignal): Promise<SocketResult> {
  if (isSocketEvent(event)) {
    const { eventType, connectionId } = event.requestContext;
    if (eventType === "CONNECT") return openSocket(services, event);
    if (eventType === "DISCONNECT") await forgetSocket(services, connectionId);
    else await hearFrame(services, event);
  } else {
    for (const record of event.Records) {
      const notification = readNotification(record);
      if (notification === undefined) return unreadable;
      await deliverItem(services, notification, signal);
    }
  }
  return { statusCode: 200 };
}

function isSocketEvent(event: RelayEvent): event is SocketEvent {
  return "requestContext" in event;
}

/** Heartbeats come six times a minute from every open socket. */
function isNoteworthy(event: RelayEvent): boolean {
  return !isSocketEvent(event) || event.requestContext.eventType !== "MESSAGE";
}

/** As the log calls them: the routes' names. */
const operations = { CONNECT: "$connect", MESSAGE: "$default", DISCONNECT: "$disconnect" } as const;

function operationOf(event: RelayEvent): string {
  return isSocketEvent(event) ? operations[event.requestContext.eventType] : "deliver-item";
}

/** Undefined for a socket's own events, which do not name their chat, and for a ticket that is none. */
function contactOf(event: RelayEvent): string | undefined {
  if (isSocketEvent(event)) return parseTicket(event.queryStringParameters?.["ticket"] ?? "")?.selector;
  return event.Records[0]?.Sns.MessageAttributes["InitialContactId"]?.Value;
}

function describe(error: unknown) {
  if (!(error instanceof ChatError)) return { detail: "unexpected", cause: describeCause(error) };
  return { reason: error.reason, detail: error.detail, cause: describeCause(error.cause) };
}
