import { cleanDiagnostics, ClienteleError, optionInvalid, valueText, type Diagnostics } from '../core/index.js';
import { asTable, cellOf, columnMissing, isPresent, isTable, numbersOf, type Table, type TableInput } from '../columns/index.js';
import type { Customers, CustomersMeta } from '../transactions/index.js';

/** Features of customers, checked; those without a purchase are set aside. */
export interface Features {
  readonly source: Table;
  readonly meta: CustomersMeta | undefined;
  readonly diagnostics: Diagnostics;
  readonly columns: readonly string[];
  /** one array per feature, of the rows kept; finite */
  readonly values: readonly Float64Array[];
  /** rows kept, ascending; absent when all are */
  readonly rows: Int32Array | undefined;
}

export const DEFAULT_FEATURES: readonly string[] = ['recency', 'frequency', 'monetary'];

/**
 * Read the features of each customer; a row with recency missing and frequency 0 is a customer without a purchase.
 *
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer
 */
export function readFeatures(where: string, customers: TableInput, features: readonly string[] = DEFAULT_FEATURES): Features {
  const given: unknown = features;
  if (!Array.isArray(given) || given.length === 0 || given.some((name) => typeof name !== 'string') || new Set(given).size < given.length) {
    throw optionInvalid(where, 'features', given, "Name different numeric columns: ['recency', 'frequency', 'monetary'].");
  }
  const source = asTable(where, customers);
  for (const name of features) {
    if (!source.has(name)) throw new ClienteleError('COLUMN_MISSING', columnMissing(where, name, source.names).place, `column ${valueText(name)} is missing (found: ${source.names.map((n) => valueText(n)).join(', ')}).`, 'Pass the customers that summarize makes, or choose others by the option features.');
  }
  checkIds(where, source);
  const all = features.map((name) => numbersOf(where, source, name));
  const rows = withPurchase(where, source, features);
  const values = rows === undefined ? all : all.map((numbers) => takeNumbers(numbers, rows));
  values.forEach((numbers, f) => checkFinite(where, features[f]!, numbers, source, rows));
  const summary = isTable(source) && 'meta' in source && 'diagnostics' in source ? (source as Customers) : undefined;
  return { source, meta: summary?.meta, diagnostics: summary?.diagnostics ?? cleanDiagnostics(source.numRows), columns: [...features], values, rows };
}

/** Numbers of the given rows, in their order. */
export function takeNumbers(numbers: Float64Array, rows: Int32Array): Float64Array {
  const taken = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) taken[k] = numbers[rows[k]!]!;
  return taken;
}

/** A column of the kept rows, spread over all rows again; the others get `missing`. */
export function spread<A extends Int32Array | Float64Array>(kept: A, features: Features, missing: number): A {
  if (features.rows === undefined) return kept;
  const all = (kept instanceof Int32Array ? new Int32Array(features.source.numRows) : new Float64Array(features.source.numRows)).fill(missing) as A;
  for (let k = 0; k < features.rows.length; k++) all[features.rows[k]!] = kept[k]!;
  return all;
}

function checkIds(where: string, source: Table): void {
  if (!source.has('customer')) return;
  const ids = source.column('customer');
  if (ids.type === 'text' && ids.valid === undefined) return;
  for (let row = 0; row < source.numRows; row++) {
    if (!isPresent(ids, row)) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row }, `column "customer", row ${row}: the id is missing.`, 'Give every customer an id.');
  }
}

/** Rows with a purchase, where recency is a feature and some customers have none. */
function withPurchase(where: string, source: Table, features: readonly string[]): Int32Array | undefined {
  if (!features.includes('recency') || !source.has('frequency')) return undefined;
  const recency = numbersOf(where, source, 'recency');
  const frequency = numbersOf(where, source, 'frequency');
  const kept: number[] = [];
  for (let i = 0; i < recency.length; i++) if (!(frequency[i] === 0 && Number.isNaN(recency[i]))) kept.push(i);
  return kept.length === recency.length ? undefined : Int32Array.from(kept);
}

function checkFinite(where: string, column: string, numbers: Float64Array, source: Table, rows: Int32Array | undefined): void {
  for (let k = 0; k < numbers.length; k++) {
    const value = numbers[k]!;
    // The difference of a finite number to itself is 0; of NaN and infinities it is NaN.
    if (value - value === 0) continue;
    const row = rows?.[k] ?? k;
    const who = source.has('customer') ? ` (customer ${valueText(cellOf(source.column('customer'), row))})` : '';
    const found = Number.isNaN(value) ? 'missing' : String(value);
    throw new ClienteleError('VALUE_INVALID', { where, column, row, value: found }, `column ${valueText(column)}, row ${row}${who}: the value is ${found}.`, 'Fill or drop such rows first; only customers without a purchase may have recency missing, and frequency 0.');
  }
}

/**
 * Weights of the kept rows, or none.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `COLUMN_LENGTH`; `VALUE_INVALID` for a weight that is missing, infinite or
 *   below 0, or where all are 0
 */
export function readWeights(where: string, option: string | ArrayLike<number> | undefined, { source, rows }: Features): Float64Array | undefined {
  if (option === undefined) return undefined;
  const listed: unknown = option;
  if (typeof listed !== 'string' && (typeof listed !== 'object' || listed === null || !('length' in listed))) throw optionInvalid(where, 'weights', listed, 'Name a column, or give one number per row.');
  const all = typeof option === 'string' ? numbersOf(where, source, option) : Float64Array.from(option);
  if (all.length !== source.numRows) throw new ClienteleError('COLUMN_LENGTH', { where, option: 'weights' }, `there are ${all.length} weights for ${source.numRows} rows.`, 'Give one weight per row.');
  const weights = rows === undefined ? all : takeNumbers(all, rows);
  for (let k = 0; k < weights.length; k++) {
    if (!(weights[k]! >= 0 && weights[k]! < Infinity)) throw new ClienteleError('VALUE_INVALID', { where, option: 'weights', row: rows?.[k] ?? k, value: String(weights[k]) }, `the weight of row ${rows?.[k] ?? k} is ${weights[k]}.`, 'Give finite weights of 0 or more.');
  }
  if (!weights.some((weight) => weight > 0)) throw new ClienteleError('VALUE_INVALID', { where, option: 'weights' }, 'every weight is 0.', 'Give at least one customer a weight above 0.');
  return weights;
}
