import type { DeniedCall } from "./denied-call.ts";
import type { Deployment } from "./read-deployment.ts";

const bucket = (deployment: Deployment) => deployment.bucket;
const upload = ({ bucket: arn }: Deployment) => `${arn}/uploads/44444444-4444-4444-8444-444444444444/a`;
const beside = ({ bucket: arn }: Deployment) => `${arn}/archive/44444444-4444-4444-8444-444444444444/a`;
const alike = ({ bucket: arn }: Deployment) => `${arn}/uploads-old/a`;
const otherBucket = ({ bucket: arn }: Deployment) => `${arn}-old/uploads/a`;

/** Calls on the bucket of uploads that must be denied. */
// biome-ignore format: a table reads by its columns
export const deniedBucketCalls: readonly DeniedCall[] = [
  ["every function but attachments", "s3:PutObject", upload, "nobody else lets visitors upload"],
  ["every function but attachments", "s3:GetObject", upload, "nobody else reads what visitors uploaded"],
  ["every function but attachments", "s3:DeleteObject", upload, "nobody else has to do with uploads"],
  ["every function", "s3:PutObject", beside, "visitors upload below one prefix"],
  ["every function", "s3:GetObject", beside, "what is not an upload is not read"],
  ["every function", "s3:DeleteObject", beside, "what is not an upload is not deleted"],
  ["every function", "s3:PutObject", alike, "a prefix that begins alike is another prefix"],
  ["every function", "s3:GetObject", alike, "a prefix that begins alike is another prefix"],
  ["every function", "s3:PutObject", otherBucket, "a bucket whose name begins alike is another bucket"],
  ["every function", "s3:GetObject", otherBucket, "a bucket whose name begins alike is another bucket"],
  ["every function", "s3:ListBucket", bucket, "an upload is found by its key alone"],
  ["every function", "s3:ListBucket", bucket, "an upload is found by its key alone, below the prefix too", { "s3:prefix": "uploads/" }],
  ["every function", "s3:ListBucketMultipartUploads", bucket, "an upload is found by its key alone"],
  ["every function", "s3:GetObjectVersion", upload, "there are no versions"],
  ["every function", "s3:DeleteObjectVersion", upload, "there are no versions"],
  ["every function", "s3:PutObjectAcl", upload, "nobody opens a file to others"],
  ["every function", "s3:PutObjectTagging", upload, "nothing is known of a file but its bytes"],
  ["every function", "s3:PutBucketPolicy", bucket, "it would let others in"],
  ["every function", "s3:DeleteBucketPolicy", bucket, "it would let requests in without TLS"],
  ["every function", "s3:PutBucketPublicAccessBlock", bucket, "it would let everybody in"],
  ["every function", "s3:PutBucketCORS", bucket, "the settings say which pages may upload"],
  ["every function", "s3:PutLifecycleConfiguration", bucket, "it would keep files for ever"],
  ["every function", "s3:PutBucketVersioning", bucket, "it would keep what was deleted"],
  ["every function", "s3:PutReplicationConfiguration", bucket, "it would carry files away"],
  ["every function", "s3:PutEncryptionConfiguration", bucket, "the stack says how files are kept"],
  ["every function", "s3:PutBucketNotification", bucket, "it would tell others of each file"],
  ["every function", "s3:DeleteBucket", bucket, "the bucket goes by hand alone"],
];
