import { checkKeys, cleanDiagnostics, ClienteleError, optionInvalid, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { showableResult, Table, takeColumn, type Column, type Showable } from '../columns/index.js';
import { readEvents, type Events, type EventsInput } from './read-events.js';

/** What an event of each kind costs. */
export interface CostToServeOptions {
  /** money per event by kind, at least 0: `{ visit: 38, call: 4.75 }`; an event's own cost goes before it */
  readonly rates?: Readonly<Record<string, number>>;
  /** one more column per kind in the table, `'visit cost'`; false by default */
  readonly byKind?: boolean;
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
 * @param events a table with `customer`, `kind`, and where known `cost`, `count`, `handled`. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming the row and kind
 * @example
 * costToServe({ customer: ['a', 'a', 'b'], kind: ['visit', 'call', 'call'] }, { rates: { visit: 38, call: 5 } }).table.toRows();
 * // [{ customer: 'a', events: 2, cost: 43 }, { customer: 'b', events: 1, cost: 5 }]
 *
 * Source: activity-based costing, Kaplan & Narayanan (2001). O(events), one pass; sums carry what rounding loses.
 */
export function costToServe(events: EventsInput, options: CostToServeOptions = {}): CostToServe & Showable {
  checkKeys('costToServe', options, ['rates', 'byKind']);
  const rates = checkRates('costToServe', options.rates ?? {});
  const read = readEvents('costToServe', events);
  const rateOf = Float64Array.from(read.kind.values, (kind) => rates.get(kind) ?? NaN);
  const n = read.customers.count;
  const kinds = read.kind.values.length;
  const counts = new Int32Array(n);
  const sums = new Float64Array(2 * n);                 // sum and what it lost, side by side
  const perKind = new Float64Array(2 * kinds);
  const cells = options.byKind === true ? new Float64Array(n * kinds) : undefined;
  addUp(read, rateOf, { counts, sums, perKind, cells });

  const cost = joined(sums);
  const kindCost = joined(perKind);
  const total = kindCost.reduce((sum, own) => sum + own, 0);
  const table = new Table([
    ['customer', takeColumn(read.source.column('customer'), read.customers.firstRow)],
    ['events', { type: 'integer', data: counts }],
    ['cost', { type: 'number', data: cost }],
    ...(cells === undefined ? [] : read.kind.values.map((kind, k): [string, Column] => [`${kind} cost`, { type: 'number', data: Float64Array.from({ length: n }, (_, c) => cells[c * kinds + k]!) }])),
  ]);
  const byKind = kindTable(read, kindCost, total);
  const diagnostics = withWarnings(cleanDiagnostics(read.source.numRows), unusedRates(rates, read.kind.values));
  return showableResult({ table, kinds: byKind, total, diagnostics }, { text: () => byKind.toString(), html: () => byKind.toHTML() });
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

interface Sums {
  readonly counts: Int32Array;
  readonly sums: Float64Array;
  readonly perKind: Float64Array;
  readonly cells: Float64Array | undefined;
}

function addUp({ customers, kind, cost, count, source }: Events, rateOf: Float64Array, into: Sums): void {
  const { counts, sums, perKind, cells } = into;
  const kinds = rateOf.length;
  for (let i = 0; i < source.numRows; i++) {
    const c = customers.codes[i]!;
    const k = kind.data[i]!;
    let x = cost === undefined ? NaN : cost[i]!;
    if (x !== x) x = rateOf[k]! * (count === undefined ? 1 : count[i]!);
    if (x !== x) throw noCost(kind.values[k]!, i, rateOf[k]!, kind.values);
    counts[c]!++;
    add(sums, 2 * c, x);
    add(perKind, 2 * k, x);
    if (cells !== undefined) cells[c * kinds + k]! += x;
  }
}

/** Add to the sum at a place; what rounding loses is kept beside it (Neumaier 1974; no value is below 0). */
function add(sums: Float64Array, at: number, x: number): void {
  const sum = sums[at]!;
  const next = sum + x;
  sums[at + 1]! += sum >= x ? sum - next + x : x - next + sum;
  sums[at] = next;
}

function joined(sums: Float64Array): Float64Array {
  return Float64Array.from({ length: sums.length / 2 }, (_, i) => sums[2 * i]! + sums[2 * i + 1]!);
}

function kindTable({ kind, handled }: Events, cost: Float64Array, total: number): Table {
  const events = new Int32Array(kind.values.length);
  const open = new Int32Array(kind.values.length);
  for (let i = 0; i < kind.data.length; i++) {
    events[kind.data[i]!]!++;
    if (handled !== undefined && handled[i] === 0) open[kind.data[i]!]!++;
  }
  return new Table([
    ['kind', { type: 'category', data: Int32Array.from(kind.values, (_, k) => k), values: kind.values }],
    ['events', { type: 'integer', data: events }],
    ['cost', { type: 'number', data: cost }],
    ['share', { type: 'number', data: cost.map((own) => (total > 0 ? own / total : NaN)) }],
    ['meanCost', { type: 'number', data: cost.map((own, k) => (events[k] === 0 ? NaN : own / events[k]!)) }],
    ...(handled === undefined ? [] : [['open', { type: 'integer', data: open }] as [string, Column]]),
  ]);
}

function noCost(kind: string, row: number, rate: number, kinds: readonly string[]): ClienteleError {
  const place = { where: 'costToServe', column: 'kind', row, value: valueText(kind) };
  if (!Number.isNaN(rate)) return new ClienteleError('VALUE_INVALID', { ...place, column: 'count' }, `row ${row} (${kind}) has no count.`, 'Fill it; 1 is one event.');
  return new ClienteleError('VALUE_INVALID', place, `event kind ${valueText(kind)} has no rate, and row ${row} no cost of its own.`, `Add it to rates, with 0 where it costs nothing (kinds here: ${kinds.join(', ')}).`);
}

function unusedRates(rates: ReadonlyMap<string, number>, kinds: readonly string[]): Warning[] {
  const unused = [...rates.keys()].filter((kind) => !kinds.includes(kind));
  return unused.length === 0 ? [] : [{ code: 'RATE_UNUSED', message: `there are rates for ${unused.join(', ')}, but no such events (kinds here: ${kinds.join(', ')}). Check the spelling.` }];
}
