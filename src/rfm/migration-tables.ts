import { categoryColumn, Table, type Column } from '../columns/index.js';

/** What became of a customer between two dates. */
export type SegmentChange = 'upgrade' | 'downgrade' | 'same' | 'unranked' | 'entered' | 'left';

/**
 * The kind of a move between two segments.
 *
 * @param ranks rank of each segment, 0 the best, -1 without a rank
 * @param from, to places of segments, -1 for none
 */
export function changeOf(ranks: readonly number[], from: number, to: number): SegmentChange {
  if (from === to && from !== -1) return 'same';
  const [before, after] = [ranks[from] ?? -1, ranks[to] ?? -1];
  if (before === -1 || after === -1) return 'unranked';
  return after < before ? 'upgrade' : 'downgrade';
}

/** Customers per pair; place 0 stands for no segment, or not there. */
export function countPairs(from: Int32Array, to: Int32Array, segments: number): Int32Array {
  const pairs = new Int32Array((segments + 1) * (segments + 1));
  for (let i = 0; i < from.length; i++) pairs[(from[i]! + 1) * (segments + 1) + to[i]! + 1]!++;
  return pairs;
}

/** One row per pair that occurs. */
export function countsTable(pairs: Int32Array, segments: readonly string[], ranks: readonly number[]): Table {
  const rows: { from: string | null; to: string | null; customers: number; change: string | null }[] = [];
  const width = segments.length + 1;
  for (let f = 1; f <= width; f++) {
    for (let t = 1; t <= width; t++) {
      const customers = pairs[(f % width) * width + (t % width)]!;
      if (customers === 0) continue;
      const known = f < width && t < width;
      rows.push({ from: segments[f - 1] ?? null, to: segments[t - 1] ?? null, customers, change: known ? changeOf(ranks, f - 1, t - 1) : null });
    }
  }
  return new Table([
    ['from', categoryColumn(rows.map((row) => row.from))], ['to', categoryColumn(rows.map((row) => row.to))],
    ['customers', { type: 'integer', data: Int32Array.from(rows, (row) => row.customers) }], ['change', categoryColumn(rows.map((row) => row.change))],
  ]);
}

/** One row per segment before, one column per segment after. */
export function matrixTable(pairs: Int32Array, segments: readonly string[]): Table {
  const width = segments.length + 1;
  const columns = segments.map((key, t): [string, Column] => [key === 'from' ? 'to from' : key, { type: 'integer', data: Int32Array.from(segments, (_, f) => pairs[(f + 1) * width + t + 1]!) }]);
  return new Table([['from', categoryColumn(segments)], ...columns]);
}

