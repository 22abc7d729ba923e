import { checkKeys, checkWhole, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import type { RfmMethod } from './model.js';
import type { CutsOption, DimensionOption, FitRfmOptions, MethodOption } from './options.js';

/** One dimension as it is to be learned. */
export interface DimensionPlan extends DimensionOption {
  readonly key: string;
  readonly bins: number;
  readonly method: RfmMethod | 'cuts';
  readonly cuts?: readonly number[];
  readonly closed?: 'right' | 'left';
}

/** What the map asked for brings along, used where the options are silent. */
export interface PlanDefaults {
  readonly bins: readonly (readonly [key: string, bins: number])[];
  readonly method?: MethodOption;
}

export const METHODS: readonly RfmMethod[] = ['quantile', 'r-rfm', 'qcut-drop', 'rank-first', 'ntile', 'percent-rank', 'cume-dist', 'nested', 'equal-width', 'natural-breaks'];

/** Methods that score by rank: their models keep limits of levels instead of cuts. */
export const RANK_METHODS: readonly RfmMethod[] = ['rank-first', 'ntile', 'percent-rank', 'cume-dist', 'nested'];

/** Combined scores are numbered, so their count is limited; 20 scores in four dimensions are 160,000. */
const MOST_CODES = 1_000_000;

const THREE: Readonly<Record<string, DimensionOption>> = {
  r: { column: 'recency', best: 'low', unit: 'days' },
  f: { column: 'frequency', best: 'high', unit: 'orders' },
  m: { column: 'monetary', best: 'high' },
};

/** Units of the measures that `summarize` makes, for the limits in `why`. */
const UNITS: ReadonlyMap<string, string> = new Map([['recency', 'days'], ['tenure', 'days'], ['span', 'days'], ['gapMean', 'days'], ['gapSd', 'days'], ['frequency', 'orders']]);

/** Names of the result's own columns, which no score column may take. */
const RESERVED: readonly string[] = ['customer', 'score', 'segment', 'label', 'sum', 'weighted', 'weighted100', 'weightedMinMax', 'why', 'approximate'];

/** True for a name that a score column can have. */
export function isScoreKey(key: unknown): boolean {
  return typeof key === 'string' && /^[A-Za-z][A-Za-z0-9]*$/.test(key) && !RESERVED.includes(key);
}

/**
 * The dimensions to score, each with its number of scores and method.
 *
 * @throws ClienteleError `OPTION_INVALID` naming the option and how to write it
 */
export function planDimensions(where: string, options: FitRfmOptions, defaults: PlanDefaults): DimensionPlan[] {
  const chosen = chooseDimensions(where, options.dimensions ?? {});
  const method = byDimension(where, 'method', chosen, options.method ?? defaults.method ?? 'quantile', typeof options.method === 'string' || options.method === undefined);
  const bins = byDimension<unknown>(where, 'bins', chosen, options.bins ?? Object.fromEntries(defaults.bins.filter(([key]) => chosen.some((dimension) => dimension.key === key))), typeof options.bins === 'number');
  const plans = chosen.map((dimension, d): DimensionPlan => {
    const given = bins[d] === undefined ? undefined : checkWhole(where, 'bins', bins[d], 2, 20);
    const rule = (method[d] ?? 'quantile') as RfmMethod | CutsOption;
    if (typeof rule !== 'object' || rule === null) return { ...dimension, bins: given ?? 5, method: checkWord(where, 'method', rule, METHODS) };
    const cuts = checkCuts(where, dimension.column, rule);
    if (given !== undefined && given !== cuts.cuts.length + 1 && options.bins !== undefined && typeof options.bins !== 'number') {
      throw new ClienteleError('OPTION_INVALID', { where, option: 'bins' }, `bins asks for ${given} scores of ${dimension.column}, but ${cuts.cuts.length} cuts make ${cuts.cuts.length + 1}.`, 'Leave bins out for a dimension with cuts.');
    }
    return { ...dimension, bins: cuts.cuts.length + 1, method: 'cuts', ...cuts };
  });
  const codes = plans.reduce((count, plan) => count * plan.bins, 1);
  if (codes > MOST_CODES) {
    throw new ClienteleError('OPTION_INVALID', { where, option: 'bins' }, `the dimensions make ${codes} different scores.`, `Use fewer bins or dimensions: at most ${MOST_CODES}.`);
  }
  return plans;
}

type NamedDimension = DimensionOption & { readonly key: string };

function chooseDimensions(where: string, given: NonNullable<FitRfmOptions['dimensions']>): NamedDimension[] {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) throw optionInvalid(where, 'dimensions', given, "Give { key: { column, best }, … }, e.g. { l: { column: 'span', best: 'high' } }.");
  const named = Object.entries(given);
  const unnamed = Object.keys(THREE).filter((key) => !Object.hasOwn(given, key)).map((key) => [key, true] as const);
  const chosen = [...unnamed, ...named].filter(([, value]) => value !== false).map(([key, value]): NamedDimension => {
    if (!isScoreKey(key)) throw optionInvalid(where, 'dimensions', key, 'A key is a short word of letters and digits that names the score column, and none of the result\'s own columns.');
    if (value === true && Object.hasOwn(THREE, key)) return { key, ...THREE[key]! };
    return { key, ...checkDimension(where, key, value) };
  });
  if (chosen.length === 0) throw optionInvalid(where, 'dimensions', JSON.stringify(given), 'Leave at least one dimension.');
  const clash = chosen.find(({ key }) => chosen.some(({ column }) => column === key));
  if (clash !== undefined) throw optionInvalid(where, 'dimensions', clash.key, 'A key cannot be the name of a measure: scores and measures stand in one table.');
  return chosen;
}

