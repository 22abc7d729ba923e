import { wholeCents } from './money.js';

/** Money by customer, of all rows and of parts of them. */
export interface MoneySums {
  /** net money of all rows */
  readonly total: Float64Array;
  /** net money of rows after the first purchase date, but for those in `earlyTotal` */
  readonly repeatTotal: Float64Array;
  /** net money of such rows that are returns and stand in the file before any purchase that is earlier than they */
  readonly earlyTotal: Float64Array;
}

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
  /** money in whole cents, added exactly */
  readonly cents: MoneySums;
  /** amounts that are no whole cents, added in file order; absent when there are none */
  readonly rest?: MoneySums;
}

/**
 * One row per customer from columns in file order.
 *
 * `keep[i]` 0 leaves row i out. A row with amount >= 0 is a purchase; one below 0 a return, which moves money only.
 * Whole cents are added exactly; other amounts follow the file order within each customer, so that any way of splitting
 * the work gives the same bits. `repeatTotal` is summed apart, never as a difference of large sums: when an earlier purchase turns up late in the
 * file, the day that was first until then joins the repeats as a whole.
 *
 * @param codes customer of each row, 0 … customers - 1
 * @param dates in units since 1970-01-01
 * @param before what was added up of older rows, for the first customers; no row here is older than any there
 *
 * O(n) for a log in date order; customers whose purchases are out of order cost a sort of their own dates.
 */
export function aggregate(codes: Int32Array, dates: Int32Array, amounts: Float64Array, keep: Uint8Array | undefined, customers: number, before?: Aggregate): Aggregate {
  const first = integers(customers, before?.first);
  const last = integers(customers, before?.last);
  const purchases = integers(customers, before?.purchases);
  const distinct = integers(customers, before?.dates);
  const gapSquares = doubles(customers, before?.gapSquares);
  const { total, repeatTotal, earlyTotal, firstTotal } = moneySums(customers, before?.cents);
  let rest = before?.rest === undefined ? undefined : moneySums(customers, before.rest);
  const unordered = new Uint8Array(customers);
  const early: number[] = [];                      // returns dated before any purchase known so far
  let anyUnordered = false;

  for (let i = 0; i < codes.length; i++) {
    if (keep !== undefined && keep[i] === 0) continue;
    const c = codes[i]!;
    const date = dates[i]!;
    const amount = amounts[i]!;
    let cents = wholeCents(amount);
    let odd = 0;
    if (cents !== cents) {
      cents = 0;
      odd = amount;
      rest ??= moneySums(customers, undefined);
    }
    total[c]! += cents;
    if (rest !== undefined) rest.total[c]! += odd;
    if (amount < 0) {
      if (purchases[c] === 0 || date < first[c]!) early.push(i);
      else if (date === first[c]) {
        firstTotal[c]! += cents;
        if (rest !== undefined) rest.firstTotal[c]! += odd;
      } else {
        repeatTotal[c]! += cents;
        if (rest !== undefined) rest.repeatTotal[c]! += odd;
      }
      continue;
    }
    if (purchases[c]!++ === 0) {
      first[c] = last[c] = date;
      distinct[c] = 1;
      firstTotal[c] = cents;
      if (rest !== undefined) rest.firstTotal[c] = odd;
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
    if (date > first[c]!) {
      repeatTotal[c]! += cents;
      if (rest !== undefined) rest.repeatTotal[c]! += odd;
    } else if (date === first[c]) {
      firstTotal[c]! += cents;
      if (rest !== undefined) rest.firstTotal[c]! += odd;
    } else {
      first[c] = date;
      repeatTotal[c]! += firstTotal[c]!;
      firstTotal[c] = cents;
      if (rest === undefined) continue;
      rest.repeatTotal[c]! += rest.firstTotal[c]!;
      rest.firstTotal[c] = odd;
    }
  }
  for (const i of early) {
    const c = codes[i]!;
    if (purchases[c] === 0 || dates[i]! <= first[c]!) continue;
    const cents = wholeCents(amounts[i]!);
    if (cents === cents) earlyTotal[c]! += cents;
    else rest!.earlyTotal[c]! += amounts[i]!;
  }
  const sums: Aggregate = { first, last, purchases, dates: distinct, gapSquares, cents: { total, repeatTotal, earlyTotal }, ...(rest === undefined ? {} : { rest }) };
  if (anyUnordered) recountDates({ codes, dates, amounts, keep, unordered }, sums, before);
  return sums;
}

/** Distinct dates and gaps of the customers whose purchases do not stand in date order. */
function recountDates(rows: { codes: Int32Array; dates: Int32Array; amounts: Float64Array; keep: Uint8Array | undefined; unordered: Uint8Array }, sums: Aggregate, before: Aggregate | undefined): void {
  const { codes, dates, amounts, keep, unordered } = rows;
  const start = new Int32Array(unordered.length + 1);
  for (let c = 0; c < unordered.length; c++) start[c + 1] = start[c]! + (unordered[c] === 1 ? sums.purchases[c]! : 0);
  const collected = new Int32Array(start[unordered.length]!);
  const next = start.slice(0, unordered.length);
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i]!;
    if (unordered[c] === 1 && amounts[i]! >= 0 && (keep === undefined || keep[i] === 1)) collected[next[c]!++] = dates[i]!;
  }
  for (let c = 0; c < unordered.length; c++) {
    if (unordered[c] === 0) continue;
    const own = collected.subarray(start[c]!, next[c]!).sort();
    const known = (before?.purchases[c] ?? 0) > 0;
    let last = known ? before!.last[c]! : own[0]!;
    let count = known ? before!.dates[c]! : 1;
    let squares = known ? before!.gapSquares[c]! : 0;
    for (let k = 0; k < own.length; k++) {
      const gap = own[k]! - last;
      if (gap === 0) continue;
      count++;
      squares += gap * gap;
      last = own[k]!;
    }
    sums.dates[c] = count;
    sums.gapSquares[c] = squares;
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

function moneySums(customers: number, from: MoneySums | undefined): MoneySums & { readonly firstTotal: Float64Array } {
  return {
    total: doubles(customers, from?.total), repeatTotal: doubles(customers, from?.repeatTotal), earlyTotal: doubles(customers, from?.earlyTotal),
    firstTotal: new Float64Array(customers),
  };
}

function integers(length: number, from: Int32Array | undefined): Int32Array {
  const array = new Int32Array(length);
  if (from !== undefined) array.set(from);
  return array;
}

function doubles(length: number, from: Float64Array | undefined): Float64Array {
  const array = new Float64Array(length);
  if (from !== undefined) array.set(from);
  return array;
}
