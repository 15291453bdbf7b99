/**
 * The life that an answer advertises, in whole seconds.
 *
 * @param expiry the time it names
 * @param serviceTime when it was answered, by the service's clock, in milliseconds since the epoch
 * @throws Error if `expiry` is no time
 */
export function advertisedSeconds(expiry: string, serviceTime: number): number {
  const life = Date.parse(expiry) - serviceTime;
  if (Number.isNaN(life)) throw new Error(`Amazon Connect answered the expiry ${JSON.stringify(expiry)}.`);
  return Math.round(life / 1000);
}

/** The life that is signed into a URL of Amazon S3, in seconds; undefined for a URL without it. */
export function signedSeconds(url: string): number | undefined {
  const seconds = URL.canParse(url) ? new URL(url).searchParams.get("X-Amz-Expires") : null;
  return seconds ? Number(seconds) : undefined;
}
