import { RetentionDays } from "aws-cdk-lib/aws-logs";
import { defaultLimits, defaultStartLimits } from "../lambdas/rate-limits/limits.ts";
import type { FunctionName } from "../lambdas/routes.ts";
import type { ConnectInstance } from "./config.ts";
import { type Expectation, list, pairs, text, wholeNumber } from "./setting-values.ts";

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The ARN of an Amazon Connect instance, of any partition. */
export const instance: Expectation<ConnectInstance> = {
  expected:
    "the ARN of an Amazon Connect instance, such as arn:aws:connect:eu-west-2:111122223333:instance/11111111-1111-4111-8111-111111111111",
  parse: (value) => {
    const [arn, partition, service, region, account, resource, ...rest] = value.split(":");
    const [type, id, ...below] = resource?.split("/") ?? [];
    const wellFormed =
      arn === "arn" &&
      /^aws(-[a-z]+)*$/.test(partition ?? "") &&
      service === "connect" &&
      type === "instance" &&
      [...rest, ...below].length === 0;
    if (!wellFormed || !region || !account || !id) return undefined;
    return /^[a-z]{2}(-[a-z]+)+-\d$/.test(region) && /^\d{12}$/.test(account) && uuid.test(id)
      ? { region, account, id }
      : undefined;
  },
};

/** Flow ids by alias. */
export const contactFlows = pairs(
  /^[A-Za-z0-9_-]{1,64}$/,
  (id) => (uuid.test(id) ? id : undefined),
  "alias=id pairs with the ids of flows, such as support=22222222-2222-4222-8222-222222222222",
);

/** Origins as browsers send them; only https, because a page that anyone on the way can change is no page to trust. */
export const origins = list(
  (entry) => /^https:\/\/[^*]+$/.test(entry) && URL.canParse(entry) && new URL(entry).origin === entry,
  "a comma-separated list of exact https origins without path or wildcard, such as https://www.example.com",
);

/** An alias of the given flows. */
export function aliasOf(flows: Readonly<Record<string, string>>): Expectation<string> {
  const aliases = Object.keys(flows);
  return {
    expected: `an alias of contactFlows, such as ${aliases[0]}`,
    parse: (value) => (aliases.includes(value) ? value : undefined),
  };
}

/** Names of contact attributes (API reference, StartChatContact, Attributes). */
export const attributes = list(
  (entry) => /^[A-Za-z0-9_-]{1,128}$/.test(entry),
  "a comma-separated list of attribute names of letters, digits, - and _, such as customerName,topic",
);

/** Rate limits by cell, as JSON; the text is passed on to the functions, which know the same cells. */
export const limits = limitsOf(defaultLimits, '{"message":{"intervalMs":1200,"burst":5}}');

/** Limits of starting chats by kind of principal, as JSON. */
export const startLimits = limitsOf(defaultStartLimits, '{"address":{"intervalMs":30000,"burst":20}}');

function limitsOf(known: object, example: string): Expectation<string> {
  return {
    expected: `JSON by name with whole numbers above 0, such as ${example}`,
    parse: (value) => {
      try {
        const cells = Object.entries(JSON.parse(value) as Record<string, Record<string, unknown>>);
        const isPositive = (number: unknown) => Number.isSafeInteger(number) && Number(number) > 0;
        const valid = cells.every(
          ([cell, limit]) =>
            Object.hasOwn(known, cell) && isPositive(limit["intervalMs"]) && isPositive(limit["burst"]),
        );
        return valid && cells.length > 0 ? JSON.stringify(Object.fromEntries(cells)) : undefined;
      } catch {
        return undefined;
      }
    },
  };
}

/** An ISO 8601 instant, with its offset. */
export const instant: Expectation<string> = {
  expected: "an ISO 8601 instant with its offset, such as 2026-01-31T12:00:00Z",
  parse: (value) =>
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    !Number.isNaN(Date.parse(value))
      ? value
      : undefined,
};

/** A way for a chat's items to reach the browser. */
export const realTime: Expectation<"relay" | "direct"> = {
  expected: "relay or direct, such as relay",
  parse: (value) => (value === "relay" || value === "direct" ? value : undefined),
};

/** A name that API Gateway takes for a stage. */
export const stageName = text(/^[A-Za-z0-9_]{1,128}$/, "a name of letters, digits and _, such as prod");

/** A name that CloudFormation takes for a stack. */
export const stackName = text(
  /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
  "a name of letters, digits and - that starts with a letter, such as ConnectChatBff",
);

/** Reserved concurrency by function. */
export function concurrencyOf(
  names: readonly FunctionName[],
): Expectation<Readonly<Partial<Record<FunctionName, number>>>> {
  return pairs(
    new RegExp(`^(${names.join("|")})$`),
    wholeNumber(1, 100_000, 50).parse,
    `function=number pairs with the functions ${names.join(", ")} and whole numbers above 0, such as connection=50`,
  );
}

/** A length of time, in days, for which CloudWatch Logs can keep events. */
export const retentionDays: Expectation<number> = {
  expected:
    "a number of days that CloudWatch Logs knows (1, 3, 5, 7, 14, 30, 60, 90, 180, 365 and more), such as 30",
  parse: (value) => {
    const days = Number(value);
    return days in RetentionDays && days !== RetentionDays.INFINITE ? days : undefined;
  },
};

/** A factor from 0.1 to 100. */
export const factor: Expectation<number> = {
  expected: "a number from 0.1 to 100, such as 2",
  parse: (value) => {
    const number = Number(value);
    return number >= 0.1 && number <= 100 ? number : undefined;
  },
};

/** A host name. */
export const domainName = text(
  /^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/,
  "a host name in lower case, such as chat.example.com",
);

/**
 * The ARN of an ACM certificate where the stack is: a regional domain takes no other (API Gateway guide, "Regional
 * custom domain names").
 */
export function certificateIn({ region, account }: ConnectInstance): Expectation<string> {
  return text(
    new RegExp(`^arn:aws(-[a-z]+)*:acm:${region}:${account}:certificate/[0-9a-f-]{36}$`),
    `the ARN of an ACM certificate in the instance's Region and account, such as arn:aws:acm:${region}:${account}:certificate/44444444-4444-4444-8444-444444444444`,
  );
}
