import { checkKeys, ClienteleError } from '../core/index.js';
import { asTable, exactSum, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';
import { checkOnce, idColumn, idText, someRows } from './inputs.js';

export interface ShareOfWalletOptions {
  /** column of what a customer spends here; `'own'` by default, `'monetary'` of summarized customers where there is none */
  readonly own?: string;
  /** column of what the customer spends on the category anywhere, here included; `'category'` by default */
  readonly category?: string;
}

export interface ShareOfWallet extends Showable {
  /** `customer`, `own`, `category`, `share`, `headroom` (spent elsewhere) */
  readonly table: Table;
  /** all own spend / all category spend: what the firm has of the market these customers make */
  readonly total: number;
  /** mean of the customers' shares: one vote each */
  readonly mean: number;
}

/**
 * Share of wallet (顾客份额, 钱包份额): what a customer spends here / what they spend on the category anywhere.
 *
 * The category spend is known from a survey or a panel, seldom from an order log. Where only ranks are known, see
 * `walletAllocation`.
 *
 * @param data one row per customer; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row: a customer twice, negative spend, a category of 0, or less than the own spend
 * @example
 * shareOfWallet({ customer: ['a', 'b'], own: [30, 10], category: [60, 100] });   // total 0.25, mean 0.3
 *
 * O(customers).
 */
export function shareOfWallet(data: TableInput, options: ShareOfWalletOptions = {}): ShareOfWallet {
  const where = 'shareOfWallet';
  checkKeys(where, options, ['own', 'category']);
  const source = someRows(where, asTable(where, data));
  const ids = idColumn(where, source);
  checkOnce(where, source);
  const ownName = options.own ?? (source.has('own') || !source.has('monetary') ? 'own' : 'monetary');
  const name = options.category ?? 'category';
  const own = checkedNumbers(where, source, ownName);
  const category = checkedNumbers(where, source, name);
  for (let row = 0; row < own.length; row++) {
    if (own[row]! >= 0 && category[row]! > 0 && category[row]! >= own[row]!) continue;
    const [column, value] = own[row]! < 0 ? [ownName, own[row]!] : [name, category[row]!];
    const why = own[row]! < 0 ? 'is negative' : category[row]! > 0 ? `is less than the own spend of ${own[row]}` : 'is no spend of which there could be a share';
    throw new ClienteleError('VALUE_INVALID', { where, column, row, value: String(value) }, `row ${row} (customer ${idText(ids, row)}): ${column} ${value} ${why}.`, 'The category is all the customer spends on it, here included; leave out customers who spend nothing.');
  }
  const share = own.map((spent, i) => spent / category[i]!);
  const number = (values: Float64Array): Column => ({ type: 'number', data: values });
  const answer = new Table([['customer', ids], ['own', number(own)], ['category', number(category)], ['share', number(share)], ['headroom', number(category.map((all, i) => all - own[i]!))]]);
  const result = { table: answer, total: exactSum(own) / exactSum(category), mean: exactSum(share) / share.length };
  return showableResult(result, { text: () => answer.toString(), html: () => answer.toHTML() });
}
