import { ClienteleError, valueText } from '../core/index.js';
import { chiSquareOf } from './candidate-rules.js';

/** How strong a rule is, from four counts. */
export interface RuleMeasures {
  readonly support: number;
  readonly confidence: number;
  readonly lift: number;
  readonly leverage: number;
  readonly conviction: number;
  readonly cosine: number;
  readonly jaccard: number;
  readonly kulczynski: number;
  readonly chiSquare: number;
}

/**
 * The measures of a rule X → Y.
 *
 * @param both baskets with X and Y, `left` with X, `right` with Y, `baskets` all
 * @returns support = n(XY) / N; confidence = n(XY) / n(X); lift = confidence / support(Y); leverage = support - support(X) support(Y);
 *   conviction = (1 - support(Y)) / (1 - confidence), Infinity at confidence 1, NaN where Y is in every
 *   basket (0 / 0); cosine = n(XY) / √(n(X) n(Y)); Jaccard = n(XY) /
 *   (n(X) + n(Y) - n(XY)); Kulczynski = mean of n(XY) / n(X) and n(XY) / n(Y); Pearson's χ² of the 2 × 2 table, NaN where X or Y is in every basket
 * @throws ClienteleError `VALUE_INVALID` for counts that are not whole, or that no baskets can have
 * @example
 * ruleMeasures(4, 5, 5, 8).lift;   // 1.28
 *
 * Source: Agrawal, Imieliński & Swami (1993); Brin et al. (1997); Piatetsky-Shapiro (1991); Tan, Kumar & Srivastava (2004).
 */
export function ruleMeasures(both: number, left: number, right: number, baskets: number): RuleMeasures {
  const whole = [both, left, right, baskets].every((count) => Number.isInteger(count) && count >= 0);
  if (!whole || both > Math.min(left, right) || left + right - both > baskets) {
    throw new ClienteleError('VALUE_INVALID', { where: 'ruleMeasures' }, `no ${valueText(baskets)} baskets hold ${valueText(both)} times both, ${valueText(left)} times the left and ${valueText(right)} times the right side.`, 'Give whole counts: both at most left and right, and left + right - both at most baskets.');
  }
  const confidence = both / left;
  return {
    support: both / baskets, confidence,
    lift: (both * baskets) / (left * right),
    leverage: both / baskets - (left / baskets) * (right / baskets),
    conviction: ((baskets - right) * left) / (baskets * (left - both)),
    cosine: both / Math.sqrt(left * right),
    jaccard: both / (left + right - both),
    kulczynski: (confidence + both / right) / 2,
    chiSquare: chiSquareOf(both, left, right, baskets),
  };
}
