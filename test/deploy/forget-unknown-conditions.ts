import type { Account } from "./account.ts";
import { resourcesOf } from "./left-behind.ts";

/** Condition keys that a request has on AWS, and never has at the emulator (1.5): it would refuse what AWS allows. */
const unknownKeys = ["dynamodb:ReturnValues"];

/**
 * Takes conditions on keys that the emulator does not know out of the roles' policies, as they were deployed, and nothing else.
 * That the functions' calls meet them is evaluated by test/infra/policy-evaluation.test.ts.
 *
 * @returns the keys that it found
 */
export async function forgetUnknownConditions(account: Account): Promise<readonly string[]> {
  const { rights } = account;
  const found: string[] = [];
  for (const RoleName of await resourcesOf(account, "AWS::IAM::Role")) {
    const { PolicyNames } = await rights.listRolePolicies({ RoleName }).promise();
    for (const PolicyName of PolicyNames) {
      const { PolicyDocument } = await rights.getRolePolicy({ RoleName, PolicyName }).promise();
      const policy = JSON.parse(decodeURIComponent(PolicyDocument)) as Policy;
      const forgotten = policy.Statement.flatMap(({ Condition = {} }) => forget(Condition));
      if (forgotten.length === 0) continue;
      found.push(...forgotten);
      const changed = { RoleName, PolicyName, PolicyDocument: JSON.stringify(policy) };
      await rights.putRolePolicy(changed).promise();
    }
  }
  return found;
}

interface Policy {
  readonly Statement: readonly { readonly Condition?: Conditions }[];
}

type Conditions = Record<string, Record<string, unknown>>;

function forget(conditions: Conditions): readonly string[] {
  return Object.entries(conditions).flatMap(([operator, values]) => {
    const keys = unknownKeys.filter((key) => key in values);
    for (const key of keys) delete values[key];
    if (Object.keys(values).length === 0) delete conditions[operator];
    return keys;
  });
}
