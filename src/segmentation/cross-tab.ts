import { checkKeys } from '../core/index.js';
import { escapeHtml, showableResult, Table, textColumn, type Column, type Showable } from '../columns/index.js';
import { chiSquareUpper } from '../math/index.js';
import { adjustedRandOf } from './adjusted-rand.js';
import { contingency, type Contingency } from './contingency.js';
import type { LabelsInput } from './labels.js';

/** Two labellings of the same customers against each other. */
export interface CrossTab extends Showable {
  /** one row per label of the first, one column per label of the second, and `total` */
  readonly counts: Table;
  /** the same as shares of each row */
  readonly shares: Table;
  /** customers with both labels */
  readonly customers: number;
  /** 0 = unrelated, 1 = one label tells the other */
  readonly cramersV: number;
  readonly chiSquare: number;
  readonly degreesOfFreedom: number;
  /** of the chi-square test of independence */
  readonly pValue: number;
  readonly adjustedRand: number;
}

/**
 * Cross-tabulate two labellings, such as clusters found against segments by rule.
 *
 * @param a, b labels of any kind, see {@link LabelsInput}; rows without one in either are left out
 * @param options `names`: what the two are called, `['cluster', 'segment']` by default
 * @throws ClienteleError `COLUMN_LENGTH`; `VALUE_INVALID`; `OPTION_INVALID`
 * @example
 * crossTab(kmeans(customers, { k: 4 }), rfm(customers).table.column('segment')).cramersV;
 *
 * Source: Cramér (1946): V = √(χ² / (n (min(rows, columns) - 1))), no correction; labels that do not occur are left out. O(n).
 */
export function crossTab(a: LabelsInput, b: LabelsInput, options: { readonly names?: readonly [string, string] } = {}): CrossTab {
  checkKeys('crossTab', options, ['names']);
  const pairs = contingency('crossTab', a, b);
  const name = options.names?.[0] ?? 'label';
  const rows = Array.from(pairs.rows.keys()).filter((r) => pairs.rowSums[r]! > 0);
  const columns = Array.from(pairs.columns.keys()).filter((c) => pairs.columnSums[c]! > 0);
  const { chiSquare, degreesOfFreedom } = independence(pairs, rows, columns);
  const smaller = Math.min(rows.length, columns.length) - 1;
  const count = (r: number, c: number): number => pairs.counts[r * pairs.columns.length + c]!;
  const labels = textColumn(rows.map((r) => pairs.rows[r]!));
  const result = {
    counts: new Table([[name, labels], ...columns.map((c): [string, Column] => [columnName(pairs.columns[c]!, name), { type: 'integer', data: Int32Array.from(rows, (r) => count(r, c)) }]), ['total', { type: 'integer', data: Int32Array.from(rows, (r) => pairs.rowSums[r]!) }]]),
    shares: new Table([[name, labels], ...columns.map((c): [string, Column] => [columnName(pairs.columns[c]!, name), { type: 'number', data: Float64Array.from(rows, (r) => count(r, c) / pairs.rowSums[r]!) }])]),
    customers: pairs.n,
    cramersV: smaller < 1 ? NaN : Math.sqrt(chiSquare / (pairs.n * smaller)),
    chiSquare, degreesOfFreedom,
    pValue: degreesOfFreedom === 0 ? NaN : chiSquareUpper(chiSquare, degreesOfFreedom),
    adjustedRand: adjustedRandOf(pairs),
  };
  const line = `${name} by ${options.names?.[1] ?? 'label'}: Cramér's V ${result.cramersV.toFixed(3)}, adjusted Rand ${result.adjustedRand.toFixed(3)}`;
  return showableResult(result, { text: () => `${line}\n\n${result.counts.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${result.counts.toHTML()}` });
}

/** A label as a column name that does not collide with the table's own. */
function columnName(label: string, name: string): string {
  return label === name || label === 'total' ? `${label} (label)` : label;
}

function independence({ columns: { length }, counts, rowSums, columnSums, n }: Contingency, rows: readonly number[], columns: readonly number[]): { chiSquare: number; degreesOfFreedom: number } {
  let chiSquare = 0;
  for (const r of rows) {
    for (const c of columns) {
      const expected = (rowSums[r]! * columnSums[c]!) / n;
      chiSquare += (counts[r * length + c]! - expected) ** 2 / expected;
    }
  }
  return { chiSquare, degreesOfFreedom: Math.max(0, (rows.length - 1) * (columns.length - 1)) };
}
