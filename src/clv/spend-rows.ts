import { asTable, columnMissing, numbersOf, type Table, type TableInput } from '../columns/index.js';
import { ClienteleError } from '../core/index.js';
import { logGamma, logRising } from '../math/index.js';
import { param, type Model } from './model.js';
import { customerName } from './purchase-rows.js';

/** What the spend model reads of customers. */
export interface SpendRows {
  readonly table: Table;
  readonly n: number;
  readonly repeats: Float64Array;
  /** mean money of the purchases after the first; 0 without repeats */
  readonly spend: Float64Array;
}

/**
 * Read and check `repeats` and `meanRepeatSpend`.
 *
 * @throws ClienteleError `COLUMN_MISSING`, with the mapping where the columns are named as in other tools;
 *   `VALUE_INVALID` naming the first customer with negative or fractional repeats, or without a spend
 */
export function spendRows(where: string, input: TableInput): SpendRows {
  const table = asTable(where, input);
  for (const name of ['repeats', 'meanRepeatSpend']) {
    if (table.has(name)) continue;
    if (!table.names.some((n) => n === 'frequency' || n === 'monetary_value')) throw columnMissing(where, name, table.names);
    throw new ClienteleError('COLUMN_MISSING', { where, column: name }, `column "${name}" is missing (found: ${table.names.join(', ')}).`,
      'Other tools name them differently: frequency → repeats, monetary_value → meanRepeatSpend (a mean per purchase, not a total). Pass fromBtyd({ frequency, recency, T, monetary_value }).');
  }
  const repeats = numbersOf(where, table, 'repeats');
  const spend = numbersOf(where, table, 'meanRepeatSpend');
  const summarized = (table as { meta?: unknown }).meta !== undefined;
  for (let i = 0; i < table.numRows; i++) {
    const x = repeats[i]!, m = spend[i]!;
    const fits = (Math.floor(x) === x && x >= 0 && Math.abs(m) < Infinity) || (x === 0 && Number.isNaN(m)) || (summarized && Number.isNaN(x));
    if (fits) continue;
    const column = Number.isInteger(x) && x >= 0 ? 'meanRepeatSpend' : 'repeats';
    const value = column === 'repeats' ? x : m;
    throw new ClienteleError('VALUE_INVALID', { where, column, row: i, value: String(value) }, `${customerName(table, i)}: ${column} is ${value}.`, 'Give whole repeats >= 0 and, with repeats, the mean money of one repeat purchase.');
  }
  return { table, n: table.numRows, repeats, spend };
}

/** Log-likelihood of one customer's mean spend m over x purchases. */
export function logLikelihoodOfSpend(model: Model<'gamma-gamma'>, x: number, m: number): number {
  const p = param(model, 'p'), q = param(model, 'q'), v = param(model, 'v');
  return logRising(p * x, q) - logGamma(q) - p * x * Math.log1p(v / (x * m)) - q * Math.log1p((x * m) / v) - Math.log(m);
}
