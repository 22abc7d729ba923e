/**
 * Where an increasing function reaches a value, by safeguarded Newton steps.
 *
 * @param f increasing on (low, high)
 * @param slope its derivative
 * @param target value between f(low) and f(high)
 * @param start first guess
 * @returns x with f(x) = target, to the accuracy of f
 *
 * Method: Newton, replaced by bisection where it leaves the bracket. About 10 calls of f.
 */
export function invertIncreasing(f: (x: number) => number, slope: (x: number) => number, target: number, start: number, low: number, high: number): number {
  let below = low;
  let above = high;
  let x = start > low && start < high ? start : middle(low, high);
  for (let step = 0; step < 200; step++) {
    const miss = f(x) - target;
    if (miss === 0) return x;
    if (miss > 0) above = x;
    else below = x;
    let next = x - miss / slope(x);
    if (!(next > below && next < above)) next = middle(below, above);
    if (Math.abs(next - x) <= 2e-16 * Math.abs(next)) return next;
    x = next;
  }
  return x;
}

/** The middle of a bracket; by ratio where both ends are positive, outward where one is infinite. */
function middle(low: number, high: number): number {
  if (high === Infinity) return low > 0 ? low * 4 : low === 0 ? 1 : -low / 4 + 1;
  if (low === -Infinity) return high < 0 ? high * 4 : -1;
  if (low > 0 && high / low > 4) return Math.sqrt(low * high);
  if (low === 0 && high > 0) return high / 8;
  return low + (high - low) / 2;
}
