import { checkKeys, checkWord, optionInvalid } from '../core/index.js';
import { exactSum, orderStatistics, shareCount } from '../columns/index.js';
import { checkedValues } from './checked-values.js';

/** How many customers the top is, where a share of them is no whole number. */
export type ShareRule = 'floor' | 'ceil' | 'interpolated';

/** How a top share is counted. */
export interface TopShareOptions {
  /** share of customers, above 0 to 1; 0.2 by default */
  readonly top?: number;
  /** `'ceil'` (default): whole customers, at least one; `'floor'`; `'interpolated'`: a part of the last one, as on the Lorenz curve */
  readonly rule?: ShareRule;
}

/**
 * The share of the total that the best customers bring: "the top 20 % bring 36 %".
 *
 * How many they are is found in whole numbers: 7 % of 100 are 7. Customers below 0 are allowed; the share is then of the
 * net total and can pass 1.
 *
 * @param values one per customer, length n >= 1, total above 0; any unit. Not modified.
 * @returns 0 to 1, more where others bring losses
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * topShare([1, 1, 2, 3, 13]);                                    // 0.65
 * topShare([1, 1, 2, 3, 13], { top: 0.25, rule: 'interpolated' });   // 0.6875
 *
 * Method: the value at the border by selection, then one sum. O(n), no sorting.
 */
export function topShare(values: Float64Array | readonly number[], options: TopShareOptions = {}): number {
  checkKeys('topShare', options, ['top', 'rule']);
  const top = checkShare('topShare', 'top', options.top ?? 0.2);
  const rule = checkWord('topShare', 'rule', options.rule ?? 'ceil', ['floor', 'ceil', 'interpolated']);
  const checked = checkedValues('topShare', values, 'allowed');
  const count = shareCount(top, checked.values.length, rule === 'interpolated' ? 'exact' : rule);
  return topSum(checked.values, count) / checked.total;
}

/**
 * A share of customers or of a total.
 *
 * @throws ClienteleError `OPTION_INVALID` where it is not above 0 and at most 1
 */
export function checkShare(where: string, option: string, share: unknown): number {
  if (typeof share === 'number' && share > 0 && share <= 1) return share;
  throw optionInvalid(where, option, share, 'Give a share above 0 and at most 1, such as 0.2 for 20 %.');
}

/** The sum of the `count` largest values, a part of the next one where `count` has a fraction. */
function topSum(values: Float64Array, count: number): number {
  const n = values.length;
  const whole = Math.floor(count);
  if (whole >= n) return exactSum(values);
  const border = orderStatistics(values, [n - 1 - whole])[0]!;      // the largest that is not counted whole
  const above = new Float64Array(whole);
  let used = 0;
  for (let i = 0; i < n; i++) if (values[i]! > border) above[used++] = values[i]!;
  return exactSum(above.subarray(0, used)) + (whole - used + (count - whole)) * border;
}
