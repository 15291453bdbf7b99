import { expect, test } from "vitest";
import { createResolver } from "./resolve-template.ts";

const resolve = createResolver({
  Table: { Type: "AWS::DynamoDB::Table" },
  RelayTable: { Type: "AWS::DynamoDB::Table" },
  Bucket: { Type: "AWS::S3::Bucket" },
  Topic: { Type: "AWS::SNS::Topic" },
  Key: { Type: "AWS::KMS::Key" },
  Logs: { Type: "AWS::Logs::LogGroup" },
  Role: { Type: "AWS::IAM::Role" },
  Stage: { Type: "AWS::ApiGateway::Stage" },
});

test.each([
  [{ Ref: "AWS::Region" }, "eu-west-2"],
  [{ Ref: "Table" }, "sessions"],
  [{ Ref: "RelayTable" }, "relay"],
  [{ Ref: "Bucket" }, "quarantine"],
  [{ "Fn::GetAtt": ["Bucket", "Arn"] }, "arn:aws:s3:::quarantine"],
  [{ Ref: "Key" }, "Key"],
  [{ Ref: "Topic" }, "arn:aws:sns:eu-west-2:111122223333:Topic"],
  [{ "Fn::GetAtt": ["Table", "Arn"] }, "arn:aws:dynamodb:eu-west-2:111122223333:table/sessions"],
  [{ "Fn::GetAtt": ["Logs", "Arn"] }, "arn:aws:logs:eu-west-2:111122223333:log-group:Logs:*"],
  [{ "Fn::GetAtt": ["Role", "Arn"] }, "arn:aws:iam::111122223333:role/Role"],
  [
    { "Fn::Join": [".", ["dynamodb", { Ref: "AWS::Region" }, { Ref: "AWS::URLSuffix" }]] },
    "dynamodb.eu-west-2.amazonaws.com",
  ],
  [
    { "Fn::Sub": `${of("AWS::AccountId")}/${of("Key")}/${of("Key.Arn")}/${of("!left")}` },
    `111122223333/Key/arn:aws:kms:eu-west-2:111122223333:key/Key/${of("left")}`,
  ],
  [
    { Effect: "Allow", Resource: [{ Ref: "Key" }, "*"], Times: 2 },
    { Effect: "Allow", Resource: ["Key", "*"], Times: 2 },
  ],
])("%j comes to %j", (value, resolved) => {
  expect(resolve(value)).toEqual(resolved);
});

test.each([
  [{ Ref: "AWS::StackName" }],
  [{ Ref: "Nothing" }],
  [{ "Fn::GetAtt": ["Table", "StreamArn"] }],
  [{ "Fn::GetAtt": ["Stage", "Arn"] }],
  [{ "Fn::Sub": [of("name"), { name: "x" }] }],
  [{ "Fn::ImportValue": "other-stack" }],
  [[{ "Fn::If": ["condition", "a", "b"] }]],
])("%j is not guessed at", (value) => {
  expect(() => resolve(value)).toThrow();
});

/** A variable of `Fn::Sub`. */
function of(name: string): string {
  return `\${${name}}`;
}
