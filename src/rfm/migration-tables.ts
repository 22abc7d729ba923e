import { categoryColumn, Table, type Column } from '../columns/index.js';

/** What became of a customer between two dates. */
export type SegmentChange = 'upgrade' | 'downgrade' | 'same' | 'unranked' | 'entered' | 'left';

export const CHANGES: readonly SegmentChange[] = ['upgrade', 'downgrade', 'same', 'unranked', 'entered', 'left'];

/** One customer's move per row: places of segments, -1 for none, and of the change among {@link CHANGES}. */
export interface Moves {
  readonly from: Int32Array;
  readonly to: Int32Array;
  readonly change: Int32Array;
}

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

/** One row per kind of move that occurs, in the map's order; none last. */
export function countsTable(moves: Moves, segments: readonly string[]): Table {
  const width = segments.length + 1;
  const counts = new Int32Array(width * width * CHANGES.length);
  const place = (segment: number): number => (segment === -1 ? segments.length : segment);
  for (let i = 0; i < moves.from.length; i++) counts[(place(moves.from[i]!) * width + place(moves.to[i]!)) * CHANGES.length + moves.change[i]!]!++;
  const rows = Array.from(counts.keys()).filter((at) => counts[at]! > 0);
  const pair = (at: number): number => Math.floor(at / CHANGES.length);
  return new Table([
    ['from', categoryColumn(rows.map((at) => segments[Math.floor(pair(at) / width)]))],
    ['to', categoryColumn(rows.map((at) => segments[pair(at) % width]))],
    ['customers', { type: 'integer', data: Int32Array.from(rows, (at) => counts[at]!) }],
    ['change', categoryColumn(rows.map((at) => CHANGES[at % CHANGES.length]))],
  ]);
}

/** One row per segment before, one column per segment after; customers of both dates. */
export function matrixTable({ from, to }: Moves, segments: readonly string[]): Table {
  const square = segments.map(() => new Int32Array(segments.length));
  for (let i = 0; i < from.length; i++) if (from[i] !== -1 && to[i] !== -1) square[to[i]!]![from[i]!]!++;
  // A segment may be named like the first column.
  const columns = segments.map((key, t): [string, Column] => [key === 'from' ? 'to from' : key, { type: 'integer', data: square[t]! }]);
  return new Table([['from', categoryColumn(segments)], ...columns]);
}
