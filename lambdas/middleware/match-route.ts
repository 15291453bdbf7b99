import { ChatError } from "../errors.ts";
import { type ApiFunctionName, type Route, routes } from "../routes.ts";
import type { Routed, Step } from "./step.ts";

/**
 * Finds the row of the route table for this request. The gateway matched the path to its template already; a preflight is
 * matched to the row of the path it asks about.
 *
 * @throws {ChatError} 404 `UnknownRoute`, which only a gateway that does not match the table can cause
 */
export function matchRoute(functionName: ApiFunctionName): Step<Routed> {
  const table = new Map<string, Route>(
    routes
      .filter((route) => route.function === functionName)
      .map((route) => [`${route.method} ${route.path}`, route]),
  );
  const byPath = new Map([...table.values()].map((route) => [route.path, route]));
  return {
    before: function matchTable({ event, context }) {
      const { httpMethod, resource } = event;
      const route = httpMethod === "OPTIONS" ? byPath.get(resource) : table.get(`${httpMethod} ${resource}`);
      if (!route)
        throw new ChatError("UnknownOperationException", "UnknownRoute", "There is no such operation.");
      context.route = route;
    },
  };
}
