import { columnLength, type Column } from './column.js';
import { groupRows } from './group.js';
import { numberByRow } from './number-by-row.js';
import { CARRIED, groupPartitions, partitionText, type GroupedPartition, type PartitionedRows } from './partition-text.js';

/** Two measures of each row, the rows of a group together. */
export interface GatheredRows {
  readonly count: number;
  /** group g stands at `from[g] … to[g]`, its rows in their order; groups may stand in any order */
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly integers: Int32Array;
  readonly doubles: Float64Array;
  /** first row of each group */
  readonly firstRow: Int32Array;
}

/**
 * Two columns put together by the values of a third, groups in order of first appearance; rows without a value are left out.
 *
 * What `groupRows` and a counting sort give, without their walks through all of memory (10 M rows of 1 M texts: 0.9 s
 * against 9).
 *
 * @param integers one per row, not modified
 * @param doubles one per row, not modified
 * @throws ClienteleError as `groupRows`. O(rows).
 */
export function gatherRows(column: Column, integers: Int32Array, doubles: Float64Array): GatheredRows {
  const parts = column.type === 'text' ? partitionText(column, { integers, doubles }) : undefined;
  return parts === undefined ? byCodes(column, integers, doubles) : byPartitions(parts, columnLength(column));
}

function byCodes(column: Column, integers: Int32Array, doubles: Float64Array): GatheredRows {
  const { codes, count, firstRow } = groupRows(column);
  const to = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) to[codes[i]!]!++;
  const from = startsOf(to);
  to.set(from);
  const gathered = { integers: new Int32Array(codes.length), doubles: new Float64Array(codes.length) };
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! < 0) continue;
    const at = to[codes[i]!]!++;
    gathered.integers[at] = integers[i]!;
    gathered.doubles[at] = doubles[i]!;
  }
  return { count, from, to, firstRow, ...gathered };
}

/** Groups stay with their partition, which is gathered as soon as it is grouped: what is read and written lies in few lines of memory at a time. */
function byPartitions(parts: PartitionedRows, numRows: number): GatheredRows {
  const rows = parts.starts[parts.starts.length - 1]!;
  const integers = new Int32Array(rows), doubles = new Float64Array(rows);
  const next = new Int32Array(rows);
  const { count, firstRow, sizes } = groupPartitions(parts, (partition) => gatherPartition(parts, partition, next, integers, doubles));
  const starts = startsOf(sizes);
  const number = numberByRow(firstRow, numRows);
  const from = new Int32Array(count), to = new Int32Array(count), first = new Int32Array(count);
  for (let g = 0; g < count; g++) {
    const n = number[g]!;
    from[n] = starts[g]!;
    to[n] = starts[g]! + sizes[g]!;
    first[n] = firstRow[g]!;
  }
  return { count, from, to, firstRow: first, integers, doubles };
}

function gatherPartition({ records, words }: PartitionedRows, { from, to, groups, count, sizes }: GroupedPartition, next: Int32Array, integers: Int32Array, doubles: Float64Array): void {
  const reals = new Float64Array(records.buffer);
  for (let g = 0, place = from; g < count; place += sizes[g++]!) next[g] = place;
  for (let e = from, at = from * words; e < to; e++, at += words) {
    const place = next[groups[e - from]!]!++;
    integers[place] = records[at + CARRIED.integer]!;
    doubles[place] = reals[(at + CARRIED.double) >> 1]!;
  }
}

/** Where each group starts when one stands behind the other. */
function startsOf(sizes: Int32Array): Int32Array {
  const starts = new Int32Array(sizes.length);
  for (let g = 1; g < sizes.length; g++) starts[g] = starts[g - 1]! + sizes[g - 1]!;
  return starts;
}
