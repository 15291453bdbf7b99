import { Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import { PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectOwnership,
} from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { bucketRules } from "../lambdas/attachments/bucket-rules.ts";
import { settingNames } from "../lambdas/setting-names.ts";
import { acknowledge, findings, uploads } from "./acknowledged-findings.ts";
import type { NodeFunction } from "./node-function.ts";

/** Properties of {@link QuarantineBucket}. */
export interface QuarantineBucketProps {
  readonly allowedOrigins: readonly string[];
}

/**
 * Where visitors upload to, and where a file waits until its bytes are inspected: nobody else reads or writes. Not
 * versioned, so that a deleted file is gone. S3's own keys encrypt it: with a key of the customer's, every upload
 * would need a right on that key for whoever signed its URL, and would be no better kept, because the same role would
 * hold both rights.
 *
 * It stays when the stack goes, with its policy. CloudFormation deletes no bucket that holds a file, and one of an
 * upload nobody finished would make the removal fail half-way; so the lifecycle empties it, and it can be deleted by
 * hand. The CDK's `autoDeleteObjects` would be one function more, with the right to delete everything.
 */
export class QuarantineBucket extends Construct {
  readonly bucket: Bucket;
  /** What pages upload to, for a Content-Security-Policy: `https://<bucket>.s3.<region>.amazonaws.com`. */
  readonly origin: string;

  constructor(scope: Construct, id: string, { allowedOrigins }: QuarantineBucketProps) {
    super(scope, id);
    const { cors, lifetimeDays } = bucketRules;
    const lifetime = Duration.days(lifetimeDays);
    this.bucket = new Bucket(this, "Bucket", {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      // Without a prefix: whatever got here by whatever name is gone in a day or two: S3 expires at midnight UTC.
      lifecycleRules: [{ expiration: lifetime, abortIncompleteMultipartUploadAfter: lifetime }],
      cors: [
        {
          allowedOrigins: [...allowedOrigins],
          allowedMethods: cors.methods.map((method) => HttpMethods[method]),
          allowedHeaders: [...cors.headers],
          maxAge: cors.maxAgeSeconds,
        },
      ],
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.bucket.policy?.applyRemovalPolicy(RemovalPolicy.RETAIN);
    acknowledge(this.bucket, findings.noServerAccessLog);
    this.origin = `https://${this.bucket.bucketName}.s3.${Aws.REGION}.${Aws.URL_SUFFIX}`;
  }

  /**
   * Gives a function the right to sign, read and delete uploads, and tells it the bucket's name. It may not list
   * them: S3 then answers a read of what is not there with 403 instead of 404, and nobody who takes the function over
   * learns which uploads there are.
   */
  grantUse({ lambda }: NodeFunction): void {
    lambda.addEnvironment(settingNames.quarantineBucket, this.bucket.bucketName);
    lambda.addToRolePolicy(
      new PolicyStatement({
        actions: ["s3:DeleteObject", "s3:GetObject", "s3:PutObject"],
        resources: [this.bucket.arnForObjects(`${bucketRules.prefix}*`)],
      }),
    );
    if (lambda.role) acknowledge(lambda.role, uploads(this.bucket));
  }
}
