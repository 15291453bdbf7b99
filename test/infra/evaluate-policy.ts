import * as z from "zod/mini";

/** Values of condition keys. */
export type CallContext = Readonly<Record<string, string | readonly string[]>>;

/** A call to AWS, as IAM judges it. */
export interface AwsCall {
  /** Such as `dynamodb:PutItem`. */
  readonly action: string;
  /** ARN; `*` where the action knows no resources. */
  readonly resource: string;
  /** Condition keys that AWS sets for the call; a list where the key has several values. */
  readonly context?: CallContext;
}

/** `denied`: by a statement that says so. `not allowed`: by no statement that says otherwise. */
export type Verdict = "allowed" | "denied" | "not allowed";

const text = z
  .string()
  .check(z.refine((value) => !value.includes("${"), "policy variables are not evaluated here"));
const arn = text.check(
  z.refine((value) => value === "*" || /^arn(?::[^:]*){4}:./.test(value), "is neither an ARN nor *"),
);

/** Strict: what is not evaluated here is no statement, so that nothing is judged that was not understood. */
const statement = z
  .strictObject({
    Sid: z.optional(z.string()),
    Effect: z.enum(["Allow", "Deny"]),
    Action: z.optional(oneOrMore(text)),
    NotAction: z.optional(oneOrMore(text)),
    Resource: z.optional(oneOrMore(arn)),
    NotResource: z.optional(oneOrMore(arn)),
    Condition: z.optional(
      z.strictObject({
        StringEquals: z.optional(z.record(z.string(), oneOrMore(text))),
        StringEqualsIfExists: z.optional(z.record(z.string(), oneOrMore(text))),
        "ForAllValues:StringEquals": z.optional(z.record(z.string(), oneOrMore(text))),
      }),
    ),
  })
  .check(
    z.refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined), "no action"),
    z.refine(
      ({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined),
      "no resource",
    ),
  );

const policy = z.strictObject({ Version: z.literal("2012-10-17"), Statement: z.array(statement) });

/** A statement of a role's policy. */
export type Statement = z.infer<typeof statement>;

/** Reads a policy document. @throws when it says anything that {@link evaluate} does not evaluate */
export function readStatements(document: unknown): readonly Statement[] {
  return policy.parse(document).Statement;
}

/**
 * Judges a call by the policies of the caller's role, as IAM does within one account (IAM user guide, "Policy evaluation
 * logic"): a statement that denies wins, and without one that allows nothing is allowed.
 */
export function evaluate(statements: readonly Statement[], call: AwsCall): Verdict {
  const effects = statements.filter((each) => applies(each, call)).map(({ Effect }) => Effect);
  if (effects.includes("Deny")) return "denied";
  return effects.includes("Allow") ? "allowed" : "not allowed";
}

/** Takes statements apart: each action on each resource, as a statement of its own. */
export function rightsOf(statements: readonly Statement[]): readonly Statement[] {
  return statements.flatMap((statement) => {
    const { Action, Resource } = statement;
    if (Action === undefined || Resource === undefined) return [statement];
    return Action.flatMap((action) =>
      Resource.map((resource) => ({ ...statement, Action: [action], Resource: [resource] })),
    );
  });
}

function applies(
  { Action, NotAction, Resource, NotResource, Condition }: Statement,
  { action, resource, context = {} }: AwsCall,
): boolean {
  const isAction = (pattern: string) => matches(pattern.toLowerCase(), action.toLowerCase());
  const isResource = (pattern: string) => pattern === "*" || matchesArn(pattern, resource);
  return (
    (Action?.some(isAction) ?? !NotAction?.some(isAction)) &&
    (Resource?.some(isResource) ?? !NotResource?.some(isResource)) &&
    Object.entries(Condition?.StringEquals ?? {}).every(([key, values]) =>
      values.some((value) => value === contextValue(context, key)),
    ) &&
    Object.entries(Condition?.StringEqualsIfExists ?? {}).every(([key, values]) => {
      const actual = contextValue(context, key);
      return actual === undefined || values.some((value) => value === actual);
    }) &&
    Object.entries(Condition?.["ForAllValues:StringEquals"] ?? {}).every(([key, values]) =>
      [contextValue(context, key) ?? []].flat().every((actual) => values.includes(actual)),
    )
  );
}

/** The names of condition keys are the same in any case. */
function contextValue(context: CallContext, key: string): string | readonly string[] | undefined {
  return Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase())?.[1];
}

/** A wildcard stays in its part of the ARN; the last of the six parts may hold colons itself. */
function matchesArn(pattern: string, resource: string): boolean {
  const actual = partsOf(resource);
  return partsOf(pattern).every((part, index) => matches(part, actual[index] ?? ""));
}

function partsOf(arn: string): readonly string[] {
  const parts = arn.split(":");
  return [...parts.slice(0, 5), parts.slice(5).join(":")];
}

function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, "s").test(value);
}

function oneOrMore(schema: typeof text) {
  return z.pipe(
    z.union([schema, z.array(schema)]),
    z.transform((value: string | string[]) => [value].flat()),
  );
}
