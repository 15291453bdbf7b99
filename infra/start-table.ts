import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table, TableEncryption } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import type { Key } from "aws-cdk-lib/aws-kms";
import { Construct } from "constructs";
import { reaperAttributes } from "../lambdas/reaper/reaper-rights.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import { startTable } from "../lambdas/start/start-table.ts";
import type { NodeFunction } from "./node-function.ts";

/** Properties of {@link StartTable}. */
export interface StartTableProps {
  /** That of the sessions: who may use this table may use that one, too. */
  readonly key: Key;
}

/**
 * The table of chats that are being started: a table of its own, so that the reaper, which searches it, sees no
 * session. What it holds is over in minutes, so it goes with the stack.
 */
export class StartTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, { key }: StartTableProps) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: startTable.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: startTable.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  /**
   * Gives the function that starts chats the rights on single records, and tells it the table's name. The right on
   * the key comes with the sessions.
   */
  grantUse(fn: NodeFunction): void {
    this.#grant(fn, ["DeleteItem", "PutItem", "UpdateItem"], {});
  }

  /**
   * Gives the reaper the right to search the table and to write on what it finds, by name of attribute: it never sees
   * an answer, sealed as it is, nor the ClientToken that Connect was given. The conditions, and what they do not
   * stop, are those of SessionTable.grantRelay.
   */
  grantReaping(reaper: NodeFunction): void {
    const { swept, records } = reaperAttributes;
    const named = (attributes: readonly string[]) => ({
      "ForAllValues:StringEquals": { "dynamodb:Attributes": attributes },
    });
    this.#grant(reaper, ["Scan"], {
      ...named(swept),
      StringEqualsIfExists: { "dynamodb:Select": "SPECIFIC_ATTRIBUTES" },
    });
    this.#grant(reaper, ["DeleteItem", "UpdateItem"], {
      ...named(records),
      StringEqualsIfExists: { "dynamodb:ReturnValues": "NONE" },
    });
  }

  #grant(
    { lambda }: NodeFunction,
    rights: readonly string[],
    conditions: Record<string, Record<string, string | readonly string[]>>,
  ): void {
    lambda.addEnvironment(settingNames.startsTable, this.table.tableName);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: rights.map((right) => `dynamodb:${right}`),
        resources: [this.table.tableArn],
        conditions,
      }),
    );
  }
}
