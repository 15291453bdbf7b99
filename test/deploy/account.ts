import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

process.env["AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE"] = "1";
const { default: AWS } = await import("aws-sdk");

/** The account and Region that the stack is deployed to. */
export const place = { account: "000000000000", region: "us-east-1" } as const;

/** The credentials of the account's owner, as the emulator knows them. */
export const ownerCredentials = { accessKeyId: "test", secretAccessKey: "test" } as const;

/** The services of the account, for its owner. aws-sdk v2 has them all in one package. */
export function openAccount(endpoint: string) {
  const options = { ...ownerCredentials, endpoint, region: place.region };
  return {
    cloudFormation: new AWS.CloudFormation(options),
    functions: new AWS.Lambda(options),
    apis: new AWS.APIGateway(options),
    socketApis: new AWS.ApiGatewayV2(options),
    topics: new AWS.SNS(options),
    logs: new AWS.CloudWatchLogs(options),
    rights: new AWS.IAM(options),
    buckets: new AWS.S3({ ...options, s3ForcePathStyle: true }),
    tables: DynamoDBDocumentClient.from(
      new DynamoDBClient({ endpoint, region: place.region, credentials: ownerCredentials }),
    ),
  };
}

/** See {@link openAccount}. */
export type Account = ReturnType<typeof openAccount>;
