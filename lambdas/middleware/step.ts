import type { MiddlewareObj } from "@middy/core";
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from "aws-lambda";
import type { Call } from "../operations/operation.ts";
import type { Route } from "../routes.ts";
import type { Handle } from "../sessions/handle.ts";
import type { Session } from "../sessions/session.ts";

/** One step of a request's journey: a middleware, with what it reads from and adds to the request's context. */
export type Step<Read = unknown> = MiddlewareObj<
  APIGatewayProxyEvent,
  APIGatewayProxyResult,
  Error,
  Context & Read
>;

/** Added by start-deadline. */
export interface Deadlined {
  /** Aborts when the request's time is up. */
  signal: AbortSignal;
}

/** Added by match-route. */
export interface Routed {
  route: Route;
}

/** Added by require-origin. */
export interface FromOrigin {
  /** The allowed origin the request came from; undefined for one without an Origin header. */
  origin: string | undefined;
}

/** Added by read-handle. */
export interface WithHandle {
  /** Undefined on routes that open no session. */
  handle: Handle | undefined;
}

/** Added by read-input. */
export interface WithCall<Served> {
  call: Call<Served>;
}

/** Added by admit-request. */
export interface Admitted {
  admitted: { readonly session: Session | undefined } | { readonly answer: object };
}
