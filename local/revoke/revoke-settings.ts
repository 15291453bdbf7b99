import { parseArgs } from "node:util";
import { UsageError } from "../usage-error.ts";

/** Whose sessions are revoked, as the function takes it (lambdas/revocation/revocation-event.ts). */
export type RevocationTarget =
  | { readonly contactId: string }
  | { readonly subject: string }
  | { readonly all: true };

/** What the revocation is told by its command line. */
export interface RevokeSettings {
  readonly target: RevocationTarget;
  readonly reason: string;
  /** Name of the function; undefined where the stack says. */
  readonly functionName: string | undefined;
  readonly stackName: string;
  /** Nobody is asked whether all is meant. */
  readonly yes: boolean;
}

/** What `npm run revoke -- --help` prints. */
export const usage = `npm run revoke -- --session <contact id> | --subject <sub> --issuer <issuer> | --all  --reason "…"

Revokes sessions of a deployed connect-chat-bff: their handles are refused from the next request on, their sockets are
closed, their contacts stopped. It needs your AWS credentials and Region, with the right lambda:InvokeFunction on the
function, and cloudformation:DescribeStacks without --function. What was asked is recorded in the function's log group.

  --session <contact id>  one session
  --subject <sub>         those of one subject; --issuer <issuer> says whose
  --all                   all of them, after a question
  --reason <text>         why, for the record; without personal data
  --function <name>       the function, instead of the stack's output RevokeFunction
  --stack <name>          the stack (ConnectChatBff)
  --yes                   do not ask
`;

const options = {
  session: { type: "string" },
  subject: { type: "string" },
  issuer: { type: "string" },
  all: { type: "boolean" },
  reason: { type: "string" },
  function: { type: "string" },
  stack: { type: "string" },
  yes: { type: "boolean" },
} as const;

/**
 * Reads the command line of the revocation.
 *
 * @param args what follows `npm run revoke --`
 * @throws UsageError if an argument is unknown, missing or malformed
 */
export function readRevokeSettings(args: readonly string[]): RevokeSettings {
  const given = parse(args);
  if (!given.reason?.trim())
    throw new UsageError('--reason is missing: say why, such as --reason "stolen laptop".');
  return {
    target: targetOf(given),
    reason: given.reason,
    functionName: given.function,
    stackName: given.stack ?? "ConnectChatBff",
    yes: given.yes ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\.\s/);
    throw new UsageError(`${sentence?.replace(/\.$/, "")}; --help shows the usage.`);
  }
}

function targetOf({ session, subject, issuer, all }: ReturnType<typeof parse>): RevocationTarget {
  if ([session, subject, all].filter((each) => each !== undefined).length !== 1) {
    throw new UsageError(
      "One of --session, --subject and --all is needed, and no two; --help shows the usage.",
    );
  }
  if ((subject === undefined) !== (issuer === undefined)) {
    throw new UsageError("--subject and --issuer go together: a subject is unique within its issuer alone.");
  }
  if (subject !== undefined) return { subject: `${issuer}|${subject}` };
  if (session === undefined) return { all: true };
  if (!/^[A-Za-z0-9-]{1,256}$/.test(session)) {
    throw new UsageError(`--session is ${JSON.stringify(session)}, but must be a contact id.`);
  }
  return { contactId: session };
}
