import { once } from "node:events";
import { connect } from "node:net";
import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  DescribeTableCommand,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DynamoDb, startDynamoDb } from "../../local/dynamodb.ts";

const TableName = "chats";
let calls: string[];
let dynamoDb: DynamoDb;
let client: DynamoDBClient;

beforeEach(async () => {
  calls = [];
  dynamoDb = await startDynamoDb({ tableNames: [TableName], onCall: (operation) => calls.push(operation) });
  client = new DynamoDBClient({
    endpoint: dynamoDb.url,
    region: "us-east-1",
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
    maxAttempts: 1,
  });
});

afterEach(async () => {
  client.destroy();
  await dynamoDb.close();
});

const Key = { pk: { S: "chat-1" } };
const item = { ...Key, status: { S: "active" }, hits: { N: "3" }, seal: { B: Uint8Array.from([1, 2, 255]) } };
const refused = {
  TableName,
  ConditionExpression: "#s = :ended",
  ExpressionAttributeNames: { "#s": "status" },
  ExpressionAttributeValues: { ":ended": { S: "ended" } },
};

async function failureOf(call: Promise<unknown>): Promise<ConditionalCheckFailedException> {
  const error: unknown = await call.then(
    () => undefined,
    (reason) => reason,
  );
  expect(error).toBeInstanceOf(ConditionalCheckFailedException);
  return error as ConditionalCheckFailedException;
}

describe("the embedded DynamoDB", () => {
  test("has the sessions table ready, on demand, keyed by pk", async () => {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    expect(Table?.KeySchema).toEqual([{ AttributeName: "pk", KeyType: "HASH" }]);
    expect(Table?.BillingModeSummary?.BillingMode).toBe("PAY_PER_REQUEST");
  });

  test("tells the operation of each call and counts no call of its own", async () => {
    await client.send(new PutItemCommand({ TableName, Item: item }));
    await client.send(new GetItemCommand({ TableName, Key }));
    expect(calls).toEqual(["PutItem", "GetItem"]);
  });

  test("listens on the loopback address alone", () => {
    expect(dynamoDb.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });

  test("forgets everything when it is closed, and two of them share nothing", async () => {
    const other = await startDynamoDb({ tableNames: [TableName] });
    await client.send(new PutItemCommand({ TableName, Item: item }));
    const elsewhere = new DynamoDBClient({
      endpoint: other.url,
      region: "eu-west-1",
      credentials: { accessKeyId: "a", secretAccessKey: "b" },
    });
    expect((await elsewhere.send(new GetItemCommand({ TableName, Key }))).Item).toBeUndefined();
    elsewhere.destroy();
    await other.close();
  });

  test("survives a client that hangs up half-way through a request", async () => {
    const socket = connect(Number(new URL(dynamoDb.url).port), "127.0.0.1");
    socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nhalf", () =>
      socket.resetAndDestroy(),
    );
    await once(socket, "close");
    await client.send(new PutItemCommand({ TableName, Item: item }));
    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(item);
  });
});

describe("a condition that fails with ReturnValuesOnConditionCheckFailure ALL_OLD", () => {
  const commands = {
    UpdateItem: () =>
      new UpdateItemCommand({
        ...refused,
        Key,
        UpdateExpression: "SET hits = :ended",
        ReturnValuesOnConditionCheckFailure: "ALL_OLD",
      }),
    PutItem: () =>
      new PutItemCommand({ ...refused, Item: { ...Key }, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
    DeleteItem: () =>
      new DeleteItemCommand({ ...refused, Key, ReturnValuesOnConditionCheckFailure: "ALL_OLD" }),
  };

  test.each(Object.entries(commands))("answers the item that %s was refused for", async (_name, command) => {
    await client.send(new PutItemCommand({ TableName, Item: item }));
    const failure = await failureOf(client.send(command() as UpdateItemCommand));
    expect(failure.message).toBe("The conditional request failed");
    expect(failure.Item).toEqual(item);
    expect((await client.send(new GetItemCommand({ TableName, Key }))).Item).toEqual(item);
  });

  test.each(Object.entries(commands))("answers no item where %s found none", async (_name, command) => {
    expect((await failureOf(client.send(command() as UpdateItemCommand))).Item).toBeUndefined();
  });

  test("answers no item to a request that did not ask for it", async () => {
    await client.send(new PutItemCommand({ TableName, Item: item }));
    const failure = await failureOf(
      client.send(new UpdateItemCommand({ ...refused, Key, UpdateExpression: "SET hits = :ended" })),
    );
    expect(failure.Item).toBeUndefined();
  });

  test("shows each loser of a 50-way race an item on which its own condition was false", async () => {
    await client.send(
      new PutItemCommand({ TableName, Item: { ...Key, hits: { N: "0" }, winner: { N: "-1" } } }),
    );
    const attempt = (expected: number) =>
      client.send(
        new UpdateItemCommand({
          TableName,
          Key,
          UpdateExpression: "SET hits = hits + :one, winner = :expected",
          ConditionExpression: "hits = :expected",
          ExpressionAttributeValues: { ":one": { N: "1" }, ":expected": { N: String(expected) } },
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      );
    const targets = Array.from({ length: 50 }, (_, index) => index % 5);
    const outcomes = await Promise.all(
      targets.map((expected) =>
        attempt(expected).then(
          () => ({ expected, seen: undefined }),
          (error: unknown) => ({ expected, seen: (error as ConditionalCheckFailedException).Item }),
        ),
      ),
    );
    const winners = outcomes.filter(({ seen }) => seen === undefined).map(({ expected }) => expected);
    expect(winners).toEqual([...new Set(winners)]);
    expect(winners.length).toBeGreaterThan(0);
    for (const { expected, seen } of outcomes.filter(({ seen }) => seen !== undefined)) {
      expect(Number(seen?.["hits"]?.N)).not.toBe(expected);
      expect(Number(seen?.["winner"]?.N)).toBe(Number(seen?.["hits"]?.N) - 1);
    }
  });
});
