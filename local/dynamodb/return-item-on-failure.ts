import db from "dynalite/db/index.js";
import deleteItem from "dynalite/validations/deleteItem.js";
import putItem from "dynalite/validations/putItem.js";
import updateItem from "dynalite/validations/updateItem.js";

const member = "ReturnValuesOnConditionCheckFailure";
const operations = [putItem, updateItem, deleteItem];

/**
 * Teaches dynalite 4 `ReturnValuesOnConditionCheckFailure`, which it silently drops: with `ALL_OLD` a failed condition
 * of PutItem, UpdateItem or DeleteItem answers the item it failed on as `Item`, and nothing if there is none, as
 * DynamoDB does. It hooks into dynalite's own check, which runs under the item's lock, so the item returned is the one
 * the condition was evaluated on; reading it again afterwards would answer somebody else's later write. Applies to
 * every dynalite of this process; calling it again changes nothing.
 */
export function returnItemOnFailure(): void {
  if (operations.every((operation) => member in operation.types)) {
    return;
  }
  for (const operation of operations) {
    operation.types[member] = { type: "String", enum: ["ALL_OLD", "NONE"] };
  }
  const { checkConditional } = db;
  db.checkConditional = (data, existingItem) => {
    const failure = checkConditional(data, existingItem);
    if (failure && existingItem && data[member] === "ALL_OLD") {
      failure.body.Item = existingItem;
    }
    return failure;
  };
}
