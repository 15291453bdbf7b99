import { expect, test } from "vitest";
import { itemContext } from "./item-attributes.ts";

test("an update names what is in its key and its expressions, and asks for nothing by default", () => {
  const context = itemContext("UpdateItem", {
    Key: { pk: { S: "x" } },
    UpdateExpression:
      "SET sf = if_not_exists(sf, :now), #ttl = :ttl REMOVE pt ADD so :socket DELETE tk :tickets",
    ConditionExpression:
      "st = :active AND (attribute_not_exists(dl) OR size(sb) < :most) AND NOT contains(#c, :c)",
    ExpressionAttributeNames: { "#ttl": "ttl", "#c": "t-message" },
  });

  expect(context).toEqual({
    "dynamodb:Attributes": ["dl", "pk", "pt", "sb", "sf", "so", "st", "t-message", "tk", "ttl"],
    "dynamodb:ReturnValues": "NONE",
  });
});

test.each([
  [{}, "ALL_ATTRIBUTES", ["pk"]],
  [{ ProjectionExpression: "so, st" }, "SPECIFIC_ATTRIBUTES", ["pk", "so", "st"]],
])("a read with %j selects %s", (members, select, attributes) => {
  expect(itemContext("GetItem", { Key: { pk: { S: "x" } }, ...members })).toEqual({
    "dynamodb:Attributes": attributes,
    "dynamodb:Select": select,
  });
});
