/**
 * What the quarantine bucket keeps and whom it answers. Plain data, so that the bucket of the stack and the one of
 * the local run have the same rules.
 */
export const bucketRules = {
  /** Every key begins with it; the function has rights below it alone. */
  prefix: "uploads/",
  /** Days after which S3 itself removes what was left behind: no upload is of use for longer than minutes. */
  lifetimeDays: 1,
  /**
   * What pages may send across origins: the PUT of a pre-signed URL, with the one header that browsers ask for. They
   * set Content-Length by themselves and never ask for it (Fetch standard, "forbidden request-header"); any other
   * header would be unsigned. Pages read nothing of the answer but its status.
   */
  cors: { methods: ["PUT"], headers: ["content-type"], maxAgeSeconds: 7_200 },
} as const;
