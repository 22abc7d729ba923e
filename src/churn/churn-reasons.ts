import { checkKeys, checkWord } from '../core/index.js';
import { asTable, table, type Table, type TableInput, labelledGroups } from '../columns/index.js';
import { finiteNumbers, MISSING_LABELS, someRows } from './inputs.js';

export interface ChurnReasonsOptions {
  /** column of coded reasons, `'reason'` by default */
  readonly reason?: string;
  /** column of money lost with each customer */
  readonly value?: string;
  /** rank by customers or by money; by money where there is a `value`, else by customers */
  readonly rankBy?: 'customers' | 'value';
  /** language of `(missing)`, `'en'` by default: （未填写） in Chinese */
  readonly labels?: 'en' | 'zh';
}

/**
 * Why customers left (流失原因): reasons from the most frequent, or the dearest, with cumulative shares as in a Pareto chart.
 *
 * @param data one row per customer who left; not modified. Rows without a reason are kept under `(missing)`, ranked like
 *   any other: a large one says that people should be asked.
 * @param options `reason`, `value`, `rankBy`, `labels`
 * @returns reason, customers, share, cumulativeShare; with `value` also value, meanValue, valueShare, cumulativeValueShare
 * @throws ClienteleError `COLUMN_MISSING`, `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * churnReasons({ reason: ['price', 'service', 'price'], value: [10, 90, 20] }, { value: 'value' }).row(0);
 * // { reason: 'service', customers: 1, share: 1/3, cumulativeShare: 1/3, value: 90, … }
 *
 * O(customers).
 */
export function churnReasons(data: TableInput, options: ChurnReasonsOptions = {}): Table {
  const where = 'churnReasons';
  checkKeys(where, options, ['reason', 'value', 'rankBy', 'labels']);
  const language = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const source = someRows(where, asTable(where, data));
  const groups = labelledGroups(where, source, options.reason ?? 'reason', MISSING_LABELS[language]);
  const money = options.value === undefined ? undefined : finiteNumbers(where, source, options.value, 0);
  const rankBy = checkWord(where, 'rankBy', options.rankBy ?? (money === undefined ? 'customers' : 'value'), money === undefined ? ['customers'] : ['customers', 'value']);

  const customers = new Int32Array(groups.labels.length);
  const value = new Float64Array(groups.labels.length);
  for (let i = 0; i < groups.codes.length; i++) {
    customers[groups.codes[i]!]!++;
    if (money !== undefined) value[groups.codes[i]!]! += money[i]!;
  }
  const weight = rankBy === 'value' ? value : customers;
  const order = [...groups.labels.keys()].sort((a, b) => weight[b]! - weight[a]! || customers[b]! - customers[a]! || a - b);
  const counts = Float64Array.from(order, (g) => customers[g]!);
  const sums = Float64Array.from(order, (g) => value[g]!);
  return table({
    reason: order.map((g) => groups.labels[g]!), customers: Int32Array.from(counts), ...shares('share', 'cumulativeShare', counts),
    ...(money === undefined ? {} : { value: sums, meanValue: sums.map((sum, k) => sum / counts[k]!), ...shares('valueShare', 'cumulativeValueShare', sums) }),
  });
}

function shares(name: string, cumulative: string, values: Float64Array): Record<string, Float64Array> {
  const total = values.reduce((a, b) => a + b, 0);
  let sum = 0;
  return { [name]: values.map((value) => (total === 0 ? NaN : value / total)), [cumulative]: values.map((value) => (total === 0 ? NaN : (sum += value) / total)) };
}
