/** The middle one of some measurements: what one slow run of a shared machine does not move. */
export function median(values: readonly number[]): number {
  return percentile(values, 50);
}

/** The smallest value that `percent` of the values do not exceed. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
}

/** A number of three significant digits, so that a table claims no more than was measured. */
export function rounded(value: number): number {
  return Number(value.toPrecision(3));
}
