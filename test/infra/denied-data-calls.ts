import { viaService } from "./calls-on-behalf.ts";
import type { DeniedCall } from "./denied-call.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";

const table = (deployment: Deployment) => deployment.table;
const otherTable = arnOf("dynamodb", "table/orders");
const key = (deployment: Deployment) => deployment.key;
const otherKey = arnOf("kms", "key/66666666-6666-4666-8666-666666666666");

/** Calls of the database and of key management that must be denied. */
// biome-ignore format: a table reads by its columns
export const deniedDataCalls: readonly DeniedCall[] = [
  ["chat", "dynamodb:PutItem", table, "an item that is put replaces a session; only a start makes one"],
  ["connection", "dynamodb:PutItem", table, "an item that is put replaces a session; only a start makes one"],
  ["attachments", "dynamodb:PutItem", table, "an item that is put replaces a session; only a start makes one"],
  ["every function but relay and revoke", "dynamodb:GetItem", table, "a session is read with the update that admits the request"],
  ["every function", "dynamodb:BatchGetItem", table, "nobody needs the sessions of many chats"],
  ["every function", "dynamodb:Query", table, "a session is found by its key alone"],
  ["every function but revoke", "dynamodb:Scan", table, "nobody needs the sessions of all chats"],
  ["every function", "dynamodb:PartiQLSelect", table, "nobody needs the sessions of all chats, in SQL either"],
  ["every function", "dynamodb:PartiQLUpdate", table, "an update has its conditions, which SQL would not"],
  ["every function", "dynamodb:DeleteItem", table, "sessions end by update and go by time to live"],
  ["every function", "dynamodb:BatchWriteItem", table, "a batch knows no conditions"],
  ["every function", "dynamodb:DescribeTable", table, "the table is known from the settings"],
  ["every function", "dynamodb:DeleteTable", table, "one bug would end every chat"],
  ["every function", "dynamodb:UpdateTable", table, "it would take away encryption and deletion protection"],
  ["every function", "dynamodb:UpdateTimeToLive", table, "it would keep sessions for ever"],
  ["every function", "dynamodb:UpdateContinuousBackups", table, "it would end point-in-time recovery"],
  ["every function", "dynamodb:ExportTableToPointInTime", table, "it would carry all sessions away"],
  ["every function", "dynamodb:CreateBackup", table, "it would keep sessions for ever"],
  ["every function", "dynamodb:PutResourcePolicy", table, "it would let others in"],
  ["every function", "dynamodb:GetRecords", ({ table: arn }) => `${arn}/stream/2026-01-05T00:00:00.000`, "a stream shows every session"],
  ["every function", "dynamodb:UpdateItem", otherTable, "the company's other tables are not ours"],
  ["start-chat", "dynamodb:PutItem", otherTable, "the company's other tables are not ours"],
  ["every function", "dynamodb:UpdateItem", ({ table: arn }) => `${arn}-old`, "a table whose name begins alike is another table"],
  ["every function", "dynamodb:UpdateItem", ({ table: arn }) => arn.replace("eu-west-2", "us-east-1"), "a table of that name in another Region is another table"],
  ["every function", "dynamodb:UpdateItem", ({ table: arn }) => arn.replace("111122223333", "444455556666"), "a table of that name in another account is another table"],
  ["every function", "dynamodb:ListTables", "*", "what else the company stores is no business of ours"],

  ["every function", "kms:Decrypt", key, "the key serves the table, not the functions themselves"],
  ["every function", "kms:Decrypt", key, "the key serves the table, and no bucket", viaService("s3")],
  ["every function", "kms:Decrypt", key, "the key serves the table of its own Region", viaService("dynamodb", "us-east-1")],
  ["every function", "kms:Decrypt", otherKey, "the keys of the company's other tables are not ours", viaService("dynamodb")],
  ["every function", "kms:Encrypt", key, "tokens are sealed with keys of handles, which AWS does not know"],
  ["every function", "kms:GenerateDataKey", key, "tokens are sealed with keys of handles, which AWS does not know"],
  ["every function", "kms:CreateGrant", key, "it would let others use the key", viaService("dynamodb")],
  ["every function", "kms:ScheduleKeyDeletion", key, "it would end every chat, for ever"],
  ["every function", "kms:DisableKey", key, "it would end every chat"],
  ["every function", "kms:PutKeyPolicy", key, "it would let others use the key"],
];
