import type { RecordedRequest } from "./aws-recorder.ts";
import type { CallContext } from "./evaluate-policy.ts";

/**
 * Words of DynamoDB's expressions that are no attributes (developer guide, "Update expressions", "Condition
 * expressions").
 */
const keywords = new Set(["SET", "REMOVE", "ADD", "DELETE", "AND", "OR", "NOT", "BETWEEN", "IN"]);

/** The condition keys that DynamoDB sets for a call on one item (developer guide, "Using IAM policy conditions"). */
export function itemContext(operation: string, members: RecordedRequest["members"]): CallContext {
  const attributes = { "dynamodb:Attributes": attributesOf(members) };
  if (operation === "GetItem" || operation === "Scan") {
    const isWhole = members["ProjectionExpression"] === undefined;
    return { ...attributes, "dynamodb:Select": isWhole ? "ALL_ATTRIBUTES" : "SPECIFIC_ATTRIBUTES" };
  }
  return { ...attributes, "dynamodb:ReturnValues": String(members["ReturnValues"] ?? "NONE") };
}

/** The attributes that a request names: in its key, its item and its expressions. */
function attributesOf(members: RecordedRequest["members"]): readonly string[] {
  const aliases = members["ExpressionAttributeNames"] as Readonly<Record<string, string>> | undefined;
  const named = ["UpdateExpression", "ConditionExpression", "ProjectionExpression", "FilterExpression"]
    .flatMap((name) => namesIn(String(members[name] ?? "")))
    .map((name) => aliases?.[name] ?? name);
  const written = Object.keys({ ...(members["Key"] ?? {}), ...(members["Item"] ?? {}) });
  return [...new Set([...written, ...named])].sort();
}

/** Names and `#aliases`; no `:values`, functions or keywords. */
function namesIn(expression: string): readonly string[] {
  return [...expression.matchAll(/[#:]?[A-Za-z_][\w-]*(?!\w|-|\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !name.startsWith(":") && !keywords.has(name.toUpperCase()));
}
