import { keyLength, type Partition } from './partition.js';
import { APPEARS, CODE_BITS, DATES, PURCHASES, RECORD_DOUBLES, RECORD_WORDS } from './record-layout.js';

/** Rows that are put in order together: their customers' places stay in the first-level cache. */
export const STRETCH = 4096;

/**
 * A thread's customers by the stretch of rows in which they appear first: in order of appearance but for those of one stretch.
 *
 * With a bit per row instead, of which those before a customer's own were counted, each customer cost three cache misses, and
 * threads waited for one another twice: a million customers were placed 24 ms later.
 */
export interface Appearances {
  /** pairs of words: the row within its stretch; partition and code */
  readonly customers: SharedArrayBuffer;
  /** customers before each stretch, and all */
  readonly starts: SharedArrayBuffer;
  /** bytes of the customers' ids by stretch; 0 for ids that are numbers */
  readonly keyBytes: SharedArrayBuffer;
}

/** What is added up of customers. */
export interface CustomerTotals {
  seen: number;
  /** customers with a purchase */
  kept: number;
  purchases: number;
  dates: number;
}

/** Notes where the customers of one partition after the other appear first. */
export interface AppearanceNotes {
  /** The customers of a partition; they are added up too, while its records are near. */
  note(partition: number, of: Partition, totals: CustomerTotals): void;
  finish(): Appearances;
}

/** Nothing noted yet, of a log with so many rows. */
export function newAppearanceNotes(rows: number, withKeys: boolean): AppearanceNotes {
  const stretches = Math.ceil(rows / STRETCH);
  const counts = new Int32Array(stretches);
  const keyBytes = new Int32Array(new SharedArrayBuffer(stretches * 4));
  const noted: { readonly partition: number; readonly rows: Float64Array }[] = [];
  return {
    note: (partition, of, totals) => {
      const firstRows = new Float64Array(of.customers);
      noteFirstRows(of, firstRows, counts, withKeys ? keyBytes : undefined, totals);
      noted.push({ partition, rows: firstRows });
    },
    finish: () => {
      const starts = new Int32Array(new SharedArrayBuffer((stretches + 1) * 4));
      for (let s = 0; s < stretches; s++) starts[s + 1] = starts[s]! + counts[s]!;
      const next = starts.slice(0, stretches);
      const customers = new Int32Array(new SharedArrayBuffer(starts[stretches]! * 8));
      for (const { partition, rows: firstRows } of noted) spreadCustomers(partition, firstRows, next, customers);
      return { customers: customers.buffer, starts: starts.buffer, keyBytes: keyBytes.buffer };
    },
  };
}

/** The first row of each customer, -1 for those without a purchase; the others are counted by stretch. */
function noteFirstRows({ customers, records, sums }: Partition, firstRows: Float64Array, counts: Int32Array, keyBytes: Int32Array | undefined, totals: CustomerTotals): void {
  totals.seen += customers;
  for (let code = 0; code < customers; code++) {
    const purchases = records[code * RECORD_WORDS + PURCHASES]!;
    if (purchases === 0) {
      firstRows[code] = -1;
      continue;
    }
    totals.kept++;
    totals.purchases += purchases;
    totals.dates += records[code * RECORD_WORDS + DATES]!;
    const row = sums[code * RECORD_DOUBLES + APPEARS]!;
    const stretch = Math.floor(row / STRETCH);
    firstRows[code] = row;
    counts[stretch]!++;
    if (keyBytes !== undefined) keyBytes[stretch]! += keyLength(records, code * RECORD_WORDS);
  }
}

/** Put a partition's customers behind those of their stretches that are there already. */
function spreadCustomers(partition: number, firstRows: Float64Array, next: Int32Array, customers: Int32Array): void {
  for (let code = 0; code < firstRows.length; code++) {
    const row = firstRows[code]!;
    if (row < 0) continue;
    const stretch = Math.floor(row / STRETCH);
    const at = next[stretch]!++ * 2;
    customers[at] = row - stretch * STRETCH;
    customers[at + 1] = (partition << CODE_BITS) | code;
  }
}

/** Customers in order of appearance, a thread's share of all. */
export interface OrderedShare {
  /** partition and code of each */
  readonly at: Int32Array;
  /** customers before the share, and bytes of their ids */
  readonly place: number;
  readonly keysFrom: number;
}

/** Put a share of all threads' customers in order: whole stretches, with about as many customers as the other threads' shares. */
export function orderedShare(all: readonly Appearances[], thread: number, threads: number): OrderedShare {
  const parts = all.map(({ customers, starts, keyBytes }) => ({ customers: new Int32Array(customers), starts: new Int32Array(starts), keyBytes: new Int32Array(keyBytes) }));
  const stretches = parts[0]!.starts.length - 1;
  const before = (stretch: number): number => parts.reduce((sum, { starts }) => sum + starts[stretch]!, 0);
  const firstOf = (share: number): number => (share === threads ? stretches : firstWith(stretches, (stretch) => before(stretch) >= (before(stretches) * share) / threads));
  const from = firstOf(thread);
  const to = firstOf(thread + 1);
  const place = before(from);
  const at = new Int32Array(before(to) - place);
  const byRow = new Int32Array(STRETCH);
  const marks = new Int32Array(STRETCH / 32);
  for (let stretch = from, ordered = 0; stretch < to; stretch++) {
    for (const { customers, starts } of parts) markRows(customers, starts[stretch]!, starts[stretch + 1]!, byRow, marks);
    ordered = takeMarked(byRow, marks, at, ordered);
  }
  return { at, place, keysFrom: parts.reduce((sum, { keyBytes }) => keyBytes.subarray(0, from).reduce((bytes, some) => bytes + some, sum), 0) };
}

/** The first of so many ascending numbers for which something holds; their count where there is none. */
function firstWith(count: number, holds: (number: number) => boolean): number {
  let from = 0, to = count;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (holds(middle)) to = middle;
    else from = middle + 1;
  }
  return from;
}

function markRows(customers: Int32Array, from: number, to: number, byRow: Int32Array, marks: Int32Array): void {
  for (let at = from; at < to; at++) {
    const row = customers[at * 2]!;
    byRow[row] = customers[at * 2 + 1]!;
    marks[row >> 5]! |= 1 << (row & 31);
  }
}

/** Take the customers of the rows marked, in order, and the marks away. */
function takeMarked(byRow: Int32Array, marks: Int32Array, taken: Int32Array, from: number): number {
  let to = from;
  for (let word = 0; word < marks.length; word++) {
    for (let bits = marks[word]!; bits !== 0; bits &= bits - 1) taken[to++] = byRow[word * 32 + 31 - Math.clz32(bits & -bits)]!;
    marks[word] = 0;
  }
  return to;
}
