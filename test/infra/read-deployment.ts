import { deployedFunctions } from "../../infra/config.ts";
import type { FunctionName } from "../../lambdas/routes.ts";
import { readStatements, type Statement } from "./evaluate-policy.ts";
import { createResolver, type TemplateResource } from "./resolve-template.ts";
import type { RealTime, Synthesized } from "./synthesize.ts";

/** What a template makes of the functions, CloudFormation's functions resolved. */
export interface Deployment {
  readonly realTime: RealTime;
  /** The functions that it has. */
  readonly names: readonly FunctionName[];
  readonly statements: Readonly<Record<FunctionName, readonly Statement[]>>;
  readonly environments: Readonly<Record<FunctionName, Readonly<Record<string, string>>>>;
  /** Log group of each function, without the `:*` that makes an ARN of its streams. */
  readonly logGroups: Readonly<Record<FunctionName, string>>;
  readonly roles: Readonly<Record<FunctionName, string>>;
  readonly functions: Readonly<Record<FunctionName, string>>;
  readonly table: string;
  /** Of starts. */
  readonly starts: string;
  /** Queue of the reaper's failures. */
  readonly failures: string;
  /** Of uploads. */
  readonly bucket: string;
  readonly key: string;
  /** Who may do what with the key, besides what roles are given. */
  readonly keyPolicy: unknown;
  /** What the mode `relay` adds: ARNs, and the id of the WebSocket API. */
  readonly relay: Relay | undefined;
}

interface Relay {
  readonly table: string;
  readonly topic: string;
  readonly key: string;
  readonly apiId: string;
}

interface Properties {
  readonly Description: string;
  readonly Role: string;
  readonly LoggingConfig: { readonly LogGroup: string };
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

/** Whose a resource is, by its logical id. */
const owners = {
  all: () => true,
  "the relay's": (id: string) => /Relay/.test(id),
  "the starts'": (id: string) => /Starts/.test(id),
  "the sessions'": (id: string) => !/Relay|Starts/.test(id),
};

/** Ways to give a role rights that are not read here: a template that uses one is not judged. */
const unreadTypes = ["AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy"];
const unreadProperties = ["ManagedPolicyArns", "Policies", "PermissionsBoundary"];

/** Reads a template. @throws when the rights of a function could come from anywhere but the policies read here */
export function readDeployment({ template }: Pick<Synthesized, "template">): Deployment {
  const resources = template.toJSON()["Resources"] as Record<string, TemplateResource>;
  const resolve = createResolver(resources);
  const idsOf = (type: string) => Object.keys(resources).filter((id) => resources[id]?.Type === type);
  const resolved = (id: string) => resolve(resources[id]?.Properties) as Record<string, unknown>;
  const arn = (id: string) => resolve({ "Fn::GetAtt": [id, "Arn"] }) as string;
  const realTime = idsOf("AWS::ApiGatewayV2::Api").length > 0 ? "relay" : "direct";
  const onlyOf = (type: string, whose: keyof typeof owners = "all") => {
    const [id, ...others] = idsOf(type).filter((each) => owners[whose](each));
    if (id === undefined || others.length > 0) throw new Error(`the template has not one ${type}`);
    return id;
  };

  function read(name: FunctionName) {
    const id = idsOf("AWS::Lambda::Function").find(
      (each) => resources[each]?.Properties?.["Description"] === `Connect chat: ${name}`,
    );
    if (id === undefined) throw new Error(`the template has no function ${name}`);
    const { Role, LoggingConfig, Environment } = resolved(id) as unknown as Properties;
    const roleId = Role.split("/").at(-1) ?? "";
    if (unreadProperties.some((property) => property in resolved(roleId))) {
      throw new Error(`${roleId} has rights of a kind that is not read here`);
    }
    return {
      statements: idsOf("AWS::IAM::Policy")
        .map(resolved)
        .filter(({ Roles }) => (Roles as readonly string[] | undefined)?.includes(roleId))
        .flatMap(({ PolicyDocument }) => readStatements(PolicyDocument)),
      environment: Environment.Variables,
      logGroup: arn(LoggingConfig.LogGroup).replace(/:\*$/, ""),
      role: Role,
      arn: arn(id),
    };
  }

  if (unreadTypes.some((type) => idsOf(type).length > 0)) throw new Error("a policy is not read here");
  const names = deployedFunctions(realTime);
  const byName = names.map((name) => [name, read(name)] as const);
  const each = <Value>(pick: (fn: ReturnType<typeof read>) => Value) =>
    Object.fromEntries(byName.map(([name, fn]) => [name, pick(fn)])) as Record<FunctionName, Value>;
  const keyId = onlyOf("AWS::KMS::Key", "the sessions'");
  return {
    realTime,
    names,
    statements: each((fn) => fn.statements),
    environments: each((fn) => fn.environment),
    logGroups: each((fn) => fn.logGroup),
    roles: each((fn) => fn.role),
    functions: each((fn) => fn.arn),
    table: arn(onlyOf("AWS::DynamoDB::Table", "the sessions'")),
    starts: arn(onlyOf("AWS::DynamoDB::Table", "the starts'")),
    failures: arn(onlyOf("AWS::SQS::Queue")),
    bucket: arn(onlyOf("AWS::S3::Bucket")),
    key: arn(keyId),
    keyPolicy: resolved(keyId)["KeyPolicy"],
    relay:
      realTime === "direct"
        ? undefined
        : {
            table: arn(onlyOf("AWS::DynamoDB::Table", "the relay's")),
            topic: arn(onlyOf("AWS::SNS::Topic")),
            key: arn(onlyOf("AWS::KMS::Key", "the relay's")),
            apiId: onlyOf("AWS::ApiGatewayV2::Api"),
          },
  };
}
