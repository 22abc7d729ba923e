import { ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { type Column, numbersOf, type Table } from '../columns/index.js';

/**
 * A column of finite numbers at or above a least one.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the first row that is missing, infinite or too small
 */
export function finiteNumbers(where: string, source: Table, name: string, least: number = -Infinity): Float64Array {
  const values = numbersOf(where, source, name);
  for (let row = 0; row < values.length; row++) {
    if (Number.isFinite(values[row]!) && values[row]! >= least) continue;
    const needed = least === -Infinity ? 'a finite number' : `a number of ${least} or more`;
    throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row}: ${Number.isNaN(values[row]) ? 'the value is missing' : `${values[row]}`}, not ${needed}.`, 'Mend the row, or leave it out.');
  }
  return values;
}

/**
 * A column of yes and no as 1 and 0: flags, or numbers that are 0 and 1.
 *
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the first row that is neither
 */
export function yesNo(where: string, source: Table, name: string): Uint8Array {
  const values = numbersOf(where, source, name);
  const flags = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    if (values[row] !== 0 && values[row] !== 1) {
      throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `column ${valueText(name)}, row ${row}: ${Number.isNaN(values[row]) ? 'the value is missing' : values[row]}, not 0 or 1.`, 'Give 1 (or true) for customers who left, 0 (or false) for the others.');
    }
    flags[row] = values[row]!;
  }
  return flags;
}

/** A table that has rows, or an error saying so. */
export function someRows(where: string, source: Table): Table {
  if (source.numRows > 0) return source;
  throw new ClienteleError('VALUE_INVALID', { where }, 'there are no rows.', 'Pass at least one customer.');
}

/** Languages of what a person reads. */
export type Language = 'en' | 'zh';

/** What customers without a group or reason stand under. */
export const MISSING_LABELS: Readonly<Record<Language, string>> = { en: '(missing)', zh: '（未填写）' };

/** A confidence level from 0.5 to below 1. */
export function checkLevel(where: string, level: unknown): number {
  if (typeof level === 'number' && level >= 0.5 && level < 1) return level;
  throw optionInvalid(where, 'level', level, 'Give the confidence as a share, from 0.5 to below 1, such as 0.95.');
}

/** A finite number option within limits, both included. */
export function checkNumber(where: string, option: string, value: unknown, least: number, most: number = Infinity): number {
  if (typeof value === 'number' && Number.isFinite(value) && value >= least && value <= most) return value;
  throw optionInvalid(where, option, value, `Give a number ${most === Infinity ? `of ${least} or more` : `from ${least} to ${most}`}.`);
}

/** A finite number option above 0. */
export function checkAbove0(where: string, option: string, value: unknown): number {
  if (typeof value === 'number' && value > 0 && value < Infinity) return value;
  throw optionInvalid(where, option, value, 'Give a number above 0.');
}

/** A text column of a table's ids, or the row numbers where there are none. */
export function idColumn(source: Table): readonly [string, Column] {
  return source.has('customer') ? ['customer', source.column('customer')] : ['row', { type: 'integer', data: Int32Array.from({ length: source.numRows }, (_, i) => i) }];
}
