import { ClienteleError, valueText, type Diagnostics, type Warning, cleanDiagnostics } from '../core/index.js';
import { asTable, cellOf, columnMissing, isPresent, isTable, numbersOf, orderByText, type Column, type Table, type TableInput, type ValueRange } from '../columns/index.js';
import type { Customers, CustomersMeta } from '../transactions/index.js';

/** The measures of customers, checked: those without a purchase are set aside. */
export interface Measures {
  readonly source: Table;
  /** as of when and by which rules; absent for plain columns */
  readonly meta: CustomersMeta | undefined;
  readonly diagnostics: Diagnostics;
  /** rows with a purchase, ascending; absent when all rows are */
  readonly rows: Int32Array | undefined;
  /** the column of each dimension */
  readonly dimensions: readonly string[];
  /** one array per dimension, of the rows with a purchase; finite */
  readonly values: readonly Float64Array[];
  /** of each dimension; from Infinity to -Infinity where there are no rows */
  readonly ranges: readonly ValueRange[];
  readonly warnings: readonly Warning[];
}

/**
 * Read the measures of each dimension; a row with missing recency and frequency 0 is a customer without a purchase.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer of a value that is missing
 *   or infinite
 */
export function readMeasures(where: string, customers: TableInput, dimensions: readonly { readonly column: string }[]): Measures {
  const source = asTable(where, customers);
  for (const { column } of dimensions) if (!source.has(column)) throw measureMissing(where, column, source);
  checkIds(where, source);
  const all = dimensions.map(({ column }) => numbersOf(where, source, column));
  const rows = withPurchase(where, source, dimensions, all);
  const values = rows === undefined ? all : all.map((numbers) => takeNumbers(numbers, rows));
  const ranges = values.map((numbers, d) => checkedRange(where, dimensions[d]!.column, numbers, source, rows));
  const summary = summaryOf(source);
  return { source, meta: summary?.meta, diagnostics: summary?.diagnostics ?? cleanDiagnostics(source.numRows), rows, dimensions: dimensions.map(({ column }) => column), values, ranges, warnings: negativeRecency(dimensions, values, ranges) };
}

/** Row numbers in order of the customer ids as text, for ties; in the order given when there are no ids. */
export function idOrder(measures: Measures): Int32Array {
  const { source, rows } = measures;
  const n = rows === undefined ? source.numRows : rows.length;
  if (!source.has('customer')) return Int32Array.from({ length: n }, (_, i) => i);
  const order = orderByText(source.column('customer'));
  if (rows === undefined) return order;
  const place = new Int32Array(source.numRows).fill(-1);
  rows.forEach((row, k) => (place[row] = k));
  return order.map((row) => place[row]!).filter((k) => k !== -1);
}

function withPurchase(where: string, source: Table, dimensions: readonly { readonly column: string }[], read: readonly Float64Array[]): Int32Array | undefined {
  if (!source.has('recency') || !source.has('frequency')) return undefined;
  const numbers = (column: string): Float64Array => read[dimensions.findIndex((d) => d.column === column)] ?? numbersOf(where, source, column);
  const frequency = numbers('frequency');
  // Mostly there is no such customer, and the engine's own search is quicker than any loop.
  if (!frequency.includes(0)) return undefined;
  const recency = numbers('recency');
  let without = 0;
  for (let i = 0; i < recency.length; i++) if (frequency[i] === 0 && Number.isNaN(recency[i])) without++;
  if (without === 0) return undefined;
  const rows = new Int32Array(recency.length - without);
  let used = 0;
  for (let i = 0; i < recency.length; i++) if (!(frequency[i] === 0 && Number.isNaN(recency[i]))) rows[used++] = i;
  return rows;
}

function takeNumbers(numbers: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) taken[k] = numbers[rows[k]!]!;
  return taken;
}

function checkedRange(where: string, column: string, numbers: Float64Array, source: Table, rows: Int32Array | undefined): ValueRange {
  let lowest = Infinity;
  let highest = -Infinity;
  let fractions = 0;
  for (let k = 0; k < numbers.length; k++) {
    const value = numbers[k]!;
    // The difference of a finite number to itself is 0; of NaN and infinities it is NaN.
    if (value - value !== 0) throw notFinite(where, column, value, source, rows?.[k] ?? k);
    if (value < lowest) lowest = value;
    if (value > highest) highest = value;
    fractions += Number(value !== Math.floor(value));
  }
  return { lowest: lowest + 0, highest: highest + 0, whole: fractions === 0 };
}

function notFinite(where: string, column: string, found: number, source: Table, row: number): ClienteleError {
  const value = Number.isNaN(found) ? 'missing' : String(found);
  return new ClienteleError('VALUE_INVALID', { where, column, row, value }, `column ${valueText(column)}, row ${row}${customerText(source, row)}: the value is ${value}.`, 'Fill or drop such rows first; only customers without a purchase may have recency missing, and frequency 0.');
}

function customerText(source: Table, row: number): string {
  if (!source.has('customer')) return '';
  return ` (customer ${valueText(cellOf(source.column('customer'), row))})`;
}

function measureMissing(where: string, column: string, source: Table): ClienteleError {
  const { place } = columnMissing(where, column, source.names);
  return new ClienteleError('COLUMN_MISSING', place, `column ${valueText(column)} is missing (found: ${source.names.map((name) => valueText(name)).join(', ')}).`, `Pass the customers that summarize makes, name the column ${valueText(column)}, or choose others by the option dimensions.`);
}

/** The meta and diagnostics of customers made by `summarize`, from any copy of the library. */
function summaryOf(source: Table): Customers | undefined {
  return isTable(source) && 'meta' in source && 'diagnostics' in source ? (source as Customers) : undefined;
}

function negativeRecency(dimensions: readonly { readonly column: string }[], values: readonly Float64Array[], ranges: readonly ValueRange[]): Warning[] {
  const d = dimensions.findIndex(({ column }) => column === 'recency');
  if (d === -1 || !(ranges[d]!.lowest < 0)) return [];
  const below = values[d]!.reduce((count, days) => count + (days < 0 ? 1 : 0), 0);
  return [{ code: 'RECENCY_NEGATIVE', message: `${below} ${below === 1 ? 'customer has' : 'customers have'} a recency below 0: a last purchase after the day of the analysis. Check that day; such customers count as the most recent.` }];
}

/**
 * A column of the scored rows, spread over all rows again; rows without a purchase get `missing`.
 *
 * Without such rows the column itself.
 */
export function spread(column: Int32Array, measures: Measures, missing: number): Int32Array {
  if (measures.rows === undefined) return column;
  const all = new Int32Array(measures.source.numRows).fill(missing);
  for (let k = 0; k < measures.rows.length; k++) all[measures.rows[k]!] = column[k]!;
  return all;
}

/** A customer column without a gap, or none. */
export function checkIds(where: string, source: Table): Column | undefined {
  if (!source.has('customer')) return undefined;
  const ids = source.column('customer');
  if (ids.type === 'text' && ids.valid === undefined) return ids;
  for (let row = 0; row < source.numRows; row++) {
    if (!isPresent(ids, row)) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row }, `column "customer", row ${row}: the id is missing.`, 'Give every customer an id.');
  }
  return ids;
}
