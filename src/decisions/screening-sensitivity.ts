import { checkKeys, checkWord, optionInvalid } from '../core/index.js';
import { asTable, orderBest, ranksOf, shareCount, Table, type TableInput } from '../columns/index.js';
import type { Criterion } from './criterion.js';
import { rankable, scoreBy, type ScreenMethod } from './score-by.js';
import { readCriteria, usualNormalization } from './screen.js';

/** How weights are varied. */
export interface SensitivityOptions {
  readonly method?: ScreenMethod;
  /** share of customers that is selected; 0.2 by default */
  readonly top?: number;
  /** by how much each weight is raised and lowered, as a share of itself; 0.25 by default */
  readonly change?: number;
}

/**
 * How much the selection hangs on the weights: each raised and lowered in turn, the others scaled so that they sum to 1.
 *
 * @param customers as for `screen`
 * @param criteria as for `screen`
 * @returns two rows per criterion: `criterion`, `weight` (then), `kept` (share of the selected still selected),
 *   `rankCorrelation` (Spearman, of all customers), `largestMove` (in places)
 * @throws ClienteleError as `screen`
 * @example
 * screeningSensitivity(accounts, criteria, { change: 0.5 });   // kept 0.95 and more: the list does not hang on the weights
 *
 * O(criteria × customers).
 */
export function screeningSensitivity(customers: TableInput, criteria: readonly Criterion[], options: SensitivityOptions = {}): Table {
  const where = 'screeningSensitivity';
  checkKeys(where, options, ['method', 'top', 'change']);
  const { top = 0.2, change = 0.25 } = options;
  const method = checkWord(where, 'method', options.method ?? 'weighted', ['weighted', 'topsis']);
  if (!(change > 0 && change <= 1)) throw optionInvalid(where, 'change', change, 'Give a share above 0 and at most 1, such as 0.25.');
  if (!(top > 0 && top <= 1)) throw optionInvalid(where, 'top', top, 'Give a share above 0 and at most 1, such as 0.2.');
  const source = asTable(where, customers);
  const { read, weights } = readCriteria(where, source, criteria, usualNormalization(method));
  const ids = source.has('customer') ? source.column('customer') : undefined;
  const ranksBy = (own: Float64Array): Int32Array => ranksOf(orderBest(rankable(scoreBy(method, read, own)), ids));
  const base = ranksBy(weights);
  const selected = shareCount(top, base.length, 'ceil');
  const rows = read.flatMap(({ column }, c) => [1 - change, 1 + change].map((factor) => {
    const own = weights.map((weight, k) => (k === c ? weight * factor : weight));
    const sum = own.reduce((a, b) => a + b, 0);
    const scaled = sum > 0 ? own.map((weight) => weight / sum) : weights;
    return { column, weight: scaled[c]!, ...compared(base, ranksBy(scaled), selected) };
  }));
  const numbers = (of: (row: (typeof rows)[number]) => number): { type: 'number'; data: Float64Array } => ({ type: 'number', data: Float64Array.from(rows, of) });
  const names = [...new Set(read.map(({ column }) => column))];
  return new Table([
    ['criterion', { type: 'category', data: Int32Array.from(rows, (row) => names.indexOf(row.column)), values: names }],
    ['weight', numbers((row) => row.weight)], ['kept', numbers((row) => row.kept)], ['rankCorrelation', numbers((row) => row.correlation)], ['largestMove', numbers((row) => row.move)],
  ]);
}

function compared(base: Int32Array, ranks: Int32Array, selected: number): { kept: number; correlation: number; move: number } {
  const n = base.length;
  let kept = 0, squares = 0, move = 0;
  for (let i = 0; i < n; i++) {
    if (base[i]! <= selected && ranks[i]! <= selected) kept++;
    const moved = Math.abs(base[i]! - ranks[i]!);
    squares += moved * moved;
    if (moved > move) move = moved;
  }
  return { kept: kept / selected, correlation: n === 1 ? 1 : 1 - (6 * squares) / (n * (n * n - 1)), move };
}
