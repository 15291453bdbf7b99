import type { Account } from "./account.ts";
import { resourcesOf } from "./left-behind.ts";

/**
 * Does something while one function, known by a part of its role's name, is denied an action, on everything or on one
 * resource.
 */
export async function withDenial<Result>(
  account: Account,
  functionName: string,
  Action: string,
  work: () => Promise<Result>,
  Resource = "*",
): Promise<Result> {
  const { rights } = account;
  const roles = await resourcesOf(account, "AWS::IAM::Role");
  const RoleName = roles.find((name) => name.includes(functionName)) ?? "";
  const denial = { RoleName, PolicyName: "denial" };
  const Statement = { Effect: "Deny", Action, Resource };
  const PolicyDocument = JSON.stringify({ Version: "2012-10-17", Statement });
  await rights.putRolePolicy({ ...denial, PolicyDocument }).promise();
  try {
    return await work();
  } finally {
    await rights.deleteRolePolicy(denial).promise();
  }
}
