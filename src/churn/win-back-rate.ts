import { checkKeys } from '../core/index.js';
import { asTable, table, type Table, type TableInput } from '../columns/index.js';
import { checkLevel, finiteNumbers, labelledGroups, someRows, yesNo } from './inputs.js';
import { wilsonLimits } from '../math/index.js';

export interface WinBackRateOptions {
  /** column of 0 and 1: 1 where the customer came back, `'returned'` by default */
  readonly returned?: string;
  /** column that groups those contacted: the offer, the reason they left, the time since; one group `'all'` when absent */
  readonly by?: string;
  /** column of money earned with each customer since they came back: the value of the second life */
  readonly value?: string;
  /** column of money the contact cost */
  readonly cost?: string;
  /** 0.95 by default */
  readonly level?: number;
}

/**
 * Lost customers who came back, of those contacted (赢回率), with Wilson's limits; with money, what it brought.
 *
 * @param data one row per lost customer who was contacted; not modified
 * @param options see {@link WinBackRateOptions}
 * @returns one row per group: group, contacted, returned, rate, low, high; with `value` also value, valuePerReturned; with
 *   `cost` also cost, costPerReturned (missing where nobody came back); with both net
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` by row, `OPTION_INVALID`
 * @example
 * winBackRate({ returned: [1, 0, 0, 1], offer: ['call', 'call', 'mail', 'call'] }, { by: 'offer' });
 *
 * O(customers).
 */
export function winBackRate(data: TableInput, options: WinBackRateOptions = {}): Table {
  const where = 'winBackRate';
  checkKeys(where, options, ['returned', 'by', 'value', 'cost', 'level']);
  const level = checkLevel(where, options.level ?? 0.95);
  const source = someRows(where, asTable(where, data));
  const back = yesNo(where, source, options.returned ?? 'returned');
  const groups = labelledGroups(where, source, options.by);
  const money = options.value === undefined ? undefined : finiteNumbers(where, source, options.value);
  const spent = options.cost === undefined ? undefined : finiteNumbers(where, source, options.cost, 0);

  const size = groups.labels.length;
  const contacted = new Int32Array(size), returned = new Int32Array(size), value = new Float64Array(size), cost = new Float64Array(size);
  for (let i = 0; i < back.length; i++) {
    const g = groups.codes[i]!;
    contacted[g]!++;
    returned[g]! += back[i]!;
    if (money !== undefined && back[i] === 1) value[g]! += money[i]!;
    if (spent !== undefined) cost[g]! += spent[i]!;
  }
  const limits = groups.labels.map((_, g) => wilsonLimits(returned[g]!, contacted[g]!, level));
  const perReturned = (sums: Float64Array): Float64Array => sums.map((sum, g) => (returned[g] === 0 ? NaN : sum / returned[g]!));
  return table({
    group: [...groups.labels], contacted, returned, rate: Float64Array.from(contacted, (n, g) => returned[g]! / n),
    low: Float64Array.from(limits, ([low]) => low), high: Float64Array.from(limits, ([, high]) => high),
    ...(money === undefined ? {} : { value, valuePerReturned: perReturned(value) }),
    ...(spent === undefined ? {} : { cost, costPerReturned: perReturned(cost) }),
    ...(money === undefined || spent === undefined ? {} : { net: value.map((sum, g) => sum - cost[g]!) }),
  });
}