function checkDimension(where: string, key: string, value: unknown): DimensionOption {
  if (typeof value !== 'object' || value === null) throw optionInvalid(where, `dimensions.${key}`, value, "Give { column: 'span', best: 'high' }.");
  checkKeys(where, value, ['column', 'best', 'unit']);
  const { column, best, unit } = value as Partial<Record<string, unknown>>;
  if (typeof column !== 'string' || column === '') throw optionInvalid(where, `dimensions.${key}.column`, column, 'Name the column to score.');
  checkWord(where, `dimensions.${key}.best`, best, ['high', 'low']);
  if (unit !== undefined && typeof unit !== 'string') throw optionInvalid(where, `dimensions.${key}.unit`, unit, "Give a word: 'visits'.");
  const known = unit ?? UNITS.get(column);
  return { column, best: best as 'high' | 'low', ...(known === undefined ? {} : { unit: known as string }) };
}

/** One value per dimension from one for all, a list in order, or values by key or column; unnamed ones undefined. */
export function byDimension<T>(where: string, option: string, dimensions: readonly { readonly key: string; readonly column: string }[], given: T | readonly T[] | Readonly<Record<string, T>>, forAll: boolean): (T | undefined)[] {
  if (forAll && (typeof given !== 'object' || given === null)) return dimensions.map(() => given as T);
  const names = dimensions.map(({ key, column }) => `${key} (${column})`).join(', ');
  if (typeof given !== 'object' || given === null) throw optionInvalid(where, option, given, `Give one value, or one per dimension: ${names}.`);
  if (Array.isArray(given)) {
    if (given.length !== dimensions.length) throw optionInvalid(where, option, JSON.stringify(given), `Give one value per dimension: ${names}.`);
    return [...(given as T[])];
  }
  const values = new Array<T | undefined>(dimensions.length).fill(undefined);
  for (const [name, value] of Object.entries(given as Readonly<Record<string, T>>)) {
    const d = dimensions.findIndex(({ key, column }) => key === name || column === name);
    if (d === -1) throw new ClienteleError('OPTION_INVALID', { where, option, value: valueText(name) }, `option ${option} names ${valueText(name)}, which is not scored.`, `Name a dimension by key or column: ${names}.`);
    if (values[d] !== undefined) throw new ClienteleError('OPTION_INVALID', { where, option, value: valueText(name) }, `option ${option} names ${dimensions[d]!.column} twice.`, 'Name it once, by key or by column.');
    values[d] = value;
  }
  return values;
}

function checkCuts(where: string, column: string, rule: CutsOption): { cuts: number[]; closed: 'right' | 'left' } {
  checkKeys(where, rule, ['cuts', 'closed']);
  const { cuts, closed = 'right' } = rule;
  checkWord(where, 'closed', closed, ['right', 'left']);
  const list: readonly unknown[] = typeof cuts === 'object' && cuts !== null && 'length' in cuts ? Array.from(cuts as ArrayLike<unknown>) : [];
  const ascending = list.every((cut, i) => typeof cut === 'number' && Number.isFinite(cut) && (i === 0 || cut > (list[i - 1] as number)));
  if (!ascending || list.length < 1 || list.length > 19) throw optionInvalid(where, `method.${column}.cuts`, JSON.stringify(cuts), 'Give 1 to 19 ascending numbers in the unit of the measure.');
  return { cuts: (list as number[]).map((cut) => cut + 0), closed };
}

/**
 * Weights per dimension, checked.
 *
 * @throws ClienteleError `OPTION_INVALID` unless there is one number of 0 or more per dimension and they sum to 1
 */
export function planWeights(where: string, weights: FitRfmOptions['weights'], dimensions: readonly DimensionPlan[]): number[] | undefined {
  if (weights === undefined) return undefined;
  const list = byDimension<number>(where, 'weights', dimensions, weights as Readonly<Record<string, number>>, false);
  const valid = list.every((w) => typeof w === 'number' && Number.isFinite(w) && w >= 0);
  const sum = valid ? (list as number[]).reduce((total, w) => total + w, 0) : NaN;
  if (Math.abs(sum - 1) <= 1e-9) return list as number[];
  throw new ClienteleError('OPTION_INVALID', { where, option: 'weights', value: JSON.stringify(weights) }, valid ? `the weights sum to ${sum}.` : `option weights is ${valueText(JSON.stringify(weights))}.`, `Give one number of 0 or more for each of ${dimensions.map(({ key }) => key).join(', ')}, summing to 1.`);
}
