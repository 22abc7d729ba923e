import { checkKeys, checkWord, ClienteleError } from '../core/index.js';
import { asTable, table, type Table, type TableInput, labelledGroups } from '../columns/index.js';
import { checkLevel, finiteNumbers, MISSING_LABELS, someRows, yesNo } from './inputs.js';
import { wilsonLimits } from '../math/index.js';

export interface ChurnDistributionOptions {
  /** column customers are grouped by: text, numbers or flags */
  readonly by: string;
  /** column of 0 and 1 (or flags), `'churned'` by default */
  readonly churned?: string;
  /** column of money per customer; adds the money's own rates */
  readonly value?: string;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
  /** language of `(missing)`, `'en'` by default: （未填写） in Chinese */
  readonly labels?: 'en' | 'zh';
}

/**
 * Where churn happens (流失分布): churned customers by group, each group's rate with Wilson's limits, and its share of
 * all churn.
 *
 * A group with a high rate and a small share is a small problem; look at both.
 *
 * @param data one row per customer who was there at the start; not modified
 * @param options `by`, `churned`, `value`, `level`, `labels`
 * @returns one row per group, the largest share of churn first: group, customers, churned, rate, low, high, shareOfChurn,
 *   shareOfCustomers; with `value` also value, valueChurned, valueRate, shareOfValueChurned. Customers without a group
 *   stand under `(missing)`.
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID` by row, `OPTION_INVALID`
 * @example
 * churnDistribution(customers, { by: 'contract', value: 'monthly' });
 *
 * O(customers).
 */
export function churnDistribution(data: TableInput, options: ChurnDistributionOptions): Table {
  const where = 'churnDistribution';
  checkKeys(where, options, ['by', 'churned', 'value', 'level', 'labels']);
  const level = checkLevel(where, options.level ?? 0.95);
  if (typeof options.by !== 'string') throw new ClienteleError('OPTION_INVALID', { where, option: 'by' }, 'option by is missing.', "Name the column to group by: { by: 'contract' }.");
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const source = someRows(where, asTable(where, data));
  const left = yesNo(where, source, options.churned ?? 'churned');
  const groups = labelledGroups(where, source, options.by, MISSING_LABELS[language]);
  const money = options.value === undefined ? undefined : finiteNumbers(where, source, options.value);

  const size = groups.labels.length;
  const customers = new Int32Array(size), churned = new Int32Array(size);
  const value = new Float64Array(size), valueChurned = new Float64Array(size);
  for (let i = 0; i < left.length; i++) {
    const g = groups.codes[i]!;
    customers[g]!++;
    churned[g]! += left[i]!;
    if (money === undefined) continue;
    value[g]! += money[i]!;
    if (left[i] === 1) valueChurned[g]! += money[i]!;
  }
  const all = left.length;
  const allLeft = left.reduce((a, b) => a + b, 0);
  const allMoney = valueChurned.reduce((a, b) => a + b, 0);
  const order = [...groups.labels.keys()].sort((a, b) => churned[b]! - churned[a]! || a - b);
  const column = (of: (g: number) => number): Float64Array => Float64Array.from(order, of);
  const limits = groups.labels.map((_, g) => wilsonLimits(churned[g]!, customers[g]!, level));
  return table({
    group: order.map((g) => groups.labels[g]!), customers: Int32Array.from(order, (g) => customers[g]!), churned: Int32Array.from(order, (g) => churned[g]!),
    rate: column((g) => churned[g]! / customers[g]!), low: column((g) => limits[g]![0]), high: column((g) => limits[g]![1]),
    shareOfChurn: column((g) => (allLeft === 0 ? NaN : churned[g]! / allLeft)), shareOfCustomers: column((g) => customers[g]! / all),
    ...(money === undefined ? {} : {
      value: column((g) => value[g]!), valueChurned: column((g) => valueChurned[g]!), valueRate: column((g) => valueChurned[g]! / value[g]!),
      shareOfValueChurned: column((g) => (allMoney === 0 ? NaN : valueChurned[g]! / allMoney)),
    }),
  });
}
