/**
 * Prices of AWS in us-east-1, in USD, as they were remembered of the public price pages (aws.amazon.com/<service>/pricing) on `date`: nobody could look
 * them up where this was written. Check them, and your Region's, before you rely on a sum.
 */
export const prices = {
  date: "2026-11",
  apiRequest: 3.5e-6,
  webAclRequest: 0.6e-6,
  lambdaRequest: 0.2e-6,
  /** A GB of memory for a second, on arm64; of a cold start's init, too, since August 2025. */
  lambdaGigabyteSecond: 0.0000133334,
  /** A kilobyte written. */
  tableWriteUnit: 0.625e-6,
  /** Four kilobytes read, consistently. */
  tableReadUnit: 0.125e-6,
  /** Up to 32 KB over a socket, either way. */
  socketMessage: 1e-6,
  socketMinute: 0.25e-6,
  topicPublish: 0.5e-6,
  bucketPut: 5e-6,
  bucketGet: 0.4e-6,
  logGigabyte: 0.5,
  kmsRequest: 3e-6,
  /** A month at rest, as docs/operations.md reckons it: a web ACL with five rules, two keys, the alarms. Metrics in use are 7 at most, and not in it. */
  fixedMonth: 16,
} as const;
