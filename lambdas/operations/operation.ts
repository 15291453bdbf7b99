import type { APIGatewayProxyEvent } from "aws-lambda";
import type { InputSchema } from "../input/schemas.ts";
import { validateInput } from "../input/validate-input.ts";
import type { Services } from "../services.ts";
import type { Handle } from "../sessions/handle.ts";
import type { Session } from "../sessions/session.ts";
import { type Caller, callerOf } from "../start/caller.ts";

/** The JSON object of a 200 answer. */
export type Answer = object;

/** What came of an admission: the session, or what is answered without one. */
export type Admitted = { readonly session: Session } | { readonly answer: Answer };

/** A request that passed its schema, bound to its operation. */
export interface Call<Served> {
  /** Admits the call to its session, or answers it without running. Absent for operations that open no session. */
  readonly admit?: (services: Served, handle: Handle, signal: AbortSignal) => Promise<Admitted>;
  /** Runs it. `session` is what {@link Call.admit} gave. */
  readonly run: (
    services: Served,
    session: Session | undefined,
    signal: AbortSignal,
    event: APIGatewayProxyEvent,
  ) => Promise<Answer>;
}

/** An operation, as the chain sees it. */
export interface Operation<Served> {
  /** Validates a body. @throws {ChatError} 400 `InvalidInput` */
  readonly read: (body: unknown) => Call<Served>;
}

/** An operation that opens no session. */
export function openOperation<Input, Served>(definition: {
  readonly input: InputSchema<Input>;
  readonly run: (services: Served, input: Input, signal: AbortSignal, caller: Caller) => Promise<Answer>;
}): Operation<Served> {
  return {
    read: (body) => {
      const input = validateInput(definition.input, body);
      return {
        run: (services, _session, signal, event) => definition.run(services, input, signal, callerOf(event)),
      };
    },
  };
}

/** An operation on the session that a handle opens. */
export function sessionOperation<Input, Served = Services>(definition: {
  readonly input: InputSchema<Input>;
  readonly admit: (services: Served, handle: Handle, signal: AbortSignal, input: Input) => Promise<Admitted>;
  readonly run: (services: Served, input: Input, session: Session, signal: AbortSignal) => Promise<Answer>;
}): Operation<Served> {
  return {
    read: (body) => {
      const input = validateInput(definition.input, body);
      return {
        admit: (services, handle, signal) => definition.admit(services, handle, signal, input),
        run: (services, session, signal) => {
          if (session === undefined) throw new Error("a session operation ran without its session");
          return definition.run(services, input, session, signal);
        },
      };
    },
  };
}
