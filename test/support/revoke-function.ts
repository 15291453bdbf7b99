import { randomUUID } from "node:crypto";
import type { Clock } from "../../lambdas/clock.ts";
import type { AuditLine } from "../../lambdas/revocation/audit.ts";
import type { RevocationTarget } from "../../lambdas/revocation/revocation-event.ts";
import { createRevocationHandler } from "../../lambdas/revocation/revocation-handler.ts";
import { createRevocationServices } from "../../lambdas/revocation/revocation-services.ts";
import type { RevocationAnswer } from "../../lambdas/revocation/revoke-sessions.ts";
import { lambdaContext } from "../../local/gateway/lambda-context.ts";
import { hasCanary } from "./canary.ts";
import type { TestSettings, TestSystem } from "./test-system.ts";

/** A container of its own of the function that revokes. */
export interface RevokeFunction {
  /** Invokes it with anything; Lambda leaves it `remainingMs` milliseconds. */
  invoke(event: unknown, remainingMs?: number): Promise<RevocationAnswer>;
  /** Invokes it as the owner does. */
  revoke(revoke: RevocationTarget): Promise<RevocationAnswer>;
  /** Its record. */
  readonly record: AuditLine[];
}

/**
 * On the tables of a system, under other settings or another clock. A line of its record with a token of Connect's is
 * thrown.
 */
export function createRevokeFunction(
  { clock }: Pick<TestSystem, "clock">,
  settings: TestSettings = {},
  ownClock: Clock = clock,
): RevokeFunction {
  const record: AuditLine[] = [];
  const audit = (line: AuditLine) => {
    if (hasCanary(JSON.stringify(line))) throw new Error("a token of Connect's showed up in the record");
    record.push(line);
  };
  const services = createRevocationServices({ ...process.env, ...settings }, { clock: ownClock, audit });
  const handler = createRevocationHandler(services);
  const invoke = (event: unknown, remainingMs = 60_000) => {
    const now = () => Date.now();
    const deadline = now() + remainingMs;
    return handler(event, lambdaContext({ functionName: "revoke", requestId: randomUUID(), deadline, now }));
  };
  return {
    invoke,
    revoke: (revoke) => invoke({ revoke, reason: "an incident", by: "the owner" }),
    record,
  };
}
