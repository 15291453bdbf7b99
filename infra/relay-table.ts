import { RemovalPolicy } from "aws-cdk-lib";
import { AttributeType, BillingMode, Table } from "aws-cdk-lib/aws-dynamodb";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { relayTable } from "../lambdas/relay/relay-table.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import { acknowledge, findings } from "./acknowledged-findings.ts";
import type { NodeFunction } from "./node-function.ts";

/**
 * The relay's table of sockets and deliveries. It holds no secret and nothing that lasts, so AWS's own key encrypts
 * it, nothing restores it, and it goes with the stack.
 */
export class RelayTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.table = new Table(this, "Table", {
      partitionKey: { name: relayTable.partitionKey, type: AttributeType.STRING },
      timeToLiveAttribute: relayTable.timeToLive,
      billingMode: BillingMode.PAY_PER_REQUEST,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    acknowledge(this.table, findings.noRestore);
  }

  /** Gives the relay the rights on single items, and tells it the table's name. */
  grantUse(relay: NodeFunction): void {
    this.#grant(relay, ["DeleteItem", "GetItem", "PutItem", "UpdateItem"]);
  }

  /** Gives a function the right to forget sockets that it closed, and tells it the table's name. */
  grantForgetting(fn: NodeFunction): void {
    this.#grant(fn, ["DeleteItem"]);
  }

  #grant({ lambda }: NodeFunction, rights: readonly string[]): void {
    lambda.addEnvironment(settingNames.relayTable, this.table.tableName);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: rights.map((right) => `dynamodb:${right}`),
        resources: [this.table.tableArn],
      }),
    );
  }
}
