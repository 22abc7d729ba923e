import { categoryColumn, exactSum, groupMedians, groupSizes, groupSums, numbersOf, Table, type CategoryColumn, type Column, type ValueRange } from '../columns/index.js';
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
  const groups: Groups = { codes: segment.data, count: keys.length };
  const [recency, frequency, monetary] = ['recency', 'frequency', 'monetary'].map((column) => measureOf(column, measures));
  const others = model.dimensions.filter(({ column }) => !['recency', 'frequency', 'monetary'].includes(column));

  const counts = groupSizes(segment.data, keys.length);
  const orders = totals(frequency, groups);
  const revenue = totals(measures.meta?.monetary === 'mean' && frequency !== undefined && monetary !== undefined ? product(monetary, frequency) : monetary, groups);
  const all = exactSum(revenue.filter((r) => !Number.isNaN(r)));
  const customers = segment.data.length;
  return new Table([
    ['segment', categoryColumn(keys)],
    ['label', categoryColumn(keys.map((key) => labels.label(key)))],
    ['customers', { type: 'integer', data: counts }],
    ['share', numbers(keys, (s) => counts[s]! / customers)],
    ['orders', numbers(keys, (s) => orders[s]!)],
    ['revenue', numbers(keys, (s) => revenue[s]!)],
    ['revenueShare', numbers(keys, (s) => (all === 0 ? NaN : revenue[s]! / all))],
    ['meanBasket', numbers(keys, (s) => (orders[s] === 0 ? NaN : revenue[s]! / orders[s]!))],
    ['medianRecency', medians(recency, groups)],
    ['medianFrequency', medians(frequency, groups)],
    ['medianMonetary', medians(monetary, groups)],
    ...others.map(({ column }): [string, Column] => [`median${column.slice(0, 1).toUpperCase()}${column.slice(1)}`, medians(measureOf(column, measures), groups)]),
    ['action', categoryColumn(keys.map((key) => labels.action(key)))],
  ]);
}

interface Groups {
  /** segment of each row, -1 = none */
  readonly codes: Int32Array;
  readonly count: number;
}

/** A measure of all rows, NaN where it is missing, and the range of what is there. */
interface SegmentMeasure {
  readonly values: Float64Array;
  readonly range: ValueRange;
  readonly gaps: boolean;
}

function measureOf(column: string, { source, rows, dimensions, values, ranges }: Measures): SegmentMeasure | undefined {
  const d = dimensions.indexOf(column);
  if (d !== -1 && rows === undefined) return { values: values[d]!, range: ranges[d]!, gaps: false };
  const numeric = source.has(column) && ['number', 'integer'].includes(source.column(column).type);
  return numeric ? measured(numbersOf('segments', source, column)) : undefined;
}

function measured(values: Float64Array): SegmentMeasure {
  let lowest = Infinity, highest = -Infinity, missing = 0, fractions = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value !== value) {
      missing++;
      continue;
    }
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    fractions |= Number(Math.floor(value) !== value);
  }
  return { values, range: { lowest: lowest + 0, highest: highest + 0, whole: fractions === 0 }, gaps: missing > 0 };
}

function product(mean: SegmentMeasure, count: SegmentMeasure): SegmentMeasure {
  return measured(mean.values.map((value, i) => value * count.values[i]!));
}

/** The sum of each segment; a row whose value is missing adds nothing. */
function totals(measure: SegmentMeasure | undefined, { codes, count }: Groups): Float64Array {
  if (measure === undefined) return new Float64Array(count).fill(NaN);
  const { values, range, gaps } = measure;
  if (range.whole && Math.max(-range.lowest, range.highest) * values.length < Number.MAX_SAFE_INTEGER) return wholeSums(values, codes, count);
  return groupSums(values, gaps ? codes.map((code, i) => (Number.isNaN(values[i]!) ? -1 : code)) : codes, count);
}

/** Sums of whole numbers, none of which can pass what a double holds exactly. */
function wholeSums(values: Float64Array, codes: Int32Array, count: number): Float64Array {
  const sums = new Float64Array(count);
  for (let i = 0; i < values.length; i++) if (codes[i] !== -1 && values[i] === values[i]) sums[codes[i]!]! += values[i]!;
  return sums;
}

function medians(measure: SegmentMeasure | undefined, { codes, count }: Groups): Column {
  return { type: 'number', data: measure === undefined ? new Float64Array(count).fill(NaN) : groupMedians(measure.values, codes, count, measure.range) };
}

function numbers(keys: readonly string[], of: (segment: number) => number): Column {
  return { type: 'number', data: Float64Array.from(keys, (_, s) => of(s)) };
}
