/** A resource of a template. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
}

/** Where the template is thought to be deployed: the account and Region of the Connect instance in the settings. */
export const place = { partition: "aws", region: "eu-west-2", account: "111122223333" } as const;

/**
 * Names of the tables, which are also what the local database calls them. Other resources are named by their logical
 * id.
 */
export const tables = { sessions: "sessions", relay: "relay", starts: "starts" } as const;

/** Name of the bucket of uploads: a logical id is no name that S3 would take. */
export const bucketName = "quarantine";

/** What `Ref` means where it names no resource. */
const pseudoParameters: Readonly<Record<string, string>> = {
  "AWS::Partition": place.partition,
  "AWS::Region": place.region,
  "AWS::AccountId": place.account,
  "AWS::URLSuffix": "amazonaws.com",
};

/** What `Fn::GetAtt` of `Arn` answers, after account and Region (CloudFormation's resource reference, "Return values"). */
const arns: Readonly<Record<string, (name: string) => string>> = {
  "AWS::DynamoDB::Table": (name) => arnOf("dynamodb", `table/${name}`),
  "AWS::S3::Bucket": (name) => arnOf("s3", name, { region: "", account: "" }),
  "AWS::KMS::Key": (name) => arnOf("kms", `key/${name}`),
  "AWS::Logs::LogGroup": (name) => arnOf("logs", `log-group:${name}:*`),
  "AWS::Lambda::Function": (name) => arnOf("lambda", `function:${name}`),
  "AWS::SQS::Queue": (name) => arnOf("sqs", name),
  "AWS::SNS::Topic": (name) => arnOf("sns", name),
  "AWS::IAM::Role": (name) => arnOf("iam", `role/${name}`, { region: "" }),
};

/** Writes an ARN of the place, or of somewhere else. */
export function arnOf(
  service: string,
  resource: string,
  { region = place.region, account = place.account }: { region?: string; account?: string } = {},
): string {
  return `arn:${place.partition}:${service}:${region}:${account}:${resource}`;
}

/**
 * @returns a function that replaces CloudFormation's functions in a value by what they come to. It throws at one that
 * it does not know
 */
export function createResolver(
  resources: Readonly<Record<string, TemplateResource>>,
): (value: unknown) => unknown {
  function nameOf(logicalId: string): string {
    if (typeOf(logicalId) === "AWS::S3::Bucket") return bucketName;
    if (typeOf(logicalId) !== "AWS::DynamoDB::Table") return logicalId;
    if (/Starts/.test(logicalId)) return tables.starts;
    return /Relay/.test(logicalId) ? tables.relay : tables.sessions;
  }

  function typeOf(logicalId: string): string {
    const type = resources[logicalId]?.Type;
    if (type === undefined) throw new Error(`the template has no ${logicalId}`);
    return type;
  }

  function attributeOf(logicalId: string, attribute: string): string {
    const toArn = arns[typeOf(logicalId)];
    if (attribute !== "Arn" || toArn === undefined) throw new Error(`${logicalId}.${attribute} is not known`);
    return toArn(nameOf(logicalId));
  }

  function refer(name: string): string {
    if (name.startsWith("AWS::")) return asText(pseudoParameters[name]);
    return typeOf(name) === "AWS::SNS::Topic" ? attributeOf(name, "Arn") : nameOf(name);
  }

  const functions: Readonly<Record<string, (argument: unknown) => unknown>> = {
    Ref: (name) => refer(asText(name)),
    "Fn::GetAtt": (argument) => {
      const [logicalId, attribute] = asTexts(argument);
      return attributeOf(asText(logicalId), asText(attribute));
    },
    "Fn::Join": (argument) => {
      const [separator, parts] = argument as [unknown, unknown];
      return asTexts(resolve(parts)).join(asText(separator));
    },
    "Fn::Sub": (argument) =>
      asText(argument).replaceAll(/\$\{([^}]+)\}/g, (_, name: string) => {
        if (name.startsWith("!")) return `\${${name.slice(1)}}`;
        const [logicalId = "", attribute] = name.split(/\.(.*)/);
        return attribute === undefined ? refer(logicalId) : attributeOf(logicalId, attribute);
      }),
  };

  function resolve(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== "object" || value === null) return value;
    const [[key, argument] = [], ...others] = Object.entries(value);
    if (key !== undefined && others.length === 0) {
      const known = functions[key];
      if (known !== undefined) return known(argument);
      if (key.startsWith("Fn::")) throw new Error(`${key} is not resolved here`);
    }
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, resolve(member)]));
  }
  return resolve;
}

function asTexts(value: unknown): readonly string[] {
  if (!Array.isArray(value)) throw new Error(`${JSON.stringify(value)} is no list`);
  return value.map(asText);
}

function asText(value: unknown): string {
  if (typeof value !== "string") throw new Error(`${JSON.stringify(value)} is no text`);
  return value;
}
