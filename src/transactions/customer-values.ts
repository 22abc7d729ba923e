import { cleanDiagnostics, ClienteleError, valueText, type Diagnostics } from '../core/index.js';
import { asTable, cellOf, columnMissing, isPresent, isTable, numbersOf, Table, type TableInput } from '../columns/index.js';
import type { Customers, CustomersMeta } from './customers.js';

/** One number per customer: a column of their own, or plain values without names. */
export type ValuesInput = TableInput | Float64Array | readonly number[];

/** A measure of customers, read and checked; customers without a purchase are set aside. */
export interface CustomerValues {
  /** the customers counted, in the order given */
  readonly source: Table;
  /** finite, one per row of `source` */
  readonly values: Float64Array;
  /** name of the column the values came from */
  readonly column: string;
  /** row of each value in what was given; absent when all rows count */
  readonly rows?: Int32Array;
  /** as of when and by which rules; absent for plain columns */
  readonly meta: CustomersMeta | undefined;
  readonly diagnostics: Diagnostics;
}

/**
 * Read one measure of customers: `'revenue'` is the column `monetary` (or `revenue`), `'profit'` the column `profit`, any
 * other word a column of that name.
 *
 * Where `monetary` is a mean per order it is multiplied by `frequency`. Customers that only a roster names (recency
 * missing, frequency 0) are left out and counted.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer of a value that is missing or
 *   infinite, or where there is no customer
 */
export function customerValues(where: string, input: ValuesInput, of: string): CustomerValues {
  const all = isPlain(input) ? new Table([[of, { type: 'number', data: input instanceof Float64Array ? input : plainNumbers(where, input) }]]) : asTable(where, input);
  const column = columnOf(where, all, of);
  const summary = isTable(all) && 'meta' in all && 'diagnostics' in all ? (all as Customers) : undefined;
  const rows = column === 'monetary' ? bought(where, all) : undefined;
  const source = rows === undefined ? all : all.take(rows);
  const known = checkedNumbers(where, source, column, rows);
  if (source.numRows === 0) throw new ClienteleError('VALUE_INVALID', { where, column }, 'there are no customers.', 'Pass at least one.');
  const values = column === 'monetary' && summary?.meta.monetary === 'mean' ? timesOrders(where, known, source) : known;
  const diagnostics = summary?.diagnostics ?? cleanDiagnostics(all.numRows);
  const without = all.numRows - source.numRows;
  return { source, values, column, ...(rows === undefined ? {} : { rows }), meta: summary?.meta, diagnostics: without === 0 ? diagnostics : leftOut(diagnostics, all.numRows, without) };
}

/**
 * A numeric column without gaps.
 *
 * @param rows row of each value in what the user gave, for the message
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer
 */
export function checkedNumbers(where: string, source: Table, column: string, rows?: Int32Array): Float64Array {
  const values = numbersOf(where, source, column);
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // The difference of a finite number to itself is 0; of NaN and infinities it is NaN.
    if (value - value !== 0) throw notFinite(where, column, value, source, i, rows);
  }
  return values;
}

function isPlain(input: ValuesInput): input is Float64Array | readonly number[] {
  return ArrayBuffer.isView(input) || Array.isArray(input);
}

function plainNumbers(where: string, input: readonly number[]): Float64Array {
  const values = Float64Array.from(input);
  const row = input.findIndex((value) => typeof value !== 'number');
  if (row !== -1 && !(input instanceof Float64Array)) {
    throw new ClienteleError('VALUE_INVALID', { where, row, value: valueText(input[row]) }, `row ${row} is ${valueText(input[row])}, not a number.`, 'Give one number per customer.');
  }
  return values;
}

function columnOf(where: string, source: Table, of: string): string {
  const names = of === 'revenue' ? ['monetary', 'revenue'] : [of];
  const found = names.find((name) => source.has(name));
  if (found !== undefined) return found;
  const { place } = columnMissing(where, names[0]!, source.names);
  throw new ClienteleError('COLUMN_MISSING', place, `there is no column ${names.map((name) => valueText(name)).join(' or ')} (found: ${source.names.map((name) => valueText(name)).join(', ')}).`, 'Name the column by the option of, or pass the customers that summarize makes.');
}

/** Rows with a purchase, where some have none. */
function bought(where: string, source: Table): Int32Array | undefined {
  if (!source.has('recency') || !source.has('frequency')) return undefined;
  const recency = numbersOf(where, source, 'recency');
  const frequency = numbersOf(where, source, 'frequency');
  const kept = new Int32Array(recency.length);
  let used = 0;
  for (let i = 0; i < recency.length; i++) if (!(frequency[i] === 0 && Number.isNaN(recency[i]))) kept[used++] = i;
  return used === recency.length ? undefined : kept.slice(0, used);
}

function timesOrders(where: string, means: Float64Array, source: Table): Float64Array {
  const orders = checkedNumbers(where, source, 'frequency');
  return means.map((mean, i) => mean * orders[i]!);
}

function leftOut(diagnostics: Diagnostics, seen: number, without: number): Diagnostics {
  const customers = diagnostics.customers ?? { seen, kept: seen, leftOut: {} };
  const already = customers.leftOut['no-purchase'] ?? 0;
  return { ...diagnostics, customers: { seen: customers.seen, kept: customers.kept - without, leftOut: { ...customers.leftOut, 'no-purchase': already + without } } };
}

function notFinite(where: string, column: string, found: number, source: Table, i: number, rows: Int32Array | undefined): ClienteleError {
  const row = rows?.[i] ?? i;
  const value = Number.isNaN(found) ? 'missing' : String(found);
  const ids = source.has('customer') ? source.column('customer') : undefined;
  const who = ids !== undefined && isPresent(ids, i) ? ` (customer ${valueText(cellOf(ids, i))})` : '';
  return new ClienteleError('VALUE_INVALID', { where, column, row, value }, `column ${valueText(column)}, row ${row}${who}: the value is ${value}.`, 'Fill or drop such rows first.');
}
