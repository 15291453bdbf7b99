/**
 * The largest whole number from 1 to `max` that is accepted, 0 for none, where all up to some limit are: the likely
 * limits are tried first, and halving finds any other one.
 *
 * @param likely limits worth trying before the halving, below `max`
 */
export async function largestAccepted(
  likely: readonly number[],
  max: number,
  accepts: (size: number) => Promise<boolean>,
): Promise<number> {
  if (await accepts(max)) return max;
  let accepted = 0;
  let refused = max;
  for (const size of [...likely].sort((a, b) => a - b)) {
    if (!(await accepts(size))) {
      refused = size;
      break;
    }
    accepted = size;
  }
  // A likely limit shows by its next: accepted itself, and refused one more.
  if (accepted > 0 && refused > accepted + 1 && !(await accepts(accepted + 1))) return accepted;
  while (refused - accepted > 1) {
    const middle = Math.floor((accepted + refused) / 2);
    if (await accepts(middle)) accepted = middle;
    else refused = middle;
  }
  return accepted;
}
