/**
 * A time as API Gateway's events have it in `requestTime`: `09/Apr/2026:12:34:56 +0000`.
 *
 * @param time milliseconds since the epoch
 */
export function commonLogTime(time: number): string {
  const [, day, month, year, clock] = new Date(time).toUTCString().split(" ");
  return `${day}/${month}/${year}:${clock} +0000`;
}
