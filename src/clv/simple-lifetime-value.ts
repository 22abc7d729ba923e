import { checkKeys, checkWord, optionInvalid } from '../core/index.js';

export interface SimpleValueOptions {
  /** money a customer brings per period */
  readonly margin: number;
  /** share of customers who stay from one period to the next, 0 to 1 */
  readonly retentionRate: number;
  /** effective rate per period, >= 0 */
  readonly discountRate: number;
  /** whether the margin of the first period, now, is counted */
  readonly firstMargin: 'excluded' | 'included';
}

/**
 * The textbook formula of lifetime value: a constant margin, a constant retention rate, for ever.
 *
 * Without the first margin it is m·r/(1 + d - r), with it m·(1 + d)/(1 + d - r); texts mix the two up, so there is no
 * default. Constant retention understates customers who have stayed long: compare `discountedLifetime`.
 *
 * @param options `margin`, `retentionRate`, `discountRate` per period, `firstMargin`
 * @returns money
 * @throws ClienteleError `OPTION_INVALID`; retention 1 without discount has no finite value
 * @example
 * simpleLifetimeValue({ margin: 100, retentionRate: 0.8, discountRate: 0.1, firstMargin: 'excluded' });   // 266.67
 *
 * Source: Gupta & Lehmann (2003), Journal of Interactive Marketing 17(1).
 */
export function simpleLifetimeValue(options: SimpleValueOptions): number {
  const where = 'simpleLifetimeValue';
  checkKeys(where, options, ['margin', 'retentionRate', 'discountRate', 'firstMargin']);
  const { margin: m, retentionRate: r, discountRate: d } = options;
  if (!Number.isFinite(m)) throw optionInvalid(where, 'margin', m, 'Give money per period.');
  if (!(r >= 0 && r <= 1)) throw optionInvalid(where, 'retentionRate', r, 'Give a share from 0 to 1.');
  if (!(d >= 0 && d < Infinity)) throw optionInvalid(where, 'discountRate', d, 'Give the effective rate per period, >= 0.');
  if (1 + d - r <= 0) throw optionInvalid(where, 'retentionRate', r, 'With retention 1 and no discount the value is infinite: give a retention below 1 or a rate above 0.');
  return checkWord(where, 'firstMargin', options.firstMargin, ['excluded', 'included']) === 'included' ? (m * (1 + d)) / (1 + d - r) : (m * r) / (1 + d - r);
}
