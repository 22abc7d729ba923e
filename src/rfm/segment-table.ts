import { categoryColumn, exactSum, median, numbersOf, Table, type CategoryColumn, type Column } from '../columns/index.js';
import type { Labels } from './labels.js';
import type { Measures } from './measures.js';
import type { RfmModel } from './model.js';

/**
 * One row per segment, in the map's order, those without customers too.
 *
 * `share` is of all customers, those without a purchase included; `revenue` is the sum of `monetary`, times frequency
 * where that is a mean; `meanBasket` is revenue / orders. What cannot be computed is missing.
 *
 * Sums are rounded once, so the order of the customers does not matter. O(customers).
 */
export function segmentTable(segment: CategoryColumn, measures: Measures, model: RfmModel, labels: Labels): Table {
  const keys = segment.values;
  const groups = groupRows(segment.data, keys.length);
  const [days, counts, money] = ['recency', 'frequency', 'monetary'].map((column) => valuesOf(column, measures, model.dimensions));
  const recency = bySegment(days, groups);
  const frequency = bySegment(counts, groups);
  const monetary = bySegment(money, groups);
  const others = model.dimensions.filter(({ column }) => !['recency', 'frequency', 'monetary'].includes(column));

  const orders = totals(frequency, keys.length);
  const revenue = totals(measures.meta?.monetary === 'mean' && counts !== undefined ? bySegment(money?.map((mean, i) => mean * counts[i]!), groups) : monetary, keys.length);
  const all = exactSum(revenue.filter((r) => !Number.isNaN(r)));
  const customers = segment.data.length;
  return new Table([
    ['segment', categoryColumn(keys)],
    ['label', categoryColumn(keys.map((key) => labels.label(key)))],
    ['customers', { type: 'integer', data: groups.counts }],
    ['share', numbers(keys, (s) => groups.counts[s]! / customers)],
    ['orders', numbers(keys, (s) => orders[s]!)],
    ['revenue', numbers(keys, (s) => revenue[s]!)],
    ['revenueShare', numbers(keys, (s) => (all === 0 ? NaN : revenue[s]! / all))],
    ['meanBasket', numbers(keys, (s) => (orders[s] === 0 ? NaN : revenue[s]! / orders[s]!))],
    ['medianRecency', medians(keys, recency)],
    ['medianFrequency', medians(keys, frequency)],
    ['medianMonetary', medians(keys, monetary)],
    ...others.map(({ column }): [string, Column] => [`median${column.slice(0, 1).toUpperCase()}${column.slice(1)}`, medians(keys, bySegment(valuesOf(column, measures, model.dimensions), groups))]),
    ['action', categoryColumn(keys.map((key) => labels.action(key)))],
  ]);
}

interface RowGroups {
  readonly counts: Int32Array;
  /** where each segment's rows begin in `rows`, length segments + 1 */
  readonly start: Int32Array;
  /** row numbers, segment by segment; rows without a segment are left out */
  readonly rows: Int32Array;
}

function groupRows(places: Int32Array, segments: number): RowGroups {
  const counts = new Int32Array(segments);
  for (let i = 0; i < places.length; i++) if (places[i] !== -1) counts[places[i]!]!++;
  const start = new Int32Array(segments + 1);
  for (let s = 0; s < segments; s++) start[s + 1] = start[s]! + counts[s]!;
  const next = start.slice(0, segments);
  const rows = new Int32Array(start[segments]!);
  for (let i = 0; i < places.length; i++) if (places[i] !== -1) rows[next[places[i]!]!++] = i;
  return { counts, start, rows };
}

function valuesOf(column: string, { source, rows, values }: Measures, dimensions: RfmModel['dimensions']): Float64Array | undefined {
  const d = dimensions.findIndex((dimension) => dimension.column === column);
  if (d !== -1 && rows === undefined) return values[d];
  const numeric = source.has(column) && ['number', 'integer'].includes(source.column(column).type);
  return numeric ? numbersOf('segments', source, column) : undefined;
}

/** The values that are there, segment by segment. */
function bySegment(values: Float64Array | undefined, { start, rows, counts }: RowGroups): Float64Array[] | undefined {
  if (values === undefined) return undefined;
  const grouped = new Float64Array(rows.length);
  let gaps = false;
  for (let k = 0; k < rows.length; k++) {
    const value = values[rows[k]!]!;
    grouped[k] = value;
    if (value !== value) gaps = true;
  }
  return Array.from(counts, (_, s) => {
    const own = grouped.subarray(start[s], start[s + 1]);
    return gaps ? own.filter((value) => !Number.isNaN(value)) : own;
  });
}

function totals(groups: readonly Float64Array[] | undefined, segments: number): Float64Array {
  return groups === undefined ? new Float64Array(segments).fill(NaN) : Float64Array.from(groups, exactSum);
}

function medians(keys: readonly string[], groups: readonly Float64Array[] | undefined): Column {
  return numbers(keys, (s) => (groups === undefined || groups[s]!.length === 0 ? NaN : median(groups[s]!)));
}

function numbers(keys: readonly string[], of: (segment: number) => number): Column {
  return { type: 'number', data: Float64Array.from(keys, (_, s) => of(s)) };
}
