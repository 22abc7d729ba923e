/** What the log says of each customer, one entry per customer group; dates in the log's units. */
export interface Aggregate {
  /** first and last purchase; meaningless where `purchases` is 0 */
  readonly first: Int32Array;
  readonly last: Int32Array;
  /** purchase rows */
  readonly purchases: Int32Array;
  /** distinct purchase dates */
  readonly dates: Int32Array;
  /** sum of squared gaps between neighbouring purchase dates, in units squared */
  readonly gapSquares: Float64Array;
  /** net money of all rows, added in file order */
  readonly total: Float64Array;
  /** net money of rows after the first purchase date */
  readonly repeatTotal: Float64Array;
}

/**
 * One row per customer from columns in file order.
 *
 * `keep[i]` 0 leaves row i out. A row with amount >= 0 is a purchase; one below 0 a return, which moves money only.
 * Sums follow the file order within each customer, so that any way of splitting the work gives the same bits.
 * `repeatTotal` is summed apart, never as a difference of large sums: when an earlier purchase turns up late in the
 * file, the day that was first until then joins the repeats as a whole.
 *
 * @param codes customer of each row, 0 … customers - 1
 * @param dates in units since 1970-01-01
 *
 * O(n) for a log in date order; customers whose purchases are out of order cost a sort of their own dates.
 */
export function aggregate(codes: Int32Array, dates: Int32Array, amounts: Float64Array, keep: Uint8Array | undefined, customers: number): Aggregate {
  const first = new Int32Array(customers);
  const last = new Int32Array(customers);
  const purchases = new Int32Array(customers);
  const distinct = new Int32Array(customers);
  const gapSquares = new Float64Array(customers);
  const total = new Float64Array(customers);
  const firstTotal = new Float64Array(customers);
  const repeatTotal = new Float64Array(customers);
  const unordered = new Uint8Array(customers);
  const early: number[] = [];                      // returns dated before any purchase known so far
  let anyUnordered = false;

  for (let i = 0; i < codes.length; i++) {
    if (keep !== undefined && keep[i] === 0) continue;
    const c = codes[i]!;
    const date = dates[i]!;
    const amount = amounts[i]!;
    total[c]! += amount;
    if (amount < 0) {
      if (purchases[c] === 0 || date < first[c]!) early.push(i);
      else if (date === first[c]) firstTotal[c]! += amount;
      else repeatTotal[c]! += amount;
      continue;
    }
    if (purchases[c]!++ === 0) {
      first[c] = last[c] = date;
      distinct[c] = 1;
      firstTotal[c] = amount;
      continue;
    }
    const gap = date - last[c]!;
    if (gap > 0) {
      last[c] = date;
      distinct[c]!++;
      gapSquares[c]! += gap * gap;
    } else if (gap < 0) {
      unordered[c] = 1;
      anyUnordered = true;
    }
    if (date > first[c]!) repeatTotal[c]! += amount;
    else if (date === first[c]) firstTotal[c]! += amount;
    else {
      repeatTotal[c]! += firstTotal[c]!;
      first[c] = date;
      firstTotal[c] = amount;
    }
  }
  for (const i of early) if (dates[i]! > first[codes[i]!]! && purchases[codes[i]!]! > 0) repeatTotal[codes[i]!]! += amounts[i]!;
  if (anyUnordered) recountDates(codes, dates, amounts, keep, unordered, purchases, distinct, gapSquares);
  return { first, last, purchases, dates: distinct, gapSquares, total, repeatTotal };
}

/** Distinct dates and gaps of the customers whose purchases do not stand in date order. */
function recountDates(codes: Int32Array, dates: Int32Array, amounts: Float64Array, keep: Uint8Array | undefined, unordered: Uint8Array, purchases: Int32Array, distinct: Int32Array, gapSquares: Float64Array): void {
  const start = new Int32Array(unordered.length + 1);
  for (let c = 0; c < unordered.length; c++) start[c + 1] = start[c]! + (unordered[c] === 1 ? purchases[c]! : 0);
  const collected = new Int32Array(start[unordered.length]!);
  const next = start.slice(0, unordered.length);
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i]!;
    if (unordered[c] === 1 && amounts[i]! >= 0 && (keep === undefined || keep[i] === 1)) collected[next[c]!++] = dates[i]!;
  }
  for (let c = 0; c < unordered.length; c++) {
    if (unordered[c] === 0) continue;
    const own = collected.subarray(start[c]!, start[c + 1]!).sort();
    let count = 1;
    let squares = 0;
    for (let k = 1; k < own.length; k++) {
      const gap = own[k]! - own[k - 1]!;
      if (gap > 0) {
        count++;
        squares += gap * gap;
      }
    }
    distinct[c] = count;
    gapSquares[c] = squares;
  }
}

/**
 * Distinct orders of each customer: purchase rows with the same order id count once, a row without an id counts alone.
 *
 * @param orders group of each row's order id, -1 = missing
 * @param orderCount number of order groups
 */
export function countOrders(codes: Int32Array, orders: Int32Array, orderCount: number, amounts: Float64Array, keep: Uint8Array | undefined, customers: number): Int32Array {
  const counts = new Int32Array(customers);
  const owner = new Int32Array(orderCount).fill(-1);
  const shared = new Set<number>();                // order ids that several customers use, rare
  for (let i = 0; i < codes.length; i++) {
    if ((keep !== undefined && keep[i] === 0) || amounts[i]! < 0) continue;
    const c = codes[i]!;
    const order = orders[i]!;
    if (order === -1) counts[c]!++;
    else if (owner[order] === -1) {
      owner[order] = c;
      counts[c]!++;
    } else if (owner[order] !== c) {
      const pair = order * customers + c;
      if (!shared.has(pair)) {
        shared.add(pair);
        counts[c]!++;
      }
    }
  }
  return counts;
}
