import { checkKeys, checkWord, ClienteleError, notThisResult, valueText, type Warning } from '../core/index.js';
import { categoriesOf, categoryColumn, cellOf, escapeHtml, isTable, showableResult, Table, takeColumn, type CategoryColumn, type Cell, type Column, type Showable } from '../columns/index.js';
import { labelsOf } from './labels.js';
import { checkIds } from './measures.js';
import { changeOf, CHANGES, countsTable, matrixTable, type SegmentChange } from './migration-tables.js';
import type { RfmResult } from './model.js';

/** Customers between two dates: who moved from which segment to which. */
export interface Migration extends Showable {
  /** customers by `from` and `to` segment, in the map's order, pairs without customers left out: from, to, customers, change */
  readonly counts: Table;
  /** customers of both dates as a square: one row per segment before, one column per segment after */
  readonly matrix: Table;
  /** one row per customer, those before first: customer, from, to, change */
  readonly customers: Table;
  readonly upgrades: number;
  readonly downgrades: number;
  readonly same: number;
  /** moves into or out of `others`, or without a segment, which have no rank */
  readonly unranked: number;
  /** customers only in the second result */
  readonly entered: number;
  /** customers only in the first result */
  readonly left: number;
  readonly warnings: readonly Warning[];
}

export interface MigrationOptions {
  /** language in which it shows itself; `'en'` by default, segments by their keys, `'zh'` by their labels. Tables keep the keys */
  readonly labels?: 'en' | 'zh';
}

/**
 * Who moved between segments from one date to another.
 *
 * Score both dates by the same limits, or customers seem to move because the limits did: a warning `LIMITS_DIFFER` says
 * so. A move up is one towards the front of the map's order, a move down one towards its end; `prospect` ranks below all
 * others, so a first purchase is an upgrade.
 *
 * @param before, after results of `rfm` or `scoreRfm` with customer ids. Not modified.
 * @throws ClienteleError `COLUMN_MISSING` without customer ids; `VALUE_INVALID` for an id that stands twice; `OPTION_INVALID`
 * @example
 * const january = rfm(summarize(orders, { asOf: '2026-01-31' }));
 * const february = scoreRfm(january.model, summarize(orders, { asOf: '2026-02-28' }));
 * const moved = migration(january, february);
 * moved.downgrades;                                                    // 214
 * moved.customers.where((i) => moved.customers.cell('to', i) === 'at_risk');
 *
 * O(customers).
 */
export function migration(before: RfmResult, after: RfmResult, options: MigrationOptions = {}): Migration {
  checkKeys('migration', options, ['labels']);
  for (const result of [before, after]) if (!isResult(result)) throw notThisResult('migration', result, 'a result of rfm or scoreRfm', 'Pass those of two dates: migration(before, after).');
  const language = checkWord('migration', 'labels', options.labels ?? 'en', ['en', 'zh']);
  const [from, to] = [before, after].map((result) => segmentsOf(result.table));
  const rows = match(before.table, after.table);
  const segments = joined(from!.values, to!.values);
  const fromPlaces = remap(from!, segments);
  const toPlaces = remap(to!, segments);
  const ranks = segments.map((key, s) => (key === 'others' ? -1 : key === 'prospect' ? segments.length : s));

  const n = rows.before.length;
  const data = { from: new Int32Array(n), to: new Int32Array(n), change: new Int32Array(n) };
  const totals = new Int32Array(CHANGES.length);
  for (let i = 0; i < n; i++) {
    const [b, a] = [rows.before[i]!, rows.after[i]!];
    data.from[i] = b === -1 ? -1 : fromPlaces[b]!;
    data.to[i] = a === -1 ? -1 : toPlaces[a]!;
    const change = b === -1 ? 'entered' : a === -1 ? 'left' : changeOf(ranks, data.from[i]!, data.to[i]!);
    totals[data.change[i] = CHANGES.indexOf(change)]!++;
  }
  const category = (places: Int32Array, values: readonly string[]): CategoryColumn => ({ type: 'category', data: places, values });
  const customers = new Table([
    ['customer', joinIds(before.table, after.table, rows)],
    ['from', category(data.from, segments)], ['to', category(data.to, segments)], ['change', category(data.change, CHANGES)],
  ]);
  const count = (change: SegmentChange): number => totals[CHANGES.indexOf(change)]!;
  const warnings = sameLimits(before, after, language);
  const result = {
    counts: countsTable(data, segments), matrix: matrixTable(data, segments), customers,
    upgrades: count('upgrade'), downgrades: count('downgrade'), same: count('same'), unranked: count('unranked'), entered: count('entered'), left: count('left'),
    warnings,
  };
  const line = language === 'zh'
    ? `${result.upgrades} 位上升，${result.downgrades} 位下降，${result.same} 位不变，${result.unranked} 位无法比较，${result.entered} 位新进入，${result.left} 位已离开`
    : `${result.upgrades} up, ${result.downgrades} down, ${result.same} the same, ${result.unranked} unranked, ${result.entered} entered, ${result.left} left`;
  const square = language === 'zh' ? inChinese(result.matrix, segments, [before, after]) : result.matrix;
  const remarks = warnings.map(({ code, message }) => `${code}: ${message}`);
  return showableResult(result, {
    text: () => [line, '', square.toString(), ...remarks].join('\n'),
    html: () => `<p>${escapeHtml(line)}</p>${square.toHTML()}${remarks.map((remark) => `<p>${escapeHtml(remark)}</p>`).join('')}`,
  });
}

