/**
 * The sum of finite numbers, rounded once: the same in any order.
 *
 * Method: Shewchuk (1997), an expansion of partial sums that do not overlap, as Python's `math.fsum`. Two partials hold
 * what usual money needs and are kept apart for speed (1 M amounts in cents: 4 ms). O(n) in practice.
 */
export function exactSum(values: Float64Array): number {
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
    if (low - (lower - back) + (error - back) !== 0) return sumOfPartials(values, i, [low, high]);
    high = sum;
    low = lower;
  }
  return high + low;
}

/**
 * The sum of a term of each number, rounded once: exactly what {@link exactSum} gives of all terms.
 *
 * @param term finite, of a finite number
 * @param counts how often each number stands; once when absent
 */
export function exactSumOf(values: Float64Array, term: (value: number) => number, counts?: Int32Array): number {
  return sumOfPartials(values, 0, [], term, counts) + 0;     // never -0
}

/** From this many rows on, values are cut into slices before they are added. */
const MANY = 256;

/** The general way: what was added so far, then the rows from `from` on. */
function sumOfPartials(values: Float64Array, from: number, added: readonly number[], term?: (value: number) => number, counts?: Int32Array): number {
  const partials: number[] = [];                 // ascending in size, not overlapping
  for (const x of added) addTo(partials, x);
  if (values.length - from < MANY) for (let i = from; i < values.length; i++) addTimes(partials, term === undefined ? values[i]! : term(values[i]!), counts === undefined ? 1 : counts[i]!);
  else addByBlocks(partials, values, from, term, counts);
  return roundedOnce(partials);
}

/** Numbers that are added at a time: they stay in the first-level cache. */
const BLOCK = 1024;

function addByBlocks(partials: number[], values: Float64Array, from: number, term: ((value: number) => number) | undefined, counts: Int32Array | undefined): void {
  const terms = new Float64Array(BLOCK);
  const times = new Float64Array(BLOCK).fill(1);
  for (let start = from; start < values.length; start += BLOCK) {
    const used = Math.min(BLOCK, values.length - start);
    let rows = used;
    if (term === undefined) terms.set(values.subarray(start, start + used));
    else for (let k = 0; k < used; k++) terms[k] = term(values[start + k]!);
    if (counts !== undefined) {
      times.set(counts.subarray(start, start + used));
      rows = 0;
      for (let k = 0; k < used; k++) rows += times[k]!;
    }
    addSlices(partials, terms, times, used, rows);
  }
}

/**
 * Add each term as often as it stands: cut into three slices on fixed grids, whose sums need no rounding; what is left of a
 * term below them, rarely anything, is added for itself. Terms too large or too small for such grids are added one by one.
 *
 * @param rows how often all terms stand together
 *
 * Method: extraction of Rump, Ogita & Oishi (2008): (s + x) - s is x on the grid of s; n values below s / n add up to less
 * than s. 1 M values of full precision: 6 ms, against 60 ms one by one.
 */
function addSlices(partials: number[], terms: Float64Array, times: Float64Array, used: number, rows: number): void {
  let most = 0;
  for (let k = 0; k < used; k++) most = Math.max(most, Math.abs(terms[k]!));
  if (!(most > 1e-200 && most < 1e290)) return addOneByOne(partials, terms, times, used);
  const room = 2 ** Math.ceil(Math.log2(rows + 2));
  const first = room * 2 ** (Math.floor(Math.log2(most)) + 2);
  // Below s stays less than half its grid, and n of those again must stay below the next s.
  const second = first * room * 2 ** -52;
  const third = second * room * 2 ** -52;
  let high = 0, middle = 0, low = 0;
  for (let k = 0; k < used; k++) {
    const x = terms[k]!;
    const n = times[k]!;
    const a = first + x - first;
    const left = x - a;
    const b = second + left - second;
    const rest = left - b;
    const c = third + rest - third;
    high += n * a;
    middle += n * b;
    low += n * c;
    if (rest !== c) addTimes(partials, rest - c, n);
  }
  // Not in a loop over a list of them, for which the engine would box all three in every step: 70 ms.
  addTo(partials, low);
  addTo(partials, middle);
  addTo(partials, high);
}

function addOneByOne(partials: number[], terms: Float64Array, times: Float64Array, used: number): void {
  for (let k = 0; k < used; k++) if (terms[k] !== 0) addTimes(partials, terms[k]!, times[k]!);
}

function addTimes(partials: number[], x: number, times: number): void {
  for (let k = 0; k < times; k++) addTo(partials, x);
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
