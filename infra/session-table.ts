import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { reaperAttributes } from "../lambdas/reaper/reaper-rights.ts";
import { relayAttributes } from "../lambdas/relay/relay-rights.ts";
import { revocationAttributes } from "../lambdas/revocation/revocation-rights.ts";
import { sessionTable } from "../lambdas/sessions/session-table.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import type { NodeFunction } from "./node-function.ts";

/** A DynamoDB operation that a function needs on the sessions table. */
export type TableRight = "PutItem" | "UpdateItem";

/**
 * What DynamoDB does with a customer-managed key in the name of its caller (DynamoDB developer guide, "How DynamoDB uses
 * AWS KMS"), with the guide's wildcards written out.
 */
const keyActions = [
  "kms:Decrypt",
  "kms:DescribeKey",
  "kms:Encrypt",
  "kms:GenerateDataKey",
  "kms:GenerateDataKeyWithoutPlaintext",
  "kms:ReEncryptFrom",
  "kms:ReEncryptTo",
];

type Conditions = Record<string, Record<string, string | readonly string[]>>;

/** The sessions table and its key. Both stay when the stack goes, and the table cannot be deleted by mistake. */
export class SessionTable extends Construct {
  readonly table: Table;
  readonly key: Key;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.key = new Key(this, "Key", {
      description: "Sessions of Connect chat",
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table = new Table(this, "Table", {
      partitionKey: { name: sessionTable.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: sessionTable.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: sessionTable.subjectIndex.name,
      partitionKey: { name: sessionTable.subjectIndex.partitionKey, type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
    });
  }

  /**
   * Gives the relay what it needs of sessions (DynamoDB developer guide, "Using IAM policy conditions for
   * fine-grained access control"): it reads and updates attributes of its lists by name, and is never answered a
   * whole item. The conditions are IfExists, as in the guide: whether DynamoDB sets the two keys of a request that
   * names neither could not be verified, and if it did not, nothing would be relayed.
   *
   * It guards against mistakes, not against a relay that is taken over. No condition key knows
   * ReturnValuesOnConditionCheckFailure, which answers the whole item, and an update may copy one listed attribute
   * into another. What could be had that way is sealed under keys that only a visitor's handle yields, or the hash of
   * a random secret.
   */
  grantRelay(relay: NodeFunction): void {
    this.#grantAttributes(relay, relayAttributes);
    this.#grantKey(relay);
  }

  /**
   * Gives a revocation what it needs, under the same conditions and with the same limits as {@link grantRelay}: it
   * also looks for all sessions, and for those of one subject in an index that holds keys alone.
   */
  grantRevocation(revoke: NodeFunction): void {
    this.#grantAttributes(revoke, revocationAttributes);
    this.#grant(revoke, ["Scan"], reading(revocationAttributes.swept));
    revoke.lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ["dynamodb:Query"],
        resources: [`${this.table.tableArn}/index/${sessionTable.subjectIndex.name}`],
      }),
    );
    this.#grantKey(revoke);
  }

  /**
   * Gives the reaper the right to end sessions, under the same conditions and with the same limits as {@link
   * grantRelay}: it reads none.
   */
  grantReaping(reaper: NodeFunction): void {
    this.#grant(reaper, ["UpdateItem"], updating(reaperAttributes.sessions));
    this.#grantKey(reaper);
  }

  /** Gives a function the rights on items, and tells it the table's name: neither is of use without the other. */
  grantUse(fn: NodeFunction, rights: readonly TableRight[]): void {
    this.#grant(fn, rights);
    this.#grantKey(fn);
  }

  #grantAttributes(
    fn: NodeFunction,
    { updated, read }: { readonly updated: readonly string[]; readonly read: readonly string[] },
  ): void {
    this.#grant(fn, ["UpdateItem"], updating(updated));
    this.#grant(fn, ["GetItem"], reading(read));
  }

  #grant(
    { lambda }: NodeFunction,
    rights: readonly (TableRight | "GetItem" | "Scan")[],
    conditions?: Conditions,
  ): void {
    lambda.addEnvironment(settingNames.sessionsTable, this.table.tableName);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: rights.map((right) => `dynamodb:${right}`),
        resources: [this.table.tableArn],
        ...(conditions && { conditions }),
      }),
    );
  }

  #grantKey({ lambda }: NodeFunction): void {
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: keyActions,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
      }),
    );
  }
}

function named(attributes: readonly string[]): Conditions {
  return { "ForAllValues:StringEquals": { "dynamodb:Attributes": attributes } };
}

function updating(attributes: readonly string[]): Conditions {
  return { ...named(attributes), StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" } };
}

function reading(attributes: readonly string[]): Conditions {
  return { ...named(attributes), StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" } };
}
