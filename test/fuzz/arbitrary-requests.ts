import fc from "fast-check";
import { routes } from "../../lambdas/routes.ts";
import type { EventParts } from "../support/direct-functions.ts";
import { type Member, operationInputs } from "../support/operation-members.ts";

/** Handles that a request may carry; each is good, or was. */
export interface KnownHandles {
  readonly participantHandle: string;
  readonly connectionHandle: string;
  readonly otherHandle: string;
}

const oddTexts = [
  "",
  "\u0000",
  "\ud800",
  "\u202e",
  "\ufeff",
  "__proto__",
  "{}",
  "a\r\nSet-Cookie: b",
  "%00",
  "x".repeat(20_000),
];

/** Any text, from the harmless to those that break what was not made with care. */
const anyText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.constantFrom(...oddTexts),
  fc.uuid(),
);

/** Any JSON value. */
const anyValue = fc.oneof(
  anyText,
  fc.constantFrom(null, true, -1, 0, 1.5, 2 ** 53, 1e308, [], {}),
  fc.integer(),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A value for a member: at its bounds, just beyond them, or anything. */
function memberValue({ type, min = 0, max = 1_000 }: Member): fc.Arbitrary<unknown> {
  if (type === "text") {
    return fc.oneof(
      fc.constantFrom(min - 1, min, max, max + 1).map((length) => "a".repeat(Math.max(0, length))),
      anyText,
      anyValue,
    );
  }
  if (type === "integer")
    return fc.oneof(fc.constantFrom(min - 1, min, max, max + 1), fc.integer(), anyValue);
  if (type === "list") return fc.oneof(fc.array(anyValue, { maxLength: 12 }), anyValue);
  return anyValue;
}

/** A body with some members changed, added or left out. */
const memberChanges = fc.constantFrom(...operationInputs).chain(({ path, body, members }) =>
  fc
    .array(
      fc.constantFrom(...members).chain((member) => fc.tuple(fc.constant(member.name), memberValue(member))),
      {
        maxLength: 3,
      },
    )
    .chain((changes) => fc.tuple(fc.constant(changes), fc.option(fc.tuple(anyText, anyValue))))
    .map(([changes, stranger]) => {
      const changed = structuredClone(body) as Record<string, unknown>;
      for (const [name, value] of changes) assign(changed, name.split("."), value);
      if (stranger)
        Object.defineProperty(changed, stranger[0], {
          value: stranger[1],
          enumerable: true,
          configurable: true,
          writable: true,
        });
      return { resource: path as string, text: JSON.stringify(changed) };
    }),
);

function assign(
  target: Record<string, unknown>,
  [first = "", ...rest]: readonly string[],
  value: unknown,
): void {
  const inner = target[first];
  if (rest.length > 0 && typeof inner === "object" && inner !== null) {
    assign(inner as Record<string, unknown>, rest, value);
  } else if (rest.length === 0) target[first] = value;
}

const deep = `${"[".repeat(10_000)}${"]".repeat(10_000)}`;
const oddBodies = [
  "",
  "null",
  "[]",
  '"text"',
  "{",
  "\ufeff{}",
  '{"__proto__":{"admin":true}}',
  '{"constructor":1}',
  '{"a":1,"a":2}',
  deep,
  `{"Content":"${"x".repeat(300_000)}"}`,
  "a=1&b=2",
  "<xml/>",
  '{"Content":"\\ud800"}',
];

/** A body that is no body of the operation. */
const strangeBodies = fc
  .tuple(
    fc.constantFrom(...routes.map(({ path }) => path as string)),
    fc.oneof(fc.constantFrom(...oddBodies), anyText, fc.json()),
  )
  .map(([resource, text]) => ({ resource, text }));

/** Stands for the good handle of the kind that the route wants. */
const fitting = "fitting";

/** A value for `X-Amz-Bearer`: a good handle, one that was tampered with, or anything. */
function bearers({ participantHandle, connectionHandle, otherHandle }: KnownHandles): fc.Arbitrary<string> {
  const good = fc.constantFrom(connectionHandle, participantHandle);
  const tampered = fc
    .tuple(good, fc.nat(), fc.constantFrom("A", ".", "_", " ", "\n", "é"))
    .map(([handle, at, put]) => {
      const index = at % handle.length;
      return `${handle.slice(0, index)}${put}${handle.slice(index + 1)}`;
    });
  const cut = fc.tuple(good, fc.nat()).map(([handle, at]) => handle.slice(0, at % handle.length));
  return fc.oneof(
    { arbitrary: fc.constant(fitting), weight: 12 },
    good,
    tampered,
    cut,
    anyText,
    fc.constant(otherHandle),
    good.map((handle) => handle + handle),
  );
}

/** A header by a name in some case, once or several times. */
const strangeHeaders = fc.dictionary(
  fc.constantFrom(
    "Origin",
    "ORIGIN",
    "content-type",
    "X-HTTP-Method-Override",
    "X-Forwarded-For",
    "Authorization",
    "amz-sdk-invocation-id",
    "x-amz-bearer",
    "Cookie",
    "Host",
  ),
  fc.oneof(
    anyText,
    fc.constantFrom(
      "null",
      "https://www.example.com",
      "https://www.example.com.evil.example",
      "https://www.example.com\r\nx: y",
    ),
  ),
  { maxKeys: 3 },
);

function fittingHandle(resource: string, { participantHandle, connectionHandle }: KnownHandles): string {
  return resource === "/participant/connection" ? participantHandle : connectionHandle;
}

/** Any request that a gateway could pass on, and some that none should. */
export function anyRequest(handles: KnownHandles): fc.Arbitrary<EventParts> {
  return fc
    .record({
      to: fc.oneof({ arbitrary: memberChanges, weight: 3 }, strangeBodies),
      bearer: fc.option(bearers(handles), { freq: 8 }),
      headers: fc.oneof({ arbitrary: fc.constant({}), weight: 5 }, strangeHeaders),
      repeated: fc.oneof({ arbitrary: fc.constant(null), weight: 9 }, fc.array(anyText, { maxLength: 3 })),
      httpMethod: fc.oneof(
        { arbitrary: fc.constant("POST"), weight: 20 },
        fc.constantFrom("GET", "OPTIONS", "PUT", "post", ""),
      ),
      encoding: fc.constantFrom("plain", "plain", "plain", "base64", "claimed"),
      query: fc.option(fc.dictionary(anyText, anyText, { maxKeys: 2 }), { freq: 4 }),
    })
    .map(({ to, bearer, headers, repeated, httpMethod, encoding, query }) => ({
      resource: to.resource,
      path: to.resource,
      httpMethod,
      headers: {
        ...(bearer !== null && {
          "X-Amz-Bearer": bearer === fitting ? fittingHandle(to.resource, handles) : bearer,
        }),
        ...headers,
      },
      multiValueHeaders: repeated === null ? {} : { Origin: repeated },
      queryStringParameters: query,
      body: encoding === "base64" ? Buffer.from(to.text).toString("base64") : to.text,
      isBase64Encoded: encoding !== "plain",
    }));
}
