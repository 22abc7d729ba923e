import { checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { exactSum, median, orderByNumber, quantileCuts } from '../columns/index.js';

/**
 * How a feature is brought to a scale of its own: `'zscore'` (population standard deviation), `'zscore-sample'`,
 * `'log-zscore'` (z-score of log1p, shifted where values lie below 0), `'minmax'` (0 to 1), `'robust'` (median 0,
 * quartile distance 1), `'quantile'` (share of customers below), `'none'`.
 */
export type Scaling = 'zscore' | 'zscore-sample' | 'log-zscore' | 'minmax' | 'robust' | 'quantile' | 'none';

export const SCALINGS: readonly Scaling[] = ['zscore', 'zscore-sample', 'log-zscore', 'minmax', 'robust', 'quantile', 'none'];

/** A feature of a model and what was learned to scale it; plain data. */
export interface ScaledFeature {
  readonly column: string;
  readonly scaling: Scaling;
  /** scaled = (value - center) / spread; of log1p(value + shift) for `'log-zscore'`; absent for `'quantile'` and `'none'` */
  readonly center?: number;
  readonly spread?: number;
  /** for `'log-zscore'` only: what is added before the logarithm, 0 or more */
  readonly shift?: number;
  /** for `'quantile'` only: ascending values and the scaled value at each; between them a straight line, beyond them the ends */
  readonly knots?: readonly number[];
  readonly levels?: readonly number[];
}

/** Above this many different values a quantile scaling keeps that many knots at even ranks, plus one. */
const KNOTS = 2000;

/**
 * Learn how to scale one feature.
 *
 * @param values one per row, finite, length n >= 1. Not modified.
 * @throws ClienteleError `VALUE_INVALID` for a feature without spread, which no scaling but `'none'` can bring to scale
 *
 * Method: means and deviations by exact sums, so that the order of the rows cannot move them; quartiles of type 7. O(n),
 * O(n log n) for `'quantile'`.
 */
export function learnScaling(where: string, column: string, values: Float64Array, scaling: Scaling): ScaledFeature {
  switch (scaling) {
    case 'none':
      return { column, scaling };
    case 'zscore':
    case 'zscore-sample':
      return { column, scaling, ...meanAndDeviation(where, column, values, scaling === 'zscore' ? 0 : 1) };
    case 'log-zscore': {
      const shift = Math.max(0, -values.reduce((least, value) => Math.min(least, value), Infinity));
      return { column, scaling, shift, ...meanAndDeviation(where, column, values.map((value) => Math.log1p(value + shift)), 0, values) };
    }
    case 'minmax': {
      const [least, most] = rangeOf(values);
      return { column, scaling, center: least, spread: checkSpread(where, column, most - least, values) };
    }
    case 'robust': {
      const quartiles = quantileCuts(values, 4);
      return { column, scaling, center: quartiles[1]!, spread: checkSpread(where, column, quartiles[2]! - quartiles[0]!, values) };
    }
    case 'quantile':
      return { column, scaling, ...knotsOf(where, column, values) };
  }
}

/** The smallest and largest value. */
export function rangeOf(values: Float64Array): [least: number, most: number] {
  let least = Infinity;
  let most = -Infinity;
  for (let i = 0; i < values.length; i++) {
    if (values[i]! < least) least = values[i]!;
    if (values[i]! > most) most = values[i]!;
  }
  return [least + 0, most + 0];
}

function meanAndDeviation(where: string, column: string, values: Float64Array, less: 0 | 1, original: Float64Array = values): { center: number; spread: number } {
  const center = exactSum(values) / values.length + 0;
  const squares = exactSum(values.map((value) => (value - center) ** 2));
  const [least, most] = rangeOf(values);
  // The mean of equal values may be off by a rounding: their spread is 0 all the same.
  return { center, spread: checkSpread(where, column, least === most ? 0 : Math.sqrt(squares / (values.length - less)), original) };
}

function checkSpread(where: string, column: string, spread: number, values: Float64Array): number {
  if (spread > 0 && Number.isFinite(spread)) return spread;
  const [least, most] = rangeOf(values);
  const named = `feature ${valueText(column)}`;
  if (least === most) throw new ClienteleError('VALUE_INVALID', { where, column }, `${named} is ${least} for every customer, so it tells none from another.`, "Leave it out of features, or scale it by 'none'.");
  if (spread === 0) throw new ClienteleError('VALUE_INVALID', { where, column }, `${named} has no spread between its quartiles: more than half of the customers have the value ${median(values)}.`, "Scale it by 'zscore' or 'minmax', or leave it out.");
  throw new ClienteleError('VALUE_INVALID', { where, column }, `${named} ranges from ${least} to ${most}, too far for numbers of double precision.`, 'Divide it by a large number first.');
}

function knotsOf(where: string, column: string, values: Float64Array): { knots: number[]; levels: number[] } {
  const [least, most] = rangeOf(values);
  checkSpread(where, column, most - least, values);
  const n = values.length;
  const order = orderByNumber(values);
  const knots: number[] = [];
  const levels: number[] = [];
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]!] === values[order[from]!]) to++;
    knots.push(values[order[from]!]! + 0);
    // Ranks from 1: their mean over equal values is (from + 1 + to) / 2.
    levels.push(((from + 1 + to) / 2 - 0.5) / n);
    from = to;
  }
  if (knots.length <= KNOTS) return { knots, levels };
  const kept = Array.from({ length: KNOTS + 1 }, (_, i) => Math.round((i * (knots.length - 1)) / KNOTS));
  return { knots: kept.map((k) => knots[k]!), levels: kept.map((k) => levels[k]!) };
}

