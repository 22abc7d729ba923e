import { checkKeys, ClienteleError, optionInvalid } from '../core/index.js';
import { asTable, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';
import { checkRates } from './cost-to-serve.js';

/** Money waiting for payment, as a cost. */
export interface CapitalOption {
  /** a year's interest on the money: 0.09 */
  readonly rateYearly: number;
  /** column with the money waited for: `'revenue'` */
  readonly amount: string;
  /** column with the days it was late */
  readonly days: string;
}

/** What activities cost, where their numbers stand in columns. */
export interface ActivityCostsOptions {
  /** money per activity by column of counts: `{ orders: 6.5, returns: 14 }` */
  readonly rates: Readonly<Record<string, number>>;
  readonly capital?: CapitalOption;
}

/**
 * Cost to serve from counts per customer: orders, returns, calls and visits times their rates, and interest on late money.
 *
 * For dated events use `costToServe`.
 *
 * @param customers any table or plain columns; counts at least 0. Not modified.
 * @returns money per row, in the order given
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID` naming column, row and customer
 * @example
 * activityCosts({ orders: [2], visits: [1] }, { rates: { orders: 6.5, visits: 38 } });   // Float64Array [51]
 *
 * Method: Σ count × rate + amount × rateYearly × days / 365, Kaplan & Narayanan (2001). O(customers × activities).
 */
export function activityCosts(customers: TableInput, options: ActivityCostsOptions): Float64Array {
  checkKeys('activityCosts', options, ['rates', 'capital']);
  const rates = checkRates('activityCosts', options.rates);
  const source = asTable('activityCosts', customers);
  const costs = new Float64Array(source.numRows);
  for (const [name, rate] of rates) {
    const counts = checkedNumbers('activityCosts', source, name);
    for (let i = 0; i < costs.length; i++) {
      if (counts[i]! < 0) throw new ClienteleError('VALUE_INVALID', { where: 'activityCosts', column: name, row: i }, `column ${name}, row ${i} is ${counts[i]!}.`, 'Counts of activities start at 0.');
      costs[i]! += counts[i]! * rate;
    }
  }
  if (options.capital !== undefined) {
    const { rateYearly, amount, days } = options.capital;
    checkKeys('activityCosts', options.capital, ['rateYearly', 'amount', 'days']);
    if (!(rateYearly >= 0 && rateYearly < 10)) throw optionInvalid('activityCosts', 'capital.rateYearly', rateYearly, 'Give a yearly rate such as 0.09 for 9 %.');
    const money = checkedNumbers('activityCosts', source, amount);
    const late = checkedNumbers('activityCosts', source, days);
    for (let i = 0; i < costs.length; i++) costs[i]! += (money[i]! * rateYearly * late[i]!) / 365;
  }
  return costs;
}
