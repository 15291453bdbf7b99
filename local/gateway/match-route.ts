import { type ApiFunctionName, type Route, routes } from "../../lambdas/routes.ts";

/** Where a request goes. */
export interface RouteMatch {
  /** Path template as in the route table: the event's `resource`. */
  readonly resource: string;
  readonly function: ApiFunctionName;
  /** Values of the template's placeholders, percent-decoded; null where it has none, as in API Gateway's events. */
  readonly pathParameters: Record<string, string> | null;
}

/** The table with its templates compiled; a fixed path before one with a placeholder. */
const patterns = routes
  .map((route: Route) => ({ route, pattern: compile(route.path) }))
  .sort((one, other) => placeholders(one.route.path) - placeholders(other.route.path));

/**
 * Finds the route of a request. A known path takes its own methods and OPTIONS, since the functions answer CORS
 * themselves; everything else, HEAD too, is no route.
 *
 * @param path as the client sent it, still percent-encoded, without a query string
 * @throws URIError if a placeholder's value is not valid percent-encoding
 */
export function matchRoute(method: string, path: string): RouteMatch | undefined {
  const found = patterns.find(
    ({ route, pattern }) => (method === "OPTIONS" || route.method === method) && pattern.test(path),
  );
  if (found === undefined) {
    return undefined;
  }
  const values = Object.entries(found.pattern.exec(path)?.groups ?? {});
  const decoded = values.map(([name, value]) => [name, decodeURIComponent(value)] as const);
  return {
    resource: found.route.path,
    function: found.route.function,
    pathParameters: decoded.length > 0 ? Object.fromEntries(decoded) : null,
  };
}

function compile(template: string): RegExp {
  const literal = template.replace(/[.*+?^$()|[\]\\]/g, "\\$&");
  return new RegExp(`^${literal.replace(/\{(\w+)\}/g, "(?<$1>[^/]+)")}$`);
}

function placeholders(template: string): number {
  return template.split("{").length - 1;
}
