/** How well predictions met what happened. */
export interface Metrics {
  /** mean absolute error; NaN for a predictor that only ranks */
  readonly mae: number;
  /** root of the mean squared error; NaN for a predictor that only ranks */
  readonly rmse: number;
  /** predicted over actual total, less 1, in percent; NaN for a predictor that only ranks, or where nothing happened */
  readonly biasPercent: number;
  /** Spearman's correlation of predicted and actual, ties by mid-ranks */
  readonly rankCorrelation: number;
  /** share of the truly best 20 % of customers among the 20 % predicted best */
  readonly topFound: number;
  /** share of what happened that the 20 % predicted best account for */
  readonly topShare: number;
}

export const METRIC_NAMES = ['mae', 'rmse', 'biasPercent', 'rankCorrelation', 'topFound', 'topShare'] as const;

/** Predicted and actual values of the same customers, sorted once for many weightings. */
export interface Compared {
  readonly predicted: Float64Array;
  readonly actual: Float64Array;
  /** false where predicted has no unit, only an order */
  readonly scaled: boolean;
  /** rows from the highest predicted to the lowest, and the same by actual */
  readonly byPredicted: Int32Array;
  readonly byActual: Int32Array;
}

/** Sort both once. O(n log n). */
export function comparedOf(predicted: Float64Array, actual: Float64Array, scaled: boolean): Compared {
  return { predicted, actual, scaled, byPredicted: descending(predicted), byActual: descending(actual) };
}

function descending(values: Float64Array): Int32Array {
  return Int32Array.from(values.keys()).sort((i, j) => values[j]! - values[i]! || i - j);
}

const TOP = 0.2;

/**
 * Metrics of customers with weights (1 each, or how often a bootstrap drew them).
 *
 * Ties are shared fairly: a group of equal values at the edge of the top 20 % belongs to it in part. O(n).
 */
export function metricsOf(compared: Compared, weight: Float64Array): Metrics {
  const { predicted, actual, scaled, byPredicted, byActual } = compared;
  let n = 0, absolute = 0, squared = 0, sumPredicted = 0, sumActual = 0;
  for (let i = 0; i < actual.length; i++) {
    const w = weight[i]!;
    const miss = predicted[i]! - actual[i]!;
    n += w;
    absolute += w * Math.abs(miss);
    squared += w * miss * miss;
    sumPredicted += w * predicted[i]!;
    sumActual += w * actual[i]!;
  }
  const ranksPredicted = ranksAndTop(predicted, byPredicted, weight, n);
  const ranksActual = ranksAndTop(actual, byActual, weight, n);
  let found = 0, top = 0, topActual = 0, pp = 0, aa = 0, pa = 0;
  const middle = n / 2;
  for (let i = 0; i < actual.length; i++) {
    const w = weight[i]!;
    const p = ranksPredicted.ranks[i]! - middle, a = ranksActual.ranks[i]! - middle;
    pp += w * p * p;
    aa += w * a * a;
    pa += w * p * a;
    found += w * ranksPredicted.top[i]! * ranksActual.top[i]!;
    top += w * ranksActual.top[i]!;
    topActual += w * ranksPredicted.top[i]! * actual[i]!;
  }
  return {
    mae: scaled ? absolute / n : NaN, rmse: scaled ? Math.sqrt(squared / n) : NaN, biasPercent: scaled && sumActual !== 0 ? 100 * (sumPredicted / sumActual - 1) : NaN,
    rankCorrelation: pp > 0 && aa > 0 ? pa / Math.sqrt(pp * aa) : NaN, topFound: found / top, topShare: sumActual === 0 ? NaN : topActual / sumActual,
  };
}

/** Mid-rank of each row (weight above it plus half its tie's), and how far it belongs to the top 20 %, 0 to 1. */
function ranksAndTop(values: Float64Array, order: Int32Array, weight: Float64Array, n: number): { ranks: Float64Array; top: Float64Array } {
  const ranks = new Float64Array(values.length), top = new Float64Array(values.length);
  let above = 0;
  for (let from = 0; from < order.length;) {
    let to = from, tied = 0;
    while (to < order.length && values[order[to]!] === values[order[from]!]) tied += weight[order[to++]!]!;
    const member = tied === 0 ? 0 : Math.min(1, Math.max(0, (TOP * n - above) / tied));
    for (let k = from; k < to; k++) {
      ranks[order[k]!] = above + tied / 2;
      top[order[k]!] = member;
    }
    above += tied;
    from = to;
  }
  return { ranks, top };
}

/** One tenth of customers, by prediction. */
export interface Decile {
  readonly customers: number;
  /** mean of what was predicted, and of what happened */
  readonly predicted: number;
  readonly actual: number;
  /** actual over the mean of all */
  readonly lift: number;
  /** share of all that happened, in this tenth and those above */
  readonly gain: number;
}

/** Ten tenths from the highest predicted; customers tied across a border share what happened evenly. O(n). */
export function decilesOf(compared: Compared): Decile[] {
  const { predicted, actual, byPredicted } = compared;
  const n = actual.length;
  const even = new Float64Array(n);
  for (let from = 0; from < n;) {
    let to = from, sum = 0;
    while (to < n && predicted[byPredicted[to]!] === predicted[byPredicted[from]!]) sum += actual[byPredicted[to++]!]!;
    even.fill(sum / (to - from), from, to);
    from = to;
  }
  const total = even.reduce((sum, value) => sum + value, 0);
  let gained = 0;
  return Array.from({ length: 10 }, (_, d) => {
    const from = Math.floor((d * n) / 10), to = Math.floor(((d + 1) * n) / 10);
    let sumPredicted = 0, sumActual = 0;
    for (let k = from; k < to; k++) {
      sumPredicted += predicted[byPredicted[k]!]!;
      sumActual += even[k]!;
    }
    gained += sumActual;
    const mean = sumActual / (to - from);
    return { customers: to - from, predicted: sumPredicted / (to - from), actual: mean, lift: mean / (total / n), gain: gained / total };
  });
}
