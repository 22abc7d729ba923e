import { checkKeys, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { asTable, isTable, numbersOf, orderBest, Table, type Column, type TableInput } from '../columns/index.js';
import { checkedNumbers, customerValues } from '../transactions/index.js';

/** Who is lost, and how likely they return. */
export interface WinBackOptions {
  /** days without a purchase after which a customer counts as lost */
  readonly lostAfter: number;
  /** chance of a return if asked: one for all (0 to 1), a column, or what `returnCurve` learned from past returns */
  readonly chance: number | string | Table;
  /** with a `returnCurve`: days in which the return is to happen; 365 by default */
  readonly horizon?: number;
  /** `'revenue'` (default), `'profit'`, or a column's name: what the customer was worth */
  readonly of?: 'revenue' | 'profit' | (string & {});
  /** only customers worth at least this much; all above 0 by default */
  readonly least?: number;
}

/**
 * The win-back list: valuable customers already lost, ranked by their value times the chance that they return.
 *
 * It picks the lost among all customers by `recency`. Where they are known, with a chance each and the cost of a contact,
 * `winBackList` of `clientele/churn` ranks them. Ties break by id in both.
 *
 * @param customers with `recency` in days and a value; customers without a purchase are none. Not modified.
 * @returns best first: `customer`, `recency`, the value, `chance`, `expected` (value × chance), `rank`
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * winBack({ customer: ['a', 'b'], recency: [400, 10], revenue: [900, 500] }, { lostAfter: 180, chance: 0.1 }).toRows();
 * // [{ customer: 'a', recency: 400, revenue: 900, chance: 0.1, expected: 90, rank: 1 }]
 *
 * O(customers).
 */
export function winBack(customers: TableInput, options: WinBackOptions): Table {
  checkKeys('winBack', options, ['lostAfter', 'chance', 'horizon', 'of', 'least']);
  const { lostAfter, horizon = 365, least = 0 } = options;
  for (const [name, days] of Object.entries({ lostAfter, horizon })) if (!(days > 0 && days < 1e6)) throw optionInvalid('winBack', name, days, 'Give a number of days above 0.');
  const { source, values, column } = customerValues('winBack', customers, options.of ?? 'revenue');
  const recency = checkedNumbers('winBack', source, 'recency');
  const chance = chanceOf(source, recency, options.chance, horizon);
  const lost = Array.from(values.keys()).filter((row) => recency[row]! > lostAfter && values[row]! > 0 && values[row]! >= least);
  const number = (data: ArrayLike<number>): Column => ({ type: 'number', data: Float64Array.from(lost, (row) => data[row]!) });
  const expected = Float64Array.from(lost, (row) => values[row]! * chance[row]!);
  const ids = source.has('customer') ? source.select(['customer']).take(lost).column('customer') : undefined;
  const table = new Table([
    ...(ids === undefined ? [] : [['customer', ids] as [string, Column]]),
    ['recency', number(recency)], [column, number(values)], ['chance', number(chance)], ['expected', { type: 'number', data: expected }],
  ]).take(orderBest(expected, ids));
  return new Table([...table.entries(), ['rank', { type: 'integer', data: Int32Array.from(lost, (_, k) => k + 1) }]]);
}

function chanceOf(source: Table, recency: Float64Array, option: WinBackOptions['chance'], horizon: number): Float64Array {
  if (isTable(option)) return curveChance(option, recency, horizon);
  if (typeof option !== 'string') {
    if (typeof option === 'number' && option >= 0 && option <= 1) return new Float64Array(recency.length).fill(option);
    throw optionInvalid('winBack', 'chance', option, 'Give a chance from 0 to 1, the name of a column of them, or the answer of returnCurve.');
  }
  const chance = checkedNumbers('winBack', source, option);
  const row = chance.findIndex((p) => !(p >= 0 && p <= 1));
  if (row === -1) return chance;
  throw new ClienteleError('VALUE_INVALID', { where: 'winBack', column: option, row, value: String(chance[row]) }, `column ${valueText(option)}, row ${row}: ${chance[row]!} is no chance.`, 'Give chances from 0 to 1.');
}

/** 1 - S(e + horizon) / S(e): the chance that one away for e days returns within the horizon. */
function curveChance(curve: Table, recency: Float64Array, horizon: number): Float64Array {
  const [days, away] = ['days', 'stillAway'].map((name) => numbersOf('winBack', asTable('winBack', curve), name)) as [Float64Array, Float64Array];
  if (days.length === 0) throw new ClienteleError('VALUE_INVALID', { where: 'winBack', option: 'chance' }, 'the return curve is empty.', 'Learn it from a log with repeat purchases, or give a chance.');
  const at = (day: number): number => {
    let low = 0;
    let high = days.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (days[middle]! <= day) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 1 : away[low - 1]!;
  };
  return recency.map((day) => (at(day) > 0 ? 1 - at(day + horizon) / at(day) : 0));
}
