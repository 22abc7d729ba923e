import { checkKeys, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { exactSum, showableResult, Table, takeColumn, type Column, type Showable } from '../columns/index.js';
import { activitySums, type ActivitySums } from './activity-sums.js';
import { readEvents, type Events, type EventsInput } from './read-events.js';

/** What an event of each kind costs. */
export interface CostToServeOptions {
  /** money per event by kind, at least 0: `{ visit: 38, call: 4.75 }`; an event's own cost goes before it */
  readonly rates?: Readonly<Record<string, number>>;
  /** one more column per kind in the table, `'visit cost'`; false by default */
  readonly byKind?: boolean;
  /** first day counted, inclusive, 'YYYY-MM-DD'; needs the column `date`. All days by default */
  readonly from?: string;
  /** last day counted, inclusive; likewise */
  readonly asOf?: string;
}

/** What serving each customer cost. */
export interface CostToServe {
  /** per customer with an event, in order of first appearance: `customer`, `events`, `cost` */
  readonly table: Table;
  /** per kind: `events`, `cost`, `share` of all cost, `meanCost`, and where known `open` (not handled) */
  readonly kinds: Table;
  readonly total: number;
  readonly diagnostics: Diagnostics;
}

/**
 * What it costs to serve customers: events times their rate, or their own cost where it is known.
 *
 * A kind without a rate is refused as soon as one of its events has no cost of its own: an activity that costs nothing is
 * said to, with a rate of 0.
 *
 * Events outside `from` to `asOf` are left out and counted in the diagnostics. Give both the window of the revenue that the cost
 * is held against.
 *
 * @param events a table with `customer`, `kind`, and where known `date`, `cost`, `count`, `handled`. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming the row and kind
 * @example
 * costToServe({ customer: ['a', 'a', 'b'], kind: ['visit', 'call', 'call'] }, { rates: { visit: 38, call: 5 } }).table.toRows();
 * // [{ customer: 'a', events: 2, cost: 43 }, { customer: 'b', events: 1, cost: 5 }]
 *
 * Source: activity-based costing, Kaplan & Narayanan (2001). O(events).
 */
export function costToServe(events: EventsInput, options: CostToServeOptions = {}): CostToServe & Showable {
  checkKeys('costToServe', options, ['rates', 'byKind', 'from', 'asOf']);
  const rates = checkRates('costToServe', options.rates ?? {});
  const read = readEvents('costToServe', events, options);
  const { values } = read.kind;
  const sums = activitySums(read, Float64Array.from(values, (kind) => rates.get(kind) ?? NaN), options.byKind === true);
  const { cells, cost } = sums;
  const total = exactSum(sums.kindCost);
  const table = new Table([
    ['customer', takeColumn(read.source.column('customer'), read.customers.firstRow)],
    ['events', { type: 'integer', data: sums.events }],
    ['cost', { type: 'number', data: cost }],
    ...(cells === undefined ? [] : values.map((kind, k): [string, Column] => [`${kind} cost`, { type: 'number', data: cost.map((_, c) => cells[c * values.length + k]!) }])),
  ]);
  const kinds = kindTable(read, sums, total);
  const diagnostics = withWarnings(seen(read), unusedRates(rates, values));
  return showableResult({ table, kinds, total, diagnostics }, { text: () => kinds.toString(), html: () => kinds.toHTML() });
}

/**
 * Rates by name.
 *
 * @throws ClienteleError `OPTION_INVALID` for one that is no number from 0
 */
export function checkRates(where: string, rates: unknown): ReadonlyMap<string, number> {
  if (typeof rates !== 'object' || rates === null || Array.isArray(rates)) throw optionInvalid(where, 'rates', rates, 'Give money per event by kind: { visit: 38, call: 4.75 }.');
  for (const [kind, rate] of Object.entries(rates)) {
    if (typeof rate !== 'number' || !(rate >= 0 && rate < Infinity)) throw optionInvalid(where, `rates.${kind}`, rate, 'A rate is a number from 0, in money per event.');
  }
  return new Map(Object.entries(rates as Record<string, number>));
}

function kindTable({ kind, handled }: Events, { kindEvents, kindCost }: ActivitySums, total: number): Table {
  return new Table([
    ['kind', { type: 'category', data: Int32Array.from(kind.values, (_, k) => k), values: kind.values }],
    ['events', { type: 'integer', data: kindEvents }],
    ['cost', { type: 'number', data: kindCost }],
    ['share', { type: 'number', data: kindCost.map((own) => (total > 0 ? own / total : NaN)) }],
    ['meanCost', { type: 'number', data: kindCost.map((own, k) => (kindEvents[k] === 0 ? NaN : own / kindEvents[k]!)) }],
    ...(handled === undefined ? [] : [['open', { type: 'integer', data: openEvents(kind, handled) }] as [string, Column]]),
  ]);
}

function openEvents({ data, values }: Events['kind'], handled: Uint8Array): Int32Array {
  const open = new Int32Array(values.length);
  for (let i = 0; i < data.length; i++) if (handled[i] === 0) open[data[i]!]!++;
  return open;
}

function seen({ source, leftOut }: Events): Diagnostics {
  const clean = cleanDiagnostics(source.numRows);
  const left = Object.values(leftOut).reduce((sum, n) => sum + n, 0);
  return { ...clean, rows: { ...clean.rows, read: source.numRows + left, leftOut } };
}

function unusedRates(rates: ReadonlyMap<string, number>, kinds: readonly string[]): Warning[] {
  const unused = [...rates.keys()].filter((kind) => !kinds.includes(kind));
  return unused.length === 0 ? [] : [{ code: 'RATE_UNUSED', message: `there are rates for ${unused.join(', ')}, but no such events (kinds here: ${kinds.join(', ')}). Check the spelling.` }];
}
