import { checkKeys, checkWord, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics } from '../core/index.js';
import { asTable, showableResult, Table, type CategoryColumn, type Showable, type TableInput } from '../columns/index.js';
import { PERIODS, periodSeries } from '../transactions/index.js';
import { abcOf, type AbcOptions } from './abc.js';
import { checkVariations, variationColumns, type XyzOptions } from './xyz.js';

/** Both classifications at once. */
export interface AbcXyzOptions extends Omit<XyzOptions, 'limits'>, Pick<AbcOptions, 'crossing' | 'ties'> {
  /** cumulated shares where A and B end; 80 % and 95 % by default */
  readonly limits?: readonly [a: number, b: number];
  /** coefficients of variation where X and Y end; 0.5 and 1 by default */
  readonly variationLimits?: readonly [x: number, y: number];
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Items by what they bring and how steadily. */
export interface AbcXyzResult {
  /** per item: its id, `value` in all, `share`, `abc`, `mean`, `sd`, `variation`, `xyz`, `cell` ('AX' … 'CZ') */
  readonly table: Table;
  /** nine cells, AX first: `cell`, `label`, `items`, `shareOfItems`, `value`, `share` */
  readonly matrix: Table;
  readonly diagnostics: Diagnostics;
}

const OPTIONS = ['by', 'of', 'period', 'asOf', 'crossing', 'ties', 'limits', 'variationLimits', 'labels'] as const;
const LABELS = {
  en: { a: ['Much', 'Some', 'Little'], x: ['steady', 'changing', 'erratic'], between: ', ' },
  zh: { a: ['高价值', '中价值', '低价值'], x: ['平稳', '波动', '不规则'], between: '、' },
} as const;

/**
 * ABC × XYZ: which items bring the money, and which of them can be planned.
 *
 * @param log an order log, or any table with `date`, an item and a number. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for a total of 0 or below
 * @example
 * abcXyz(orders, { by: 'product' }).matrix;   // AX: much and steady … CZ: little and erratic
 *
 * O(rows + items × periods).
 */
export function abcXyz(log: TableInput, options: AbcXyzOptions = {}): AbcXyzResult & Showable {
  checkKeys('abcXyz', options, OPTIONS);
  const { by = 'product', of = 'amount', asOf, limits = [0.8, 0.95], crossing = 'better', ties = 'split' } = options;
  const period = checkWord('abcXyz', 'period', options.period ?? 'month', PERIODS);
  if (!Array.isArray(limits) || limits.length !== 2) throw optionInvalid('abcXyz', 'limits', Array.isArray(limits) ? limits.join(', ') : limits, 'Give the two cumulated shares where A and B end: [0.8, 0.95].');
  const words = LABELS[checkWord('abcXyz', 'labels', options.labels ?? 'en', ['en', 'zh'])];
  const source = asTable('abcXyz', log);
  const series = periodSeries('abcXyz', source, { by, of, period, asOf });
  const steadiness = variationColumns('abcXyz', series, checkVariations('abcXyz', options.variationLimits ?? [0.5, 1], 'variationLimits'));
  const length = series.periods.length;
  const value = Float64Array.from({ length: series.count }, (_, item) => series.sums.subarray(item * length, (item + 1) * length).reduce((sum, x) => sum + x, 0));
  const classes = abcOf('abcXyz', { customer: series.items!, value }, { of: 'value', limits, crossing, ties });
  const first = classes.table.column('class') as CategoryColumn;
  const second = steadiness[3]![1] as CategoryColumn;
  const cells = first.values.flatMap((a) => second.values.map((x) => `${a}${x}`));
  const codes = first.data.map((a, i) => a * 3 + second.data[i]!);
  const table = new Table([
    [by, series.items!], ['value', { type: 'number', data: value }], ['share', classes.table.column('share')], ['abc', first],
    ...steadiness.slice(0, 3), ['xyz', second], ['cell', { type: 'category', data: codes, values: cells }],
  ]);
  const labels = words.a.flatMap((a) => words.x.map((x) => `${a}${words.between}${x}`));
  const matrix = matrixOf(cells, labels, codes, value, classes.table.column('share').data as Float64Array);
  const diagnostics = withWarnings(cleanDiagnostics(source.numRows), [...series.warnings, ...classes.diagnostics.warnings]);
  return showableResult({ table, matrix, diagnostics }, { text: () => matrix.toString(), html: () => matrix.toHTML() });
}

function matrixOf(cells: readonly string[], labels: readonly string[], codes: Int32Array, value: Float64Array, share: Float64Array): Table {
  const items = new Int32Array(cells.length);
  const values = new Float64Array(cells.length);
  const shares = new Float64Array(cells.length);
  for (let i = 0; i < codes.length; i++) {
    items[codes[i]!]!++;
    values[codes[i]!]! += value[i]!;
    shares[codes[i]!]! += share[i]!;
  }
  return new Table([
    ['cell', { type: 'category', data: Int32Array.from(cells, (_, c) => c), values: cells }],
    ['label', { type: 'category', data: Int32Array.from(cells, (_, c) => c), values: labels }],
    ['items', { type: 'integer', data: items }],
    ['shareOfItems', { type: 'number', data: Float64Array.from(items, (count) => count / codes.length) }],
    ['value', { type: 'number', data: values }],
    ['share', { type: 'number', data: shares }],
  ]);
}