/**
 * One value brought to scale.
 *
 * @throws ClienteleError `VALUE_INVALID` for a value below what the logarithm of the model can take
 */
export function scaleValue(where: string, feature: ScaledFeature, value: number, row?: number): number {
  switch (feature.scaling) {
    case 'none':
      return value + 0;
    case 'quantile':
      return interpolate(feature.knots!, feature.levels!, value);
    case 'log-zscore': {
      const { column, shift = 0 } = feature;
      // Shifted values of 0 are the lowest seen; below them the model has learned nothing.
      if (value + shift < 0) {
        throw new ClienteleError('VALUE_INVALID', { where, column, ...(row === undefined ? {} : { row }), value: String(value) }, `${row === undefined ? '' : `row ${row}: `}${column} is ${value}, and the model's logarithm begins at ${-shift}.`, "Fit a new model with such customers, or scale the feature by 'zscore'.");
      }
      return (Math.log1p(value + shift) - feature.center!) / feature.spread! + 0;
    }
    default:
      return (value - feature.center!) / feature.spread! + 0;
  }
}

/** A whole feature brought to scale, into a fresh array. O(n), O(n log knots) for `'quantile'`. */
export function scaleValues(where: string, feature: ScaledFeature, values: Float64Array): Float64Array {
  const scaled = new Float64Array(values.length);
  scaleInto(where, feature, values, 0, values.length, scaled, 0, 1);
  return scaled;
}

/** Some rows of a feature brought to scale: the first into `into[at]`, each further one `stride` behind the last. */
export function scaleInto(where: string, feature: ScaledFeature, values: Float64Array, from: number, to: number, into: Float64Array, at: number, stride: number): void {
  for (let i = from, put = at; i < to; i++, put += stride) into[put] = scaleValue(where, feature, values[i]!, i);
}

/** A scaled value back in the feature's own unit. */
export function unscaleValue(feature: ScaledFeature, scaled: number): number {
  switch (feature.scaling) {
    case 'none':
      return scaled;
    case 'quantile':
      return interpolate(feature.levels!, feature.knots!, scaled);
    case 'log-zscore':
      return Math.expm1(scaled * feature.spread! + feature.center!) - (feature.shift ?? 0);
    default:
      return scaled * feature.spread! + feature.center!;
  }
}

function interpolate(from: readonly number[], to: readonly number[], value: number): number {
  let low = 0;
  let high = from.length - 1;
  if (value <= from[0]!) return to[0]!;
  if (value >= from[high]!) return to[high]!;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (from[middle]! <= value) low = middle;
    else high = middle;
  }
  return to[low]! + ((value - from[low]!) / (from[high]! - from[low]!)) * (to[high]! - to[low]!);
}

/** One scaling for all features, or one per feature by column; those not named take `'log-zscore'`. */
export type ScaleOption = Scaling | Readonly<Record<string, Scaling>>;

/**
 * The scaling of each feature.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function planScalings(where: string, option: unknown, columns: readonly string[]): Scaling[] {
  if (option === undefined || typeof option === 'string') return columns.map(() => checkWord(where, 'scale', option ?? 'log-zscore', SCALINGS));
  if (typeof option !== 'object' || option === null || Array.isArray(option)) throw optionInvalid(where, 'scale', option, "Give a word, or one per feature: { monetary: 'log-zscore' }.");
  const unknown = Object.keys(option).find((name) => !columns.includes(name));
  if (unknown !== undefined) throw optionInvalid(where, `scale.${unknown}`, (option as Record<string, unknown>)[unknown], `Name features only: ${columns.join(', ')}.`);
  return columns.map((column) => checkWord(where, `scale.${column}`, Object.hasOwn(option, column) ? (option as Record<string, unknown>)[column] : 'log-zscore', SCALINGS));
}