function isResult(result: unknown): boolean {
  return typeof result === 'object' && result !== null && 'table' in result && isTable(result.table) && 'model' in result && typeof result.model === 'object' && result.model !== null;
}

function segmentsOf(table: Table): CategoryColumn {
  return categoriesOf('migration', table, 'segment');
}

interface MatchedRows {
  /** row in each table, -1 where the customer is not in it */
  readonly before: Int32Array;
  readonly after: Int32Array;
}

/** Customers of both tables by id, those of the first in its order, then the rest of the second. */
function match(before: Table, after: Table): MatchedRows {
  const places = idPlaces(after);
  const only = new Set(places.keys());
  const own = idPlaces(before);
  const rows = { before: [] as number[], after: [] as number[] };
  for (const [id, row] of own) {
    rows.before.push(row);
    rows.after.push(places.get(id) ?? -1);
    only.delete(id);
  }
  for (const id of only) {
    rows.before.push(-1);
    rows.after.push(places.get(id)!);
  }
  return { before: Int32Array.from(rows.before), after: Int32Array.from(rows.after) };
}

function idPlaces(table: Table): Map<Cell, number> {
  const ids = checkIds('migration', table);
  if (ids === undefined) throw new ClienteleError('COLUMN_MISSING', { where: 'migration', column: 'customer' }, 'the results have no column "customer".', 'Score customers with their ids.');
  const places = new Map<Cell, number>();
  for (let row = 0; row < table.numRows; row++) {
    const id = cellOf(ids, row);
    if (places.has(id)) throw new ClienteleError('VALUE_INVALID', { where: 'migration', column: 'customer', row, value: valueText(id) }, `customer ${valueText(id)} stands twice, in rows ${places.get(id)} and ${row}.`, 'Summarize to one row per customer first.');
    places.set(id, row);
  }
  return places;
}

/** The first map's order, then keys only the second has; others and prospect last. */
function joined(before: readonly string[], after: readonly string[]): string[] {
  const keys = [...new Set([...before, ...after])];
  return [...keys.filter((key) => key !== 'others' && key !== 'prospect'), ...['others', 'prospect'].filter((key) => keys.includes(key))];
}

function remap(column: CategoryColumn, segments: readonly string[]): Int32Array {
  const places = column.values.map((key) => segments.indexOf(key));
  return column.data.map((s) => (s === -1 ? -1 : places[s]!));
}

function joinIds(before: Table, after: Table, rows: MatchedRows): Column {
  const ids = before.column('customer');
  const entered = rows.before.indexOf(-1);
  if (entered === -1) return takeColumn(ids, rows.before);
  const others = after.column('customer');
  const cells = Array.from(rows.before, (b, i) => (b === -1 ? cellOf(others, rows.after[i]!) : cellOf(ids, b)));
  if (cells.every((cell) => typeof cell === 'number')) return { type: 'number', data: Float64Array.from(cells as number[]) };
  return categoryColumn(cells.map((cell) => (cell === null ? null : String(cell))));
}

/** The square with segments by their labels; by their keys where two share a label, since columns have names of their own. */
function inChinese(matrix: Table, segments: readonly string[], results: readonly RfmResult[]): Table {
  const sources = results.map(({ model }) => labelsOf('migration', 'zh', model));
  const labels = segments.map((key) => sources.map(({ label }) => label(key)).find((label) => label !== key) ?? key);
  const names = new Set(labels).size === labels.length ? labels : segments;
  let head = '原分群';
  while (names.includes(head)) head += ' ';
  return new Table([[head, categoryColumn(names)], ...names.map((name, s): [string, Column] => [name, matrix.column(matrix.names[s + 1]!)])]);
}

function sameLimits(before: RfmResult, after: RfmResult, language: 'en' | 'zh'): Warning[] {
  const limits = ({ model }: RfmResult): string => JSON.stringify([model.dimensions, model.map]);
  if (before.model === after.model || limits(before) === limits(after)) return [];
  if (language === 'zh') return [{ code: 'LIMITS_DIFFER', message: '两次结果的评分界限不同，客户的迁移可能只因界限变化。请用前一次的模型为后一次的客户评分：scoreRfm(before.model, customers)。' }];
  return [{ code: 'LIMITS_DIFFER', message: 'the two results were scored by different limits, so customers move because the limits do. Score the later customers by the first model: scoreRfm(before.model, customers).' }];
}
