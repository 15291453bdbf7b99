import type { APIGatewayProxyEvent } from "aws-lambda";

/**
 * A header of the request, by its lower-case name: its one value, or `ambiguous` where several were sent, of which nobody
 * can say which one the sender meant.
 */
export function requestHeader(
  { headers, multiValueHeaders }: Pick<APIGatewayProxyEvent, "headers" | "multiValueHeaders">,
  name: string,
): { readonly value: string } | "ambiguous" | undefined {
  const values = valuesOf(multiValueHeaders, name) ?? valuesOf(headers, name) ?? [];
  const [value, ...others] = values;
  if (value === undefined) return undefined;
  return others.length === 0 ? { value } : "ambiguous";
}

function valuesOf(headers: Record<string, unknown> | null, name: string): string[] | undefined {
  const values = Object.keys(headers ?? {})
    .filter((key) => key.length === name.length && key.toLowerCase() === name)
    .flatMap((key) => headers?.[key])
    .filter((value) => typeof value === "string");
  return values.length === 0 ? undefined : values;
}
