import { checkKeys, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, categoryColumn, cellOf, columnMissing, escapeHtml, exactSum, median, numbersOf, showableResult, Table, type Cell, type Column, type Showable, type TableInput } from '../columns/index.js';

/**
 * What a column must be: a value, one of several, or a range; dates as 'YYYY-MM-DD' text. `from` and `to` are included,
 * `above` is not.
 */
export type Rule = Cell | readonly Cell[] | Range;

interface Range {
  readonly from?: number | string;
  readonly to?: number | string;
  readonly above?: number | string;
}

/** A segment by rule against the rest. */
export interface TargetSegment extends Showable {
  /** two rows, `target` and `rest`: customers, share, and of each measure the sum, its share, mean and median */
  readonly table: Table;
  readonly size: number;
  readonly share: number;
  /** rows of the customers in it, ascending */
  readonly rows: Int32Array;
  /** 1 for rows in it, for `where` */
  readonly mask: Uint8Array;
  /** rows left out because a column of the rules is missing there, by column */
  readonly unknown: Readonly<Record<string, number>>;
}

/**
 * How large a segment is, what it is worth, and how it differs from the rest.
 *
 * A customer belongs to it who meets every rule; one whose value is missing does not, and is counted in `unknown`.
 *
 * @param customers any table. Not modified.
 * @param rules by column: `{ sex: 'f', age: { from: 18, to: 35 }, city: ['A', 'B'] }`
 * @param options `measures`: numeric columns to compare; recency, frequency and monetary, those there are, by default
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID`
 * @example
 * targetSegment(customers, { sex: 'f', age: { from: 18, to: 35 } }).share;   // 0.31
 *
 * O(n (rules + measures)).
 */
export function targetSegment(customers: TableInput, rules: Readonly<Record<string, Rule>>, options: { readonly measures?: readonly string[] } = {}): TargetSegment {
  const where = 'targetSegment';
  checkKeys(where, options, ['measures']);
  const source = asTable(where, customers);
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules) || Object.keys(rules).length === 0) throw optionInvalid(where, 'rules', rules, "Give a rule per column: { age: { from: 18, to: 35 } }.");
  const measures = options.measures ?? ['recency', 'frequency', 'monetary'].filter((name) => source.has(name));
  const { mask, unknown } = meets(where, source, rules);
  const rows = Int32Array.from(mask.keys()).filter((i) => mask[i] === 1);
  const n = source.numRows;
  const sizes = [rows.length, n - rows.length];
  const entries: [string, Column][] = [
    ['segment', categoryColumn(['target', 'rest'])],
    ['customers', { type: 'integer', data: Int32Array.from(sizes) }],
    ['share', { type: 'number', data: Float64Array.from(sizes, (size) => (n === 0 ? NaN : size / n)) }],
  ];
  for (const name of measures) entries.push(...measured(name, numbersOf(where, source, name), mask));
  const table = new Table(entries);
  const share = n === 0 ? NaN : rows.length / n;
  const line = `${rows.length} of ${n} customers (${(100 * share).toFixed(1)} %) meet ${ruleText(rules)}`;
  return showableResult({ table, size: rows.length, share, rows, mask, unknown }, { text: () => `${line}\n\n${table.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${table.toHTML()}` });
}

function meets(where: string, source: Table, rules: Readonly<Record<string, Rule>>): { mask: Uint8Array; unknown: Record<string, number> } {
  const mask = new Uint8Array(source.numRows).fill(1);
  const unknown: Record<string, number> = {};
  for (const [name, rule] of Object.entries(rules)) {
    if (!source.has(name)) throw columnMissing(where, name, source.names);
    const column = source.column(name);
    const test = tester(where, name, rule, column);
    for (let i = 0; i < mask.length; i++) {
      const cell = cellOf(column, i);
      if (cell === null) unknown[name] = (unknown[name] ?? 0) + 1;
      if (cell === null || !test(cell)) mask[i] = 0;
    }
  }
  return { mask, unknown };
}

function tester(where: string, name: string, rule: Rule, column: Column): (cell: NonNullable<Cell>) => boolean {
  if (Array.isArray(rule)) return (cell) => (rule as readonly Cell[]).includes(cell);
  if (typeof rule !== 'object') return (cell) => cell === rule;
  if (rule === null) throw optionInvalid(where, `rules.${name}`, null, 'Give a value, a list of values, or { from, to }.');
  const range = rule as Range;
  checkKeys(where, range, ['from', 'to', 'above']);
  const { from, to, above } = range;
  const kind = column.type === 'number' || column.type === 'integer' ? 'number' : 'string';
  for (const [end, value] of [['from', from], ['to', to], ['above', above]] as const) {
    if (value !== undefined && typeof value !== kind) throw new ClienteleError('OPTION_INVALID', { where, option: `rules.${name}.${end}`, value: valueText(value) }, `rule ${name}.${end} is ${valueText(value)}, and the column holds ${column.type}.`, kind === 'number' ? 'Give a number.' : "Give text; dates as 'YYYY-MM-DD'.");
  }
  return (cell) => (from === undefined || cell >= from) && (to === undefined || cell <= to) && (above === undefined || cell > above);
}

function measured(name: string, values: Float64Array, mask: Uint8Array): [string, Column][] {
  const parts = [1, 0].map((own) => values.filter((value, i) => mask[i] === own && !Number.isNaN(value)));
  const sums = parts.map((part) => exactSum(part));
  const total = exactSum(Float64Array.from(sums));
  const numbers = (of: (part: Float64Array, i: number) => number): Column => ({ type: 'number', data: Float64Array.from(parts, of) });
  return [
    [`${name}Sum`, numbers((_, i) => sums[i]!)],
    [`${name}Share`, numbers((_, i) => (total === 0 ? NaN : sums[i]! / total))],
    [`${name}Mean`, numbers((part, i) => (part.length === 0 ? NaN : sums[i]! / part.length))],
    [`${name}Median`, numbers((part) => (part.length === 0 ? NaN : median(part)))],
  ];
}

function ruleText(rules: Readonly<Record<string, Rule>>): string {
  return Object.entries(rules).map(([name, rule]) => {
    if (Array.isArray(rule)) return `${name} in ${rule.join(', ')}`;
    if (typeof rule !== 'object' || rule === null) return `${name} = ${String(rule)}`;
    const { from, to, above } = rule as Range;
    return `${name} ${above === undefined ? from ?? '' : `above ${above} `}..${to ?? ''}`;
  }).join(' and ');
}
