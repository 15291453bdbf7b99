import { ChatError } from "../errors.ts";
import { parseBody } from "../input/parse-body.ts";
import type { Registry } from "../operations/registry.ts";
import type { Routed, Step, WithCall } from "./step.ts";

/**
 * Parses and validates the body as the route's operation has it.
 *
 * @throws {ChatError} 400 with what is wrong, before anything is asked of the database or of Connect
 */
export function readInput<Served>(operations: Registry<Served>): Step<Routed & WithCall<Served>> {
  return {
    before: function validateBody({ event, context }) {
      const operation = operations[context.route.operation];
      if (operation === undefined) {
        throw new ChatError("UnknownOperationException", "UnknownRoute", "There is no such operation.");
      }
      context.call = operation.read(parseBody(event));
    },
  };
}
