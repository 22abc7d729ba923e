import { checkKeys } from '../core/index.js';
import { asTable, orderBest, Table, type TableInput } from '../columns/index.js';
import { checkNumber, finiteNumbers, idColumn, someRows } from './inputs.js';

export interface WinBackListOptions {
  /** column of the money a second life would bring, `'value'` by default */
  readonly value?: string;
  /** column of chances to come back, 0 to 1, `'chance'` by default */
  readonly chance?: string;
  /** cost of one contact; customers expected to bring no more than it are left out; 0 by default */
  readonly contactCost?: number;
}

/**
 * Lost customers worth calling, the best first: ranked by value × chance to come back (流失大客户赢回名单).
 *
 * For customers already known to be lost, with a chance each (a model's, or a test's) and the contact's cost. `winBack` of
 * `clientele/decisions` finds the lost among all customers by recency, and can learn the chance from past returns.
 *
 * @param data one row per lost customer; not modified
 * @returns customer (or row), value, chance, expected, net of the contact's cost, then the other columns; ties break
 *   by id, or keep the order given where there are none
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` for a chance outside 0 to 1, `OPTION_INVALID`
 * @example
 * winBackList({ customer: ['a', 'b'], value: [900, 5000], chance: [0.3, 0.1] }, { contactCost: 20 }).row(0).customer;   // 'b'
 *
 * O(customers).
 */
export function winBackList(data: TableInput, options: WinBackListOptions = {}): Table {
  const where = 'winBackList';
  checkKeys(where, options, ['value', 'chance', 'contactCost']);
  const contactCost = checkNumber(where, 'contactCost', options.contactCost ?? 0, 0);
  const source = someRows(where, asTable(where, data));
  const names = { value: options.value ?? 'value', chance: options.chance ?? 'chance' };
  const value = finiteNumbers(where, source, names.value);
  const chance = finiteNumbers(where, source, names.chance, 0);
  for (let i = 0; i < chance.length; i++) checkNumber(where, `${names.chance}[${i}]`, chance[i], 0, 1);
  const expected = value.map((v, i) => v * chance[i]!);
  const net = expected.map((e) => e - contactCost);
  const id = idColumn(source);
  const taken = [id[0], names.value, names.chance, 'value', 'chance', 'expected', 'net'];
  const rest = [...source.entries()].filter(([name]) => !taken.includes(name));
  const ranked = new Table([id, ['value', { type: 'number', data: value }], ['chance', { type: 'number', data: chance }], ['expected', { type: 'number', data: expected }], ['net', { type: 'number', data: net }], ...rest]);
  return ranked.take(orderBest(expected, source.has('customer') ? source.column('customer') : undefined).filter((i) => net[i]! > 0));
}
