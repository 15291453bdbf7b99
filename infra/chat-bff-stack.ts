import { CfnOutput, Stack } from "aws-cdk-lib";
import type { Construct } from "constructs";
import { readConfig } from "./config.ts";
import { ConnectChatBff } from "./connect-chat-bff.ts";
import type { DeploymentSettings } from "./deployment-settings.ts";

/** A stack with the proxy and nothing else, in the account and Region of the Connect instance. */
export class ChatBffStack extends Stack {
  constructor(scope: Construct, settings: DeploymentSettings) {
    const { stackName, instance, cloudWatchRole } = readConfig(settings);
    super(scope, stackName, {
      description: "Backend-for-frontend for Amazon Connect chat",
      env: { account: instance.account, region: instance.region },
    });
    const chat = new ConnectChatBff(this, "Chat", settings);
    const { endpoint, startChatUrl, domainTarget, relayUrl, sessionsTableName, quarantineBucketName } = chat;
    this.#output("ApiEndpoint", endpoint, "Endpoint for chat clients");
    this.#output("StartChatUrl", startChatUrl, "Where pages start a chat");
    this.#output(
      "FrontEndSetup",
      `connect.ChatSession.setGlobalConfig({ endpoint: "${endpoint}", region: "${instance.region}" });`,
      "Paste before the first ChatSession.create",
    );
    this.#output(
      "KeptOnRemoval",
      `DynamoDB table ${sessionsTableName}, its KMS key, S3 bucket ${quarantineBucketName}, all log groups${cloudWatchRole ? ", API Gateway's account-wide log role" : ""}`,
      "Removing the stack leaves these; delete them by hand when nobody needs them",
    );
    this.#output("RevokeFunction", chat.revokeFunctionName, "Revokes sessions: npm run revoke invokes it");
    this.#output("UploadOrigin", chat.uploadOrigin, "Where pages upload files to, for their connect-src");
    if (relayUrl)
      this.#output("RelayUrl", relayUrl, "Where sockets are opened, with a ticket; clients are told");
    if (domainTarget) this.#output("DomainTarget", domainTarget, "Target of the domain's DNS record");
  }

  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
