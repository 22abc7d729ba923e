import { checkKeys, checkWord, ClienteleError } from '../core/index.js';
import { countValues, matchRows, ranksOf, shareCount, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { customerValues, type CustomerValues } from '../transactions/index.js';
import { checkedTotal } from './checked-values.js';
import { topTable } from './concentration-tables.js';
import { indicesOf } from './indices.js';
import { cumulate } from './lorenz.js';
import { rankedValues } from './ranked.js';
import { checkShare } from './top-share.js';

/** What is compared. */
export interface CompareConcentrationOptions {
  /** `'revenue'` (default), `'profit'`, or a column's name */
  readonly of?: 'revenue' | 'profit' | (string & {});
  /** share of customers that is the top; 0.2 by default, rounded up */
  readonly top?: number;
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** Two dates, or two groups, beside each other. */
export interface ConcentrationChange {
  /** `measure`, its `label`, `before`, `after`, `change`: customers, total, top share, Gini, HHI, effective number, Hoover, Theil */
  readonly measures: Table;
  /** the top of either date: `customer`, value `before` and `after`, `rankBefore`, `rankAfter`, `change`: stayed, entered, left, and its `label` */
  readonly top: Table;
  readonly entered: number;
  readonly left: number;
  readonly stayed: number;
}

/**
 * Compare the concentration at two dates (or of two groups): the measures, and who entered and who left the top 20 %.
 *
 * Customers are matched by id; one missing at a date has no value and no rank there.
 *
 * @param before customers with ids, at the first date. Not modified.
 * @param after at the second
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING` without `customer`; `VALUE_INVALID`
 * @example
 * compareConcentration(lastYear, thisYear).entered;   // 41
 *
 * O(customers).
 */
export function compareConcentration(before: TableInput, after: TableInput, options: CompareConcentrationOptions = {}): ConcentrationChange & Showable {
  checkKeys('compareConcentration', options, ['of', 'top', 'labels']);
  const words = WORDS[checkWord('compareConcentration', 'labels', options.labels ?? 'en', ['en', 'zh'])];
  const top = checkShare('compareConcentration', 'top', options.top ?? 0.2);
  const [first, second] = [before, after].map((input) => readSide(input, options.of ?? 'revenue', top)) as [Side, Side];
  const measures = measureTable(first, second, words.measures);
  const rows = topRows(first, second);
  const counts = [0, 1, 2].map((code) => rows.change.filter((c) => c === code).length);
  const table = new Table([
    ['customer', rows.customer],
    ['before', { type: 'number', data: rows.values[0] }], ['after', { type: 'number', data: rows.values[1] }],
    ['rankBefore', { type: 'number', data: rows.ranks[0] }], ['rankAfter', { type: 'number', data: rows.ranks[1] }],
    ['change', { type: 'category', data: rows.change, values: ['stayed', 'entered', 'left'] }], ['label', { type: 'category', data: rows.change, values: words.changes }],
  ]);
  const result = { measures, top: table, stayed: counts[0]!, entered: counts[1]!, left: counts[2]! };
  const line = words.moved(result.entered, result.left, result.stayed);
  return showableResult(result, { text: () => `${measures.toString()}\n\n${line}\n${table.toString()}`, html: () => `${measures.toHTML()}<p>${line}</p>${table.toHTML()}` });
}

const WORDS = {
  en: {
    measures: { customers: 'Customers', total: 'Total', topShare: 'Share of the top', gini: 'Gini', hhi: 'HHI', effectiveNumber: 'Effective number', hoover: 'Hoover', theil: 'Theil' },
    changes: ['Stayed', 'Entered', 'Left'],
    moved: (entered: number, left: number, stayed: number): string => `${entered} entered the top, ${left} left it, ${stayed} stayed`,
  },
  zh: {
    measures: { customers: '客户数', total: '合计', topShare: '头部占比', gini: '基尼系数', hhi: '赫芬达尔指数', effectiveNumber: '等效客户数', hoover: '胡佛指数', theil: '泰尔指数' },
    changes: ['保留', '进入', '离开'],
    moved: (entered: number, left: number, stayed: number): string => `${entered} 位进入头部，${left} 位离开，${stayed} 位保留`,
  },
} as const;

interface Side extends CustomerValues {
  readonly total: number;
  readonly ranks: Int32Array;
  /** customers in the top */
  readonly count: number;
  readonly share: number;
}

function readSide(input: TableInput, of: string, top: number): Side {
  const read = customerValues('compareConcentration', input, of);
  if (!read.source.has('customer')) throw new ClienteleError('COLUMN_MISSING', { where: 'compareConcentration', column: 'customer' }, 'there is no column "customer".', 'Give ids, so that customers can be followed.');
  const total = checkedTotal('compareConcentration', read.values);
  const { order, sorted } = rankedValues(read);
  const sums = cumulate(sorted);
  return { ...read, total, ranks: ranksOf(order), count: shareCount(top, order.length, 'ceil'), share: Number(topTable((k) => sums[k]!, order.length, total, [top]).cell('share', 0)) };
}

function measureTable(first: Side, second: Side, labels: Readonly<Record<string, string>>): Table {
  const [before, after] = [measuresOf(first), measuresOf(second)];
  const names = Object.keys(before);
  const numbers = (of: (name: string) => number): Column => ({ type: 'number', data: Float64Array.from(names, of) });
  return new Table([
    ['measure', { type: 'category', data: Int32Array.from(names, (_, i) => i), values: names }],
    ['label', { type: 'category', data: Int32Array.from(names, (_, i) => i), values: names.map((name) => labels[name]!) }],
    ['before', numbers((name) => before[name]!)], ['after', numbers((name) => after[name]!)], ['change', numbers((name) => after[name]! - before[name]!)],
  ]);
}

function measuresOf({ values, total, share }: Side): Record<string, number> {
  const { gini, hhi, effectiveNumber, hoover, theil } = indicesOf(values.some((value) => value < 0) ? undefined : countValues(values), total);
  return { customers: values.length, total, topShare: share, gini, hhi, effectiveNumber, hoover, theil };
}

interface TopRows {
  readonly customer: Column;
  readonly values: readonly [Float64Array, Float64Array];
  readonly ranks: readonly [Float64Array, Float64Array];
  readonly change: Int32Array;
}

/** The top of the second date by rank, then those who left by their old rank. */
function topRows(first: Side, second: Side): TopRows {
  const before = matchRows(second.source.column('customer'), first.source.column('customer'));
  const after = matchRows(first.source.column('customer'), second.source.column('customer'));
  const rows: { before: number; after: number }[] = [];
  for (const row of inTop(second)) rows.push({ before: before[row]!, after: row });
  for (const row of inTop(first)) if (after[row] === -1 || second.ranks[after[row]!]! > second.count) rows.push({ before: row, after: after[row]! });
  const of = (data: ArrayLike<number>, which: 'before' | 'after'): Float64Array => Float64Array.from(rows, (row) => (row[which] === -1 ? NaN : data[row[which]]!));
  const names = rows.map((row) => (row.after === -1 ? first.source.cell('customer', row.before) : second.source.cell('customer', row.after)));
  const texts = names.map(String);
  return {
    customer: { type: 'category', data: Int32Array.from(texts, (_, i) => i), values: texts },
    values: [of(first.values, 'before'), of(second.values, 'after')],
    ranks: [of(first.ranks, 'before'), of(second.ranks, 'after')],
    change: Int32Array.from(rows, (row) => {
      const was = row.before !== -1 && first.ranks[row.before]! <= first.count;
      const is = row.after !== -1 && second.ranks[row.after]! <= second.count;
      return was && is ? 0 : is ? 1 : 2;
    }),
  };
}

/** Rows in the top, best first. */
function inTop({ ranks, count }: Side): Int32Array {
  const rows = new Int32Array(count);
  for (let row = 0; row < ranks.length; row++) if (ranks[row]! <= count) rows[ranks[row]! - 1] = row;
  return rows;
}
