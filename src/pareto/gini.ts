import { checkKeys, checkWord, ClienteleError } from '../core/index.js';
import { countValues, type CountedValues } from '../columns/index.js';
import { checkedValues } from './checked-values.js';

/** Which form of the Gini coefficient. */
export interface GiniOptions {
  /** `'population'` (default): 0 to (n - 1) / n; `'sample'`: that times n / (n - 1), 0 to 1 */
  readonly form?: 'population' | 'sample';
}

/**
 * The Gini coefficient: 0 when all have the same, near 1 when one has all.
 *
 * @param values one per customer, length n >= 1, none below 0, total above 0; any unit. Not modified.
 * @returns 0 to (n - 1) / n, or 0 to 1 as `'sample'`
 * @throws ClienteleError `VALUE_INVALID` naming the row; also for `'sample'` with one customer; `OPTION_INVALID`
 * @example
 * gini([1, 1, 2, 3, 13]);                       // 0.52
 * gini([1, 1, 2, 3, 13], { form: 'sample' });   // 0.65
 *
 * Method: Σ (2i - n - 1) x_i / (n Σ x), x ascending, the same as half the relative mean difference (Gini 1912; Dixon et al.
 * 1987 for the sample form). O(n).
 */
export function gini(values: Float64Array | readonly number[], options: GiniOptions = {}): number {
  checkKeys('gini', options, ['form']);
  const form = checkWord('gini', 'form', options.form ?? 'population', ['population', 'sample']);
  const checked = checkedValues('gini', values);
  const n = checked.values.length;
  if (form === 'sample' && n === 1) throw new ClienteleError('VALUE_INVALID', { where: 'gini' }, 'one value has no sample Gini.', "Pass two or more, or use form: 'population'.");
  const population = giniOf(countValues(checked.values), checked.total);
  return form === 'population' ? population : (population * n) / (n - 1);
}

/** The population form. */
export function giniOf({ values, counts, rows: n }: CountedValues, total: number): number {
  let sum = 0;
  let below = 0;
  for (let k = 0; k < values.length; k++) {
    const value = values[k]!;
    for (const end = below + counts[k]!; below < end; below++) sum += (2 * below + 1 - n) * value;
  }
  return Math.max(0, sum / (n * total));
}
