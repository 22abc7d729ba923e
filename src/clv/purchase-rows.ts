import { ClienteleError, valueText } from '../core/index.js';
import { asTable, cellOf, columnMissing, numbersOf, type Table, type TableInput } from '../columns/index.js';
import type { CustomersMeta } from '../transactions/index.js';
import { DAYS_PER_UNIT, type ModelMeta, type TimeUnit } from './model.js';

/** What a purchase model reads of customers: one entry per customer, in their order. */
export interface PurchaseRows {
  readonly table: Table;
  readonly n: number;
  /** x: purchases after the first (BG/BB: gifts in the observed periods) */
  readonly repeats: Float64Array;
  /** t_x: time from the first to the last purchase (BG/BB: period of the last one, 0 = none) */
  readonly span: Float64Array;
  /** T: time from the first purchase to the end of observation (BG/BB: number of periods) */
  readonly tenure: Float64Array;
  /** customers the row stands for; absent = 1 each */
  readonly weight: Float64Array | undefined;
  /** rows without a purchase (on the roster only), NaN in all three */
  readonly without: number;
  readonly meta: ModelMeta;
}

/**
 * Read and check the columns of a purchase model: `repeats`, `span`, `tenure` (and `weight`).
 *
 * Customers made by `summarize` are in days and converted; plain columns are taken in the model's time unit.
 *
 * @throws ClienteleError `COLUMN_MISSING` with the mapping where the columns are named as in other tools;
 *   `VALUE_INVALID` naming the first customer whose span is above the tenure, whose repeats are negative or
 *   fractional, or who has a NaN
 */
export function purchaseRows(where: string, input: TableInput, timeUnit: TimeUnit): PurchaseRows {
  const table = asTable(where, input);
  const meta = customersMeta(table);
  if (meta !== undefined && timeUnit === 'period') {
    throw new ClienteleError('VALUE_INVALID', { where }, 'customers summarized from an order log have days, not periods.', 'Count purchases by period: columns repeats, last, periods.');
  }
  const names = timeUnit === 'period' ? ['repeats', 'last', 'periods'] as const : ['repeats', 'span', 'tenure'] as const;
  refuseForeignNames(where, table, names);
  const [repeats, span, tenure] = names.map((name) => numbersOf(where, table, name)) as [Float64Array, Float64Array, Float64Array];
  const perUnit = meta === undefined || timeUnit === 'period' ? 1 : DAYS_PER_UNIT[timeUnit];
  const rows = {
    table, n: table.numRows, repeats, span: perUnit === 1 ? span : divided(span, perUnit), tenure: perUnit === 1 ? tenure : divided(tenure, perUnit),
    weight: table.has('weight') ? numbersOf(where, table, 'weight') : undefined, without: 0, meta: meta ?? { source: 'columns' },
  };
  return { ...rows, without: checkRows(where, rows, names, meta !== undefined) };
}

/** The meta of customers made by `summarize`, undefined for plain columns. */
export function customersMeta(table: Table): CustomersMeta | undefined {
  const meta = (table as { meta?: Partial<CustomersMeta> }).meta;
  return typeof meta?.asOf === 'string' ? meta as CustomersMeta : undefined;
}

function divided(days: Float64Array, perUnit: number): Float64Array {
  const times = new Float64Array(days.length);
  for (let i = 0; i < days.length; i++) times[i] = days[i]! / perUnit;
  return times;
}

/** Check every row; returns how many have no purchase at all (allowed in customers with a roster only). */
function checkRows(where: string, rows: Pick<PurchaseRows, 'table' | 'n' | 'repeats' | 'span' | 'tenure' | 'weight'>, names: readonly string[], mayLack: boolean): number {
  const { n, repeats, span, tenure, weight } = rows;
  const discrete = names[1] === 'last';
  let without = 0;
  for (let i = 0; i < n; i++) {
    const x = repeats[i]!, t = span[i]!, T = tenure[i]!;
    // A span may pass its tenure by rounding only: 1e-9 of it.
    if (x >= 0 && t >= 0 && t <= T * (1 + 1e-9) && T < Infinity && Math.floor(x) === x && (x > 0 || t === 0) && (!discrete || (Math.floor(t) === t && Math.floor(T) === T && x <= t))
      && (weight === undefined || (weight[i]! >= 0 && weight[i]! < Infinity))) continue;
    if (mayLack && Number.isNaN(t) && Number.isNaN(T)) without++;
    else throw badRow(where, rows, names, i);
  }
  return without;
}

function badRow(where: string, rows: Pick<PurchaseRows, 'table' | 'repeats' | 'span' | 'tenure' | 'weight'>, names: readonly string[], i: number): ClienteleError {
  const [repeats, last, whole] = names as [string, string, string];
  const x = rows.repeats[i]!, t = rows.span[i]!, T = rows.tenure[i]!;
  const who = customerName(rows.table, i);
  const weight = rows.weight?.[i];
  const fault = (column: string, value: number, what: string, mend: string): ClienteleError => new ClienteleError('VALUE_INVALID', { where, column, row: i, value: valueText(value) }, `${who}: ${what}.`, mend);
  if (!(x >= 0) || !Number.isInteger(x)) return fault(repeats, x, `${repeats} is ${x}`, 'Give the number of purchases after the first, a whole number >= 0.');
  if (!(T >= 0) || T === Infinity) return fault(whole, T, `${whole} is ${T}`, 'Give a finite time >= 0 from the first purchase to the end of observation.');
  if (!(t >= 0)) return fault(last, t, `${last} is ${t}`, 'Give the time from the first to the last purchase, >= 0.');
  if (t > T) return fault(last, t, `${last} ${t} is above ${whole} ${T}`, `Both run from the first purchase; ${last} is ${last === 'span' ? 'the time of the last purchase, not the time since it' : 'the period of the last purchase'}.`);
  if (x === 0 && t > 0) return fault(last, t, `${last} is ${t} without a repeat purchase`, `With repeats 0, ${last} is 0.`);
  if (weight !== undefined && !(weight >= 0 && weight < Infinity)) return fault('weight', weight, `weight is ${weight}`, 'Give the number of customers the row stands for.');
  return fault(last, t, `${last} ${t} and ${whole} ${T} do not go with ${x} repeats`, 'Give whole periods, at most one purchase in each.');
}

/** How a message calls a customer: by id where there is one, else by row. */
export function customerName(table: Table, i: number): string {
  return table.has('customer') ? `customer ${valueText(cellOf(table.column('customer'), i))} (row ${i})` : `row ${i}`;
}

const FOREIGN = ['frequency', 'recency', 'T', 'monetary_value', 't_x', 't.x', 'x'];

function refuseForeignNames(where: string, table: Table, names: readonly string[]): void {
  const missing = names.find((name) => !table.has(name));
  if (missing === undefined) return;
  if (!table.names.some((name) => FOREIGN.includes(name))) throw columnMissing(where, missing, table.names);
  throw new ClienteleError('COLUMN_MISSING', { where, column: missing }, `column "${missing}" is missing (found: ${table.names.join(', ')}).`,
    'Other tools name them differently: frequency → repeats, recency → span (first to last purchase), T → tenure, monetary_value → meanRepeatSpend. Pass fromBtyd({ frequency, recency, T, monetary_value }).');
}
