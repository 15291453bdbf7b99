/** So much for each, up to an amount a month; what is beyond costs what the next tier says. */
export interface Tier {
  readonly upTo: number;
  readonly price: number;
}

/**
 * Prices of AWS in us-east-1, in USD; those without tiers are of the first one. Compared on `date` with what could be
 * found: requests, topic, bucket, logs, KMS and alarms with the cost tables of AWS's solutions (Automated Security
 * Response on AWS, "Cost"), init with the AWS Compute Blog ("AWS Lambda standardizes billing for INIT phase"), the
 * web ACL with AWS's WAF guide; a function's seconds on arm64, the table's units (halved in November 2024) and all
 * tiers only with copies of the AWS Price List that others published. Check them, and your Region's, before you rely
 * on a sum.
 */
export const prices = {
  date: "2026-11",
  apiRequest: [
    { upTo: 333e6, price: 3.5e-6 },
    { upTo: 1e9, price: 2.8e-6 },
    { upTo: 20e9, price: 2.38e-6 },
    { upTo: Number.POSITIVE_INFINITY, price: 1.51e-6 },
  ],
  webAclRequest: 0.6e-6,
  lambdaRequest: 0.2e-6,
  /** A GB of memory for a second, on arm64; of a cold start's init, too, since August 2025. */
  lambdaGigabyteSecond: 0.0000133334,
  /** A kilobyte written. */
  tableWriteUnit: 0.625e-6,
  /** Four kilobytes read, consistently. */
  tableReadUnit: 0.125e-6,
  /** Up to 32 KB over a socket, either way. */
  socketMessage: [
    { upTo: 1e9, price: 1e-6 },
    { upTo: Number.POSITIVE_INFINITY, price: 0.8e-6 },
  ],
  socketMinute: 0.25e-6,
  topicPublish: 0.5e-6,
  bucketPut: 5e-6,
  bucketGet: 0.4e-6,
  logGigabyte: 0.5,
  kmsRequest: 3e-6,
  /**
   * A month at rest, as docs/operations.md reckons it: a web ACL with five rules, two keys, the alarms. Each key
   * costs one more after its first and its second yearly rotation. Metrics in use are 7 at most, and not in it.
   */
  fixedMonth: 16,
} as const satisfies Readonly<Record<string, string | number | readonly Tier[]>>;
