import { checkWord, cleanDiagnostics, ClienteleError, notThisResult, optionInvalid, valueText, type Diagnostics } from '../core/index.js';
import { cellOf, columnMissing, groupRows, isTable, numbersOf, type Column, type Table } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';
import type { Labels, Language } from './words.js';

/** A finite number option within limits, both included. */
export function checkNumber(where: string, option: string, value: unknown, least: number, most: number = Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value;
  throw optionInvalid(where, option, value, `Give a number ${most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`}.`);
}

/** A confidence level from 0.5 to below 1. */
export function checkLevel(where: string, level: unknown): number {
  if (typeof level === 'number' && level >= 0.5 && level < 1) return level;
  throw optionInvalid(where, 'level', level, 'Give the confidence as a share, from 0.5 to below 1, such as 0.95.');
}

export function checkLanguage(where: string, labels: unknown): Language {
  return checkWord(where, 'labels', labels ?? 'en', ['en', 'zh']);
}

/** Check that something is what `pointsLedger` returned. */
export function checkLedger(where: string, ledger: unknown): void {
  const parts = (typeof ledger === 'object' && ledger !== null ? ledger : {}) as Readonly<Record<string, unknown>>;
  if (!isTable(parts['table']) || !isTable(parts['awards']) || typeof parts['totals'] !== 'object' || typeof parts['meta'] !== 'object') throw notThisResult(where, ledger, 'a ledger of points', 'Pass what pointsLedger returned.');
}

/** A table that has rows, or an error saying so. */
export function someRows<T extends Table>(where: string, source: T): T {
  if (source.numRows > 0) return source;
  throw new ClienteleError('VALUE_INVALID', { where }, 'there are no rows.', 'Pass at least one.');
}

/**
 * A column of numbers within limits; missing ones are NaN and pass.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming column and row
 */
export function numbersWithin(where: string, source: Table, name: string, least: number, most: number): Float64Array {
  const values = numbersOf(where, source, name);
  for (let row = 0; row < values.length; row++) {
    if (Number.isNaN(values[row]!) || (values[row]! >= least && values[row]! <= most)) continue;
    throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row}: ${values[row]} is not ${most === Infinity ? `a number of ${least} or more` : `from ${least} to ${most}`}.`, 'Mend the row, leave it missing, or name another scale.');
  }
  return values;
}

/** A column of ids, text or numbers. */
export function idColumn(where: string, source: Table, name = 'customer'): Column {
  if (!source.has(name)) throw columnMissing(where, name, source.names);
  return source.column(name);
}

/**
 * One row per customer, each with an id.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row
 */
export function checkOnce(where: string, source: Table): void {
  const ids = idColumn(where, source);
  const { codes, firstRow } = groupRows(ids);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i] === -1) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row: i }, `row ${i} has no customer.`, 'Fill it, or drop the row.');
    if (firstRow[codes[i]!] !== i) throw new ClienteleError('VALUE_INVALID', { where, column: 'customer', row: i, value: idText(ids, i) }, `row ${i}: customer ${idText(ids, i)} stands there twice.`, 'Give one row per customer.');
  }
}

/** An id as plain JavaScript, for a message. */
export function idText(ids: Column, row: number): string {
  return valueText(cellOf(ids, row));
}

/** A category column of keys, and one of their labels beside it. */
export function keyColumns<K extends string>(name: string, keys: readonly K[], codes: Int32Array, labels: Labels<K>, language: Language, label = 'label'): [string, Column][] {
  return [[name, { type: 'category', data: codes, values: keys }], [label, { type: 'category', data: codes, values: keys.map((key) => labels[key][language]) }]];
}

/**
 * Orders per customer, customers without one left out and counted.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row for what is no count, or where nobody bought
 */
export function ordersOf(where: string, source: Table, name: string): { source: Table; values: Float64Array; diagnostics: Diagnostics } {
  const all = checkedNumbers(where, source, name);
  for (let row = 0; row < all.length; row++) {
    if (Number.isInteger(all[row]!) && all[row]! >= 0) continue;
    throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(all[row]) }, `column ${valueText(name)}, row ${row}: ${all[row]} is no count of orders.`, 'Give whole numbers of 0 or more.');
  }
  const before = 'diagnostics' in source ? (source as unknown as { diagnostics: Diagnostics }).diagnostics : cleanDiagnostics(source.numRows);
  const rows = Int32Array.from(all.keys()).filter((i) => all[i]! > 0);
  if (rows.length === 0) throw new ClienteleError('VALUE_INVALID', { where, column: name }, 'there is no customer with an order.', 'Pass at least one.');
  const without = all.length - rows.length;
  if (without === 0) return { source, values: all, diagnostics: before };
  const customers = before.customers ?? { seen: all.length, kept: all.length, leftOut: {} };
  const leftOut = { ...customers.leftOut, 'no-purchase': (customers.leftOut['no-purchase'] ?? 0) + without };
  return { source: source.take(rows), values: Float64Array.from(rows, (i) => all[i]!), diagnostics: { ...before, customers: { ...customers, kept: customers.kept - without, leftOut } } };
}
