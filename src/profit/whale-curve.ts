import { checkKeys, checkWhole, checkWord, ClienteleError, withWarnings, type Diagnostics } from '../core/index.js';
import { exactSum, showableResult, sortBest, Table, takeColumn, type Column, type Showable } from '../columns/index.js';
import { customerValues, type ValuesInput } from '../transactions/index.js';

/** How the curve is given. */
export interface WhaleCurveOptions {
  /** column of profit; `'profit'` by default */
  readonly of?: string;
  /** points of `curve` besides the start, 1 to 100,000; 20 by default */
  readonly steps?: number;
  readonly labels?: 'en' | 'zh';
}

/** Cumulated profit, the best customers first. */
export interface WhaleCurve {
  /** `customers` (share of customers), `profit` cumulated, `percent` of the total profit (missing where that is not above 0) */
  readonly curve: Table;
  /** per customer, most profit first: `customer`, `profit`, `cumulated`, `percent` */
  readonly table: Table;
  readonly customers: number;
  readonly total: number;
  readonly positive: { readonly customers: number; readonly profit: number };
  readonly zero: { readonly customers: number };
  /** customers who cost more than they bring, and what they cost */
  readonly negative: { readonly customers: number; readonly profit: number };
  /** the highest point: profit there, after how many customers, their share, and as percent of the total */
  readonly peak: { readonly profit: number; readonly customers: number; readonly share: number; readonly percent: number };
  /** area under the curve scaled to a total of 1 (trapezoids): 0.5 where all bring the same; missing where the total is not above 0 */
  readonly area: number;
  readonly sentence: string;
  readonly diagnostics: Diagnostics;
}

/**
 * The whale curve: profit added up over customers, the most profitable first. It rises above the total and comes back down
 * by what unprofitable customers cost.
 *
 * Percentages of a total that is 0 or below have no meaning: they are missing then, with a warning; money and counts stay.
 *
 * @param profits a result's table, any table with `profit`, or one value per customer. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * whaleCurve([80, 40, -20]).peak;   // { profit: 120, customers: 2, share: 0.666…, percent: 120 }
 *
 * Source: Cooper & Kaplan (1991). O(n).
 */
export function whaleCurve(profits: ValuesInput, options: WhaleCurveOptions = {}): WhaleCurve & Showable {
  checkKeys('whaleCurve', options, ['of', 'steps', 'labels']);
  const steps = checkWhole('whaleCurve', 'steps', options.steps ?? 20, 1, 100_000);
  const labels = checkWord('whaleCurve', 'labels', options.labels ?? 'en', ['en', 'zh']);
  const read = customerValues('whaleCurve', profits, options.of ?? 'profit');
  const { values, source } = read;
  const ids = source.has('customer') ? source.column('customer') : undefined;
  const { order, sorted } = sortBest(values, ids);
  const total = exactSum(values);
  const sums = runningSums(sorted, total);
  const percent = (sum: number): number => (total > 0 ? (100 * sum) / total : NaN);
  const n = values.length;
  let peakAt = 0;
  while (peakAt < n && sorted[peakAt]! > 0) peakAt++;
  let below = peakAt;
  while (below < n && sorted[below] === 0) below++;
  const negatives = sorted.subarray(below);
  const lost = exactSum(negatives);
  const result: WhaleCurve = {
    curve: curveTable(sums, steps, percent),
    table: new Table([
      ...(ids === undefined ? [] : [['customer', takeColumn(ids, order)] as [string, Column]]),
      ['profit', { type: 'number', data: sorted }], ['cumulated', { type: 'number', data: sums.subarray(1) }], ['percent', { type: 'number', data: percentsOf(sums.subarray(1), total) }],
    ]),
    customers: n,
    total,
    positive: { customers: peakAt, profit: exactSum(sorted.subarray(0, peakAt)) },
    zero: { customers: n - peakAt - negatives.length },
    negative: { customers: negatives.length, profit: lost },
    peak: { profit: sums[peakAt]!, customers: peakAt, share: peakAt / n, percent: percent(sums[peakAt]!) },
    area: total > 0 ? (exactSum(sums) - total / 2) / (n * total) : NaN,
    sentence: sentenceOf(n, total, peakAt, percent(sums[peakAt]!), negatives.length, lost, labels),
    diagnostics: withWarnings(read.diagnostics, total > 0 ? [] : [{ code: 'TOTAL_NOT_POSITIVE', message: `the total profit is ${total}, so percentages of it have no meaning and are missing. Look at the money instead.` }]),
  };
  return showableResult(result, { text: () => `${result.sentence}\n\n${result.curve.toString()}`, html: () => `<p>${result.sentence}</p>${result.curve.toHTML()}` });
}

function percentsOf(sums: Float64Array, total: number): Float64Array {
  const percents = new Float64Array(sums.length);
  for (let i = 0; i < percents.length; i++) percents[i] = total > 0 ? (100 * sums[i]!) / total : NaN;
  return percents;
}

/** From 0 to exactly the total. */
function runningSums(sorted: Float64Array, total: number): Float64Array {
  const sums = new Float64Array(sorted.length + 1);
  let sum = 0;
  let lost = 0;
  for (let i = 0; i < sorted.length; i++) {
    const x = sorted[i]!;
    const next = sum + x;
    lost += Math.abs(sum) >= Math.abs(x) ? sum - next + x : x - next + sum;
    sum = next;
    sums[i + 1] = sum + lost;
  }
  if (!Number.isFinite(total)) throw new ClienteleError('VALUE_INVALID', { where: 'whaleCurve' }, 'the total is too large for a number.', 'Use a larger unit of money.');
  sums[sorted.length] = total;
  return sums;
}

function curveTable(sums: Float64Array, steps: number, percent: (sum: number) => number): Table {
  const n = sums.length - 1;
  const profit = Float64Array.from({ length: steps + 1 }, (_, step) => {
    const below = Math.floor((step * n) / steps);
    const part = ((step * n) % steps) / steps;
    return part === 0 ? sums[below]! : sums[below]! + part * (sums[below + 1]! - sums[below]!);
  });
  const number = (data: Float64Array): Column => ({ type: 'number', data });
  return new Table([['customers', number(profit.map((_, step) => step / steps))], ['profit', number(profit)], ['percent', number(profit.map(percent))]]);
}

function sentenceOf(n: number, total: number, peakAt: number, peak: number, below: number, loss: number, language: 'en' | 'zh'): string {
  const money = (value: number): string => value.toFixed(2);
  if (language === 'zh') {
    const best = peakAt === 0 ? '没有盈利客户' : `最赚钱的 ${peakAt} 位带来${total > 0 ? `总利润的 ${peak.toFixed(1)}%` : '全部盈利'}`;
    return `${n} 位客户的利润合计 ${money(total)}；${best}，${below === 0 ? '没有亏损客户' : `${below} 位亏损客户共亏 ${money(-loss)}`}。`;
  }
  const all = `${n} ${n === 1 ? 'customer makes' : 'customers make'} ${total < 0 ? `a loss of ${money(-total)}` : `a profit of ${money(total)}`}`;
  const brings = peakAt === 1 ? 'brings' : 'bring';
  const best = peakAt === 0 ? 'none brings any profit' : `the best ${peakAt === 1 ? 'one' : peakAt} ${brings} ${total > 0 ? `${peak.toFixed(1)}% of it` : 'all the profit there is'}`;
  const costly = below === 0 ? 'none costs more than it brings' : `${below === 1 ? '1 costs more than it brings' : `${below} cost more than they bring`}, ${money(-loss)} in all`;
  return `${all}: ${best}, ${costly}.`;
}
