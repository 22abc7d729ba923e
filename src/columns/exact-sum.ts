/**
 * The sum of finite numbers, rounded once: the same in any order.
 *
 * Method: Shewchuk (1997), an expansion of partial sums that do not overlap, as Python's `math.fsum`. Two partials hold
 * what usual money needs and are kept apart for speed (1 M amounts in cents: 4 ms). O(n) in practice.
 */
export function exactSum(values: Float64Array): number {
  return roundedOnce(exactParts(values));
}

/** The sum of several columns, rounded once, from the parts of each. */
export function exactTotal(parts: readonly (readonly number[])[]): number {
  const partials: number[] = [];
  for (const part of parts) for (const x of part) addTo(partials, x);
  return roundedOnce(partials);
}

/** The sum of a column before it is rounded: few numbers, ascending in size, that do not overlap. */
export function exactParts(values: Float64Array): number[] {
  let high = 0;
  let low = 0;
  for (let i = 0; i < values.length; i++) {
    const x = values[i]!;
    // Knuth's two-sum: `sum + error` is exactly what was added.
    const sum = high + x;
    const shifted = sum - high;
    const error = high - (sum - shifted) + (x - shifted);
    const lower = low + error;
    const back = lower - low;
    if (low - (lower - back) + (error - back) !== 0) return allPartials(values, i, [low, high]);
    high = sum;
    low = lower;
  }
  return [low, high];
}

/** From this many rows on, values are cut into slices before they are added. */
const MANY = 256;

/** The general way: what was added so far, then the rows from `from` on. */
function allPartials(values: Float64Array, from: number, added: readonly number[]): number[] {
  const partials: number[] = [];                 // ascending in size, not overlapping
  for (const x of added) addTo(partials, x);
  if (values.length - from < MANY || !addSlices(partials, values, from)) {
    for (let i = from; i < values.length; i++) addTo(partials, values[i]!);
  }
  return partials;
}

/**
 * Cut every value into three slices on fixed grids, whose sums need no rounding; what is left of a value below them, rarely
 * anything, is added for itself.
 *
 * @returns false, with nothing added, where the values are too large or too small for such grids
 *
 * Method: extraction of Rump, Ogita & Oishi (2008): (s + x) - s is x on the grid of s; n values below s / n add up to less
 * than s. 1 M values of full precision: 6 ms, against 60 ms one by one.
 */
function addSlices(partials: number[], values: Float64Array, from: number): boolean {
  let most = 0;
  for (let i = from; i < values.length; i++) most = Math.max(most, Math.abs(values[i]!));
  const slices = exactSlices(most, values.length - from);
  if (slices === undefined) return false;
  const [first, second, third] = slices;
  let high = 0, middle = 0, low = 0;
  for (let i = from; i < values.length; i++) {
    const x = values[i]!;
    const a = first + x - first;
    const left = x - a;
    const b = second + left - second;
    const rest = left - b;
    const c = third + rest - third;
    high += a;
    middle += b;
    low += c;
    if (rest !== c) addTo(partials, rest - c);
  }
  for (const x of [low, middle, high]) addTo(partials, x);
  return true;
}

/**
 * Constants that cut numbers into slices on fixed grids: `first + x - first` is x on the first grid, and so on with what is
 * left. Slices of one grid can be added, and taken away again, in any order without rounding.
 *
 * @param most no number to be cut is larger in size
 * @param n how many there are at most
 * @returns undefined where numbers are too large or too small for such grids
 */
export function exactSlices(most: number, n: number): readonly [first: number, second: number, third: number] | undefined {
  if (!(most > 1e-200 && most < 1e290)) return undefined;
  const room = 2 ** Math.ceil(Math.log2(n + 2));
  const first = room * 2 ** (Math.floor(Math.log2(most)) + 2);
  // Below s stays less than half its grid, and n of those again must stay below the next s.
  const second = first * room * 2 ** -52;
  return [first, second, second * room * 2 ** -52];
}

function addTo(partials: number[], value: number): void {
  let x = value;
  let kept = 0;
  for (let k = 0; k < partials.length; k++) {
    let y = partials[k]!;
    if (Math.abs(x) < Math.abs(y)) [x, y] = [y, x];
    const high = x + y;
    const low = y - (high - x);
    if (low !== 0) partials[kept++] = low;
    x = high;
  }
  partials.splice(kept, Infinity, x);
}

/** Add the partials from the largest down; half-way cases follow the sign of what is left below. */
function roundedOnce(partials: readonly number[]): number {
  let k = partials.length - 1;
  let high = partials[k] ?? 0;
  let low = 0;
  while (k > 0 && low === 0) {
    const x = high;
    const y = partials[--k]!;
    high = x + y;
    low = y - (high - x);
  }
  if (k > 0 && Math.sign(low) === Math.sign(partials[k - 1]!)) {
    const doubled = low * 2;
    const rounded = high + doubled;
    if (rounded - high === doubled) return rounded;
  }
  return high;
}
