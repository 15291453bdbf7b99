import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from "@aws-sdk/lib-dynamodb";
import { beforeAll, describe, expect, it } from "vitest";
import { relayAttributes } from "../../lambdas/relay/relay-rights.ts";
import { place } from "./account.ts";
import type { Deployment } from "./deployment.ts";
import { credentialsOf } from "./function-calls.ts";
import { storedItems, tablesOf } from "./left-behind.ts";

/**
 * Shows what the relay could read of a session, whatever its code did: the emulator judges reads by the attributes
 * named.
 */
export function describeTableRights(deployment: () => Deployment): void {
  describe("the relay's role", () => {
    let relay: DynamoDBDocumentClient;
    let item: { readonly TableName: string; readonly Key: { readonly pk: unknown } };

    beforeAll(async () => {
      const { account, awsEndpoint } = deployment();
      const credentials = await credentialsOf(account, "relay");
      relay = DynamoDBDocumentClient.from(
        new DynamoDBClient({ endpoint: awsEndpoint, region: place.region, credentials }),
      );
      const { sessions } = await tablesOf(account);
      item = { TableName: sessions, Key: { pk: (await storedItems(account, sessions))[0]?.["pk"] } };
    });

    const read = (...names: readonly string[]) =>
      relay.send(new GetCommand({ ...item, ProjectionExpression: names.join(", ") }));

    it("reads the attributes of a session that are listed for it", async () => {
      expect((await read(...relayAttributes.read)).Item).toMatchObject(item.Key);
    });

    it.each(["pt", "ct", "wc", "hp", "hc"])("does not read %s", async (name) => {
      await expect(read("pk", name)).rejects.toThrow(/not authorized/);
    });

    it("reads no whole item", async () => {
      await expect(relay.send(new GetCommand(item))).rejects.toThrow(/not authorized/);
    });

    it("is not judged by what an update answers: the emulator does not know that key", async () => {
      const update = { UpdateExpression: "SET ox = :ox", ExpressionAttributeValues: { ":ox": 1 } };
      const elsewhere = { ...item, Key: { pk: "nobody's" }, ConditionExpression: "attribute_exists(pk)" };
      const asked = relay.send(new UpdateCommand({ ...elsewhere, ...update, ReturnValues: "ALL_NEW" }));

      await expect(asked).rejects.toThrow(/conditional request failed/);
    });
  });
}
