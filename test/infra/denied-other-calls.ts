import type { FunctionName } from "../../lambdas/routes.ts";
import type { DeniedCall } from "./denied-call.ts";
import type { Deployment } from "./read-deployment.ts";
import { arnOf } from "./resolve-template.ts";

const ownLogs = ({ logGroups }: Deployment, name: FunctionName) => logGroups[name];
const ownRole = ({ roles }: Deployment, name: FunctionName) => roles[name];
const ownFunction = ({ functions }: Deployment, name: FunctionName) => functions[name];
const startFunction = ({ functions }: Deployment) => functions["start-chat"];
const neighbourLogStream = ({ logGroups }: Deployment, name: FunctionName) =>
  `${logGroups[name === "chat" ? "start-chat" : "chat"]}:log-stream:2026/01/05/[$LATEST]0f2d7c1e5b1a4c59`;

/** Calls of every other service that must be denied, to whichever function. */
// biome-ignore format: a table reads by its columns
export const deniedOtherCalls: readonly DeniedCall[] = [
  ["every function", "logs:CreateLogStream", neighbourLogStream, "each function writes to its own log"],
  ["every function", "logs:PutLogEvents", neighbourLogStream, "each function writes to its own log"],
  ["every function", "logs:CreateLogGroup", ownLogs, "log groups come with the stack, which says when they forget"],
  ["every function", "logs:PutRetentionPolicy", ownLogs, "the settings say when logs forget"],
  ["every function", "logs:DeleteLogGroup", ownLogs, "traces of an abuse are not for the abused to remove"],
  ["every function", "logs:FilterLogEvents", ownLogs, "logs are written here and read elsewhere"],
  ["every function", "xray:GetTraceSummaries", "*", "traces are sent from here and read elsewhere"],
  ["every function", "cloudwatch:PutMetricData", "*", "there is nothing to measure outside the log"],
  ["every function", "lambda:InvokeFunction", startFunction, "a chat is started through the API, with its limits"],
  ["every function", "lambda:UpdateFunctionCode", ownFunction, "only a deployment changes code"],
  ["every function", "lambda:UpdateFunctionConfiguration", ownFunction, "only a deployment changes settings"],
  ["every function", "lambda:GetFunction", startFunction, "the settings of one function are not for the others"],
  ["every function", "iam:PassRole", ownRole, "a role that can be passed on can be used for anything"],
  ["every function", "iam:PutRolePolicy", ownRole, "nobody gives rights to itself"],
  ["every function", "iam:AttachRolePolicy", ownRole, "nobody gives rights to itself"],
  ["every function", "iam:CreateAccessKey", arnOf("iam", "user/admin", { region: "" }), "credentials that stay would outlive the function"],
  ["every function", "sts:AssumeRole", ({ roles }) => roles["start-chat"], "each function is what it is"],
  ["every function", "sts:AssumeRole", arnOf("iam", "role/Admin", { region: "", account: "444455556666" }), "no way leads into another account"],
  ["every function", "secretsmanager:GetSecretValue", arnOf("secretsmanager", "secret:orders-AbCdEf"), "there is no secret of ours, and others' are not for us"],
  ["every function", "ssm:GetParameter", arnOf("ssm", "parameter/orders"), "settings are in the environment, and others' are not for us"],
  ["every function", "s3:GetObject", "arn:aws:s3:::connect-attachments/a.txt", "files go from Connect's bucket to the page, not through us"],
  ["every function", "s3:PutObject", "arn:aws:s3:::connect-attachments/a.txt", "Connect's bucket takes what comes with URLs that Connect signed"],
  ["every function", "s3:ListBucket", "arn:aws:s3:::connect-attachments", "nobody needs the files of all chats"],
  ["every function", "s3:ListAllMyBuckets", "*", "what else the company stores is no business of ours"],
  ["every function", "execute-api:ManageConnections", arnOf("execute-api", "a1b2c3d4e5/prod/POST/@connections/abc"), "the company's other sockets are not ours"],
  ["every function", "execute-api:Invoke", arnOf("execute-api", "a1b2c3d4e5/prod/POST/orders"), "the company's private APIs are not for visitors"],
  ["every function", "sns:Publish", arnOf("sns", "alerts"), "a visitor's words go to Connect and nowhere else"],
  ["every function", "sqs:SendMessage", arnOf("sqs", "orders"), "a visitor's words go to Connect and nowhere else"],
  ["every function", "ses:SendEmail", arnOf("ses", "identity/example.com"), "no mail is sent in the company's name"],
  ["every function", "events:PutEvents", arnOf("events", "event-bus/default"), "nothing else is set going by a chat"],
  ["every function", "ec2:CreateNetworkInterface", arnOf("ec2", "subnet/subnet-0a1b2c3d"), "no way leads into a private network"],
  ["every function", "wafv2:UpdateWebACL", arnOf("wafv2", "regional/webacl/chat/88888888-8888-4888-8888-888888888888"), "the guarded do not change the guard"],
  ["every function", "cloudformation:UpdateStack", arnOf("cloudformation", "stack/ConnectChatBff/88888888-8888-4888-8888-888888888888"), "only a deployment changes the stack"],
];
