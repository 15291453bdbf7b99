import { Aws, RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
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
  }

  /** Gives a function the rights on items, and tells it the table's name: neither is of use without the other. */
  grantUse({ lambda }: NodeFunction, rights: readonly TableRight[]): void {
    lambda.addEnvironment(settingNames.sessionsTable, this.table.tableName);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: rights.map((right) => `dynamodb:${right}`),
        resources: [this.table.tableArn],
      }),
    );
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: keyActions,
        resources: [this.key.keyArn],
        conditions: { StringEquals: { "kms:ViaService": `dynamodb.${Aws.REGION}.${Aws.URL_SUFFIX}` } },
      }),
    );
  }
}
