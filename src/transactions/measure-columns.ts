import { UNITS_PER_DAY } from '../core/index.js';
import { validExcept, type Column, type DateColumn } from '../columns/index.js';
import type { Aggregate } from './aggregate.js';
import type { CustomersMeta } from './customers.js';
import { moneyOf } from './money.js';

/**
 * The columns of the listed customers, from what was added up per group.
 *
 * @param groupOf group of each customer listed, -1 for one that only a roster names
 * @param counted frequency by group
 * @param asOf in the log's units
 */
export function measureColumns(ids: Column, groupOf: Int32Array, sums: Aggregate, counted: Int32Array, asOf: number, meta: CustomersMeta): [string, Column][] {
  const n = groupOf.length;
  const perDay = UNITS_PER_DAY[meta.resolution];
  const first = new Int32Array(n), last = new Int32Array(n), frequency = new Int32Array(n), repeats = new Int32Array(n);
  const recency = new Float64Array(n), tenure = new Float64Array(n), span = new Float64Array(n), monetary = new Float64Array(n);
  const meanRepeatSpend = new Float64Array(n), gapMean = new Float64Array(n), gapSd = new Float64Array(n);
  const { cents, rest } = sums;
  const totalOf = (g: number): number => moneyOf(cents.total[g]!, rest === undefined ? 0 : rest.total[g]!);
  const repeatOf = (g: number): number => moneyOf(cents.repeatTotal[g]! + cents.earlyTotal[g]!, rest === undefined ? 0 : rest.repeatTotal[g]! + rest.earlyTotal[g]!);
  const unbought: number[] = [];

  for (let k = 0; k < n; k++) {
    const g = groupOf[k]!;
    if (g === -1 || sums.purchases[g] === 0) {
      unbought.push(k);
      recency[k] = tenure[k] = span[k] = gapMean[k] = gapSd[k] = NaN;
      monetary[k] = g === -1 ? 0 : meta.monetary === 'mean' ? NaN : totalOf(g);
      continue;
    }
    const gaps = sums.dates[g]! - 1;
    const spanUnits = sums.last[g]! - sums.first[g]!;
    first[k] = sums.first[g]!;
    last[k] = sums.last[g]!;
    recency[k] = (asOf - sums.last[g]!) / perDay;
    tenure[k] = (asOf - sums.first[g]!) / perDay;
    span[k] = spanUnits / perDay;
    frequency[k] = counted[g]!;
    repeats[k] = gaps;
    monetary[k] = meta.monetary === 'mean' ? totalOf(g) / counted[g]! : totalOf(g);
    meanRepeatSpend[k] = gaps === 0 ? 0 : repeatOf(g) / gaps;
    gapMean[k] = gaps === 0 ? NaN : spanUnits / perDay / gaps;
    // Whole numbers up to the last step: n Σg² - (Σg)² is exact, and 0 for equal gaps.
    gapSd[k] = gaps < 2 ? NaN : Math.sqrt((gaps * sums.gapSquares[g]! - spanUnits * spanUnits) / (gaps * (gaps - 1))) / perDay;
  }
  const dates = (data: Int32Array): DateColumn => ({
    type: 'date', data, ...(meta.resolution === 'day' ? {} : { unit: meta.resolution }), ...(unbought.length === 0 ? {} : { valid: validExcept(n, unbought) }),
  });
  const numbers = { recency, tenure, span };
  return [
    ['customer', ids], ['first', dates(first)], ['last', dates(last)],
    ...Object.entries(numbers).map(([name, data]): [string, Column] => [name, { type: 'number', data }]),
    ['frequency', { type: 'integer', data: frequency }], ['repeats', { type: 'integer', data: repeats }],
    ...Object.entries({ monetary, meanRepeatSpend, gapMean, gapSd }).map(([name, data]): [string, Column] => [name, { type: 'number', data }]),
  ];
}
