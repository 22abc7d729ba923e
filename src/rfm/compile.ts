import { codeCount, codeStrides, parseCode } from './codes.js';
import type { CodeMap, RfmDimension, RfmModel } from './model.js';
import { cutsOfLevels } from './rank-methods.js';
import { cutsBelow, cutsUpTo, placeByCuts, scoresUpwards } from './score-by-cuts.js';

/** Cuts as the loops use them: `scores[number of cuts below]`. */
export interface Placing {
  readonly cuts: Float64Array;
  readonly closed: 'right' | 'left';
  readonly scores: Uint8Array;
}

/** A dimension ready to score. */
export interface CompiledDimension {
  readonly overall: Placing;
  /** inside each group of the dimensions before, by the group's code number; of `nested` only */
  readonly groups?: ReadonlyMap<number, Placing>;
}

/** A model ready to score, made once per model. */
export interface CompiledModel {
  readonly dimensions: readonly CompiledDimension[];
  readonly bins: readonly number[];
  readonly strides: readonly number[];
  /** number of different score codes */
  readonly codes: number;
  /** true when a rank method's limits are applied to customers it did not rank */
  readonly approximate: boolean;
}

const compiled = new WeakMap<RfmModel, CompiledModel>();

/** The model ready to score; models are frozen, so the work is done once. */
export function compile(model: RfmModel): CompiledModel {
  const known = compiled.get(model);
  if (known !== undefined) return known;
  const bins = model.dimensions.map((dimension) => dimension.bins);
  const made: CompiledModel = {
    dimensions: model.dimensions.map((dimension, d) => compileDimension(dimension, bins.slice(0, d))),
    bins,
    strides: codeStrides(bins),
    codes: codeCount(bins),
    approximate: model.dimensions.some(({ levels }) => levels !== undefined),
  };
  compiled.set(model, made);
  return made;
}

function compileDimension(dimension: RfmDimension, before: readonly number[]): CompiledDimension {
  const { best, bins, cuts, closed = 'right', levels, groups } = dimension;
  if (levels === undefined) return { overall: { cuts: Float64Array.from(cuts ?? []), closed, scores: scoresUpwards(bins, best) } };
  const overall = cutsOfLevels(levels, best);
  if (groups === undefined) return { overall };
  return { overall, groups: new Map(groups.map((group) => [parseCode(group.within, before)!, cutsOfLevels(group, best)])) };
}

/** Scores of every dimension by the model's limits; `values` one array per dimension, finite. */
export function placeAll({ dimensions, bins }: CompiledModel, values: readonly Float64Array[]): Uint8Array[] {
  const scores: Uint8Array[] = [];
  dimensions.forEach(({ overall, groups }, d) => {
    const own = values[d]!;
    if (groups === undefined) scores.push(placeByCuts(own, overall.cuts, overall.closed, overall.scores));
    else {
      const strides = codeStrides(bins.slice(0, d));
      scores.push(Uint8Array.from(own, (value, i) => place(value, groups.get(strides.reduce((code, stride, k) => code + (scores[k]![i]! - 1) * stride, 0)) ?? overall)));
    }
  });
  return scores;
}

/** The score of one value. */
export function place(value: number, { cuts, closed, scores }: Placing): number {
  return scores[closed === 'right' ? cutsBelow(value, cuts) : cutsUpTo(value, cuts)]!;
}

const lookups = new WeakMap<CodeMap, Int16Array>();

/** Segment of each code of a map, as a place in its segments. */
export function segmentLookup(map: CodeMap): Int16Array {
  const known = lookups.get(map);
  if (known !== undefined) return known;
  const lookup = new Int16Array(codeCount(map.bins));
  map.segments.forEach((segment, s) => {
    for (const text of segment.codes) lookup[parseCode(text, map.bins)!] = s;
  });
  lookups.set(map, lookup);
  return lookup;
}

/**
 * Segment of the scores of all dimensions by a map over some of them.
 *
 * @param keys dimension keys in the order of `scores`
 */
export function segmentOf(map: CodeMap, lookup: Int16Array, keys: readonly string[], scores: ArrayLike<number>): number {
  let code = 0;
  for (let d = 0; d < map.dimensions.length; d++) code = code * map.bins[d]! + scores[keys.indexOf(map.dimensions[d]!)]! - 1;
  return lookup[code]!;
}

/** Whether a map can be read from these dimensions: each one there, with as many scores as the map needs. */
export function mapFits(map: CodeMap, dimensions: readonly { readonly key: string; readonly bins: number }[]): boolean {
  return map.dimensions.every((key, d) => dimensions.some((dimension) => dimension.key === key && dimension.bins === map.bins[d]));
}
