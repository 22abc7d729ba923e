import { ClienteleError, valueText } from '../core/index.js';
import { exactSum, exactSumOf, isTable } from '../columns/index.js';

/** Values that shares can be taken of, and their total. */
export interface CheckedValues {
  readonly values: Float64Array;
  /** above 0, rounded once */
  readonly total: number;
}

/**
 * Values for a measure of concentration: finite, at least one, their total above 0.
 *
 * @param below whether values below 0 are refused (they make Gini, Lorenz, HHI, Hoover and Theil meaningless) or allowed
 * @throws ClienteleError `VALUE_INVALID`
 */
export function checkedValues(where: string, given: Float64Array | readonly number[], below: 'refused' | 'allowed' = 'refused'): CheckedValues {
  if (!Array.isArray(given) && !ArrayBuffer.isView(given)) {
    const what = isTable(given) ? 'a table' : valueText(given);
    throw new ClienteleError('VALUE_INVALID', { where, value: what }, `${what} was given where one number per customer belongs.`, "Pass a column's values, such as customers.column('monetary').data.");
  }
  const values = given instanceof Float64Array ? given : Float64Array.from(given, (value) => (typeof value === 'number' ? value : NaN));
  if (values.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no values.', 'Pass at least one.');
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (value - value !== 0) throw new ClienteleError('VALUE_INVALID', { where, row, value: valueText(given[row]) }, `row ${row} is ${valueText(given[row])}.`, 'Drop or fill missing values first.');
    if (value < 0 && below === 'refused') {
      throw new ClienteleError('VALUE_INVALID', { where, row, value: String(value) }, `row ${row} is ${value}: below 0 this measure has no meaning.`, 'Leave such customers out or count them as 0, or use topShare and whaleCurve, which take losses.');
    }
  }
  return { values, total: checkedTotal(where, values) };
}

/**
 * The total of values, where shares of it exist.
 *
 * @param counts how often each value stands; once when absent
 * @throws ClienteleError `VALUE_INVALID` for a total of 0 or below, or one too large
 */
export function checkedTotal(where: string, values: Float64Array, counts?: Int32Array): number {
  const total = counts === undefined ? exactSum(values) : exactSumOf(values, (value) => value, counts);
  if (total > 0 && total < Infinity) return total;
  throw new ClienteleError('VALUE_INVALID', { where, value: String(total) }, `the total is ${total}, so there are no shares of it.`, 'Pass values whose total is above 0.');
}

/** True when a part reaches a share of the total, but for rounding (1e-12 of the total). */
export function reaches(part: number, total: number, share: number): boolean {
  return part / total >= share - 1e-12;
}
