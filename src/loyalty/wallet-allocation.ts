import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, cellOf, groupRows, matchRows, showableResult, Table, takeColumn, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers } from '../transactions/index.js';
import { checkOnce, idColumn, someRows } from './inputs.js';

export interface WalletAllocationOptions {
  /** column that says how a customer likes a brand; `'rank'` or `'score'`, whichever is there, by default */
  readonly value?: string;
  /** which end is best: `'low'` for ranks (default for `rank`), `'high'` for scores (default for `score`); any other column needs it said */
  readonly best?: 'low' | 'high';
  /** category spend, one row per customer, columns `customer` and `category`: brands are then weighed by money as well */
  readonly spend?: TableInput;
}

export interface WalletAllocation extends Showable {
  /** the rows given: `customer`, `brand`, `rank` (mean rank of equals), `brands` (how many the customer uses), `share` */
  readonly table: Table;
  /** per brand, most first: `brand`, `users`, `share` (of all customers' wallets, one vote each), and `spend`, `spendShare` where spend is known */
  readonly brands: Table;
}

/**
 * Share of each brand in a customer's wallet, from how the customer ranks the brands they use: (1 - rank / (N + 1)) × 2 / N.
 *
 * Ranks are made anew within the customer: equal values share their mean rank, so the shares of a customer sum to 1.
 *
 * @param data one row per customer and brand they use: `customer`, `brand`, and `rank` or `score`; not modified
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row: a brand twice, no id; `OPTION_INVALID`
 * @example
 * walletAllocation({ customer: ['a', 'a'], brand: ['x', 'y'], rank: [1, 2] }).table.toColumns().share;   // 2/3, 1/3
 *
 * Source: the Wallet Allocation Rule of Keiningham, Aksoy, Buoye & Cooil (2011), Harvard Business Review 89. O(n log n).
 */
export function walletAllocation(data: TableInput, options: WalletAllocationOptions = {}): WalletAllocation {
  const where = 'walletAllocation';
  checkKeys(where, options, ['value', 'best', 'spend']);
  const source = someRows(where, asTable(where, data));
  const name = options.value ?? (source.has('rank') || !source.has('score') ? 'rank' : 'score');
  if (options.best === undefined && name !== 'rank' && name !== 'score') throw optionInvalid(where, 'best', undefined, `Say which end of ${valueText(name)} is best: 'low' for ranks, 'high' for scores.`);
  const best = checkWord(where, 'best', options.best ?? (name === 'rank' ? 'low' : 'high'), ['low', 'high']);
  const values = checkedNumbers(where, source, name);
  const customers = groupRows(idColumn(where, source));
  const brands = groupRows(idColumn(where, source, 'brand'));
  const rows = rowsByCustomer(where, source, customers, brands);
  const rank = new Float64Array(values.length), count = new Int32Array(values.length), share = new Float64Array(values.length);
  for (const own of rows) {
    own.sort((a, b) => (best === 'low' ? values[a]! - values[b]! : values[b]! - values[a]!));
    for (let from = 0; from < own.length;) {
      let to = from + 1;
      while (to < own.length && values[own[to]!] === values[own[from]!]) to++;
      for (let k = from; k < to; k++) {
        rank[own[k]!] = (from + 1 + to) / 2;
        count[own[k]!] = own.length;
        share[own[k]!] = (1 - rank[own[k]!]! / (own.length + 1)) * (2 / own.length);
      }
      from = to;
    }
  }
  const answer = new Table([
    ['customer', source.column('customer')], ['brand', source.column('brand')], ['rank', { type: 'number', data: rank }],
    ['brands', { type: 'integer', data: count }], ['share', { type: 'number', data: share }],
  ]);
  const summary = brandTable(where, source, { customers, brands, share }, options.spend);
  return showableResult({ table: answer, brands: summary }, { text: () => summary.toString(), html: () => summary.toHTML() });
}

type Grouped = ReturnType<typeof groupRows>;

function rowsByCustomer(where: string, source: Table, customers: Grouped, brands: Grouped): number[][] {
  const rows = Array.from({ length: customers.count }, (): number[] => []);
  const used = new Set<number>();
  for (let i = 0; i < source.numRows; i++) {
    const [c, b] = [customers.codes[i]!, brands.codes[i]!];
    if (c === -1 || b === -1) throw new ClienteleError('VALUE_INVALID', { where, column: c === -1 ? 'customer' : 'brand', row: i }, `row ${i} has no ${c === -1 ? 'customer' : 'brand'}.`, 'Fill it, or drop the row.');
    if (used.has(c * brands.count + b)) throw new ClienteleError('VALUE_INVALID', { where, column: 'brand', row: i, value: valueText(cellOf(source.column('brand'), i)) }, `row ${i} names the brand ${valueText(cellOf(source.column('brand'), i))} of customer ${valueText(cellOf(source.column('customer'), i))} again.`, 'Give each brand of a customer once.');
    used.add(c * brands.count + b);
    rows[c]!.push(i);
  }
  return rows;
}

function brandTable(where: string, source: Table, { customers, brands, share }: { customers: Grouped; brands: Grouped; share: Float64Array }, spendInput: TableInput | undefined): Table {
  const spend = spendInput === undefined ? undefined : spendOf(where, source, customers, asTable(where, spendInput));
  const users = new Int32Array(brands.count), sums = new Float64Array(brands.count), money = new Float64Array(brands.count);
  for (let i = 0; i < share.length; i++) {
    const b = brands.codes[i]!;
    users[b]!++;
    sums[b]! += share[i]!;
    if (spend !== undefined) money[b]! += share[i]! * spend[customers.codes[i]!]!;
  }
  const all = money.reduce((a, b) => a + b, 0);
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  return new Table([
    ['brand', takeColumn(source.column('brand'), brands.firstRow)], ['users', { type: 'integer', data: users }], ['share', number(sums.map((sum) => sum / customers.count))],
    ...(spend === undefined ? [] : [['spend', number(money)] as [string, Column], ['spendShare', number(money.map((m) => (all > 0 ? m / all : NaN)))] as [string, Column]]),
  ]).sortBy('share', 'descending');
}

function spendOf(where: string, source: Table, customers: Grouped, table: Table): Float64Array {
  const amounts = checkedNumbers(where, table, 'category');
  checkOnce(where, table);
  const found = matchRows(takeColumn(source.column('customer'), customers.firstRow), table.column('customer'));
  return Float64Array.from(found, (row, c) => {
    if (row !== -1 && amounts[row]! >= 0) return amounts[row]!;
    const id = valueText(cellOf(source.column('customer'), customers.firstRow[c]!));
    throw new ClienteleError('VALUE_INVALID', { where, option: 'spend', value: id }, row === -1 ? `the spend of customer ${id} is not there.` : `the spend of customer ${id} is ${amounts[row]}.`, 'Give one row per customer with a category spend of 0 or more.');
  });
}
