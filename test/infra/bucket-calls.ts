import type { AwsCall } from "./evaluate-policy.ts";
import type { Deployment } from "./read-deployment.ts";

/** A call on the bucket of uploads: what for, and the call. */
export type BucketCall = readonly [purpose: string, call: AwsCall];

/**
 * The calls that the attachments function makes on an upload, and that visitors make in its name with the URLs it
 * signed. S3 judges those by the rights of whoever signed.
 */
export function bucketCallsIn({ bucket }: Deployment): readonly BucketCall[] {
  const resource = `${bucket}/uploads/44444444-4444-4444-8444-444444444444/55555555-5555-4555-8555-555555555555`;
  return [
    ["a visitor uploads by a signed URL", { action: "s3:PutObject", resource }],
    ["the bytes are read, to be inspected", { action: "s3:GetObject", resource }],
    ["what was handed on or refused is deleted", { action: "s3:DeleteObject", resource }],
  ];
}
