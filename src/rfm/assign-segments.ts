import { ClienteleError, valueText } from '../core/index.js';
import { octantOf, OCTANTS } from '../transactions/index.js';
import { codeScores } from './codes.js';
import { segmentLookup, segmentOf, type CompiledModel } from './compile.js';
import type { OctantMap, RfmModel } from './model.js';
import type { MapFunction } from './options.js';

/** Segments of scored rows. */
export interface AssignedSegments {
  /** keys from best to worst; empty without a map */
  readonly keys: readonly string[];
  /** place in `keys` of each row, -1 without a map */
  readonly places: Int32Array;
}

/** Score codes that occur, and which of them each row has. */
export interface UsedCodes {
  /** ascending */
  readonly codes: Int32Array;
  /** rows of each */
  readonly rows: Int32Array;
  /** place in `codes` of each row */
  readonly places: Int32Array;
}

/** The score codes that occur. O(rows + codes). */
export function usedCodes(codes: Int32Array, count: number): UsedCodes {
  const rows = new Int32Array(count);
  for (let i = 0; i < codes.length; i++) rows[codes[i]!]!++;
  const place = new Int32Array(count);
  const used: number[] = [];
  for (let code = 0; code < count; code++) if (rows[code]! > 0) place[code] = used.push(code) - 1;
  return { codes: Int32Array.from(used), rows: Int32Array.from(used, (code) => rows[code]!), places: takePlaces(place, codes) };
}

/**
 * Segment of every row: by its score code, or by the measures for octants.
 *
 * @throws ClienteleError `VALUE_INVALID` where a map function returns something other than text
 */
export function assignSegments(where: string, model: RfmModel, compiled: CompiledModel, used: UsedCodes, values: readonly Float64Array[], scores: readonly Uint8Array[], mapFunction?: MapFunction): AssignedSegments {
  if (mapFunction !== undefined) return byFunction(where, mapFunction, model, compiled, used);
  const { map } = model;
  if (map === undefined) return { keys: [], places: new Int32Array(used.places.length).fill(-1) };
  if (map.kind === 'octants') return { keys: OCTANTS.map(({ key }) => key), places: byOctant(map, model, values, scores) };
  const lookup = segmentLookup(map);
  const keys = model.dimensions.map(({ key }) => key);
  const segments = used.codes.map((code) => segmentOf(map, lookup, keys, codeScores(code, compiled.bins)));
  return { keys: map.segments.map(({ key }) => key), places: takePlaces(segments, used.places) };
}

function takePlaces(segments: Int32Array, places: Int32Array): Int32Array {
  const taken = new Int32Array(places.length);
  for (let i = 0; i < places.length; i++) taken[i] = segments[places[i]!]!;
  return taken;
}

/** Keys in the order of the highest score code that has them. */
function byFunction(where: string, mapFunction: MapFunction, model: RfmModel, { bins }: CompiledModel, used: UsedCodes): AssignedSegments {
  const keys: string[] = [];
  const segments = new Int32Array(used.codes.length);
  for (let c = used.codes.length - 1; c >= 0; c--) {
    const scores = codeScores(used.codes[c]!, bins);
    const key: unknown = mapFunction(Object.fromEntries(model.dimensions.map((dimension, d) => [dimension.key, scores[d]!]))) ?? 'others';
    if (typeof key !== 'string' || key === '') {
      throw new ClienteleError('VALUE_INVALID', { where, option: 'map', value: valueText(key) }, `the map function returned ${valueText(key)} for scores ${scores.join(', ')}.`, 'Return a segment key, or null for others.');
    }
    if (!keys.includes(key)) keys.push(key);
    segments[c] = keys.indexOf(key);
  }
  return { keys, places: takePlaces(segments, used.places) };
}

function byOctant(map: OctantMap, model: RfmModel, values: readonly Float64Array[], scores: readonly Uint8Array[]): Int32Array {
  const highs = ['r', 'f', 'm'].map((key, i) => {
    const d = model.dimensions.findIndex((dimension) => dimension.key === key);
    return map.at === 'mean-score' ? { of: scores[d]!, sign: 1, cut: map.cuts[i]! } : { of: values[d]!, sign: model.dimensions[d]!.best === 'low' ? -1 : 1, cut: map.cuts[i]! };
  });
  const [r, f, m] = highs as [typeof highs[0], typeof highs[0], typeof highs[0]];
  const places = new Int32Array(r.of.length);
  for (let i = 0; i < places.length; i++) places[i] = octantOf(isHigh(r.of[i]!, r, map.inclusive), isHigh(f.of[i]!, f, map.inclusive), isHigh(m.of[i]!, m, map.inclusive));
  return places;
}

/** Beyond the cut in the better direction, or on it when inclusive. */
export function isHigh(value: number, { sign, cut }: { readonly sign: number; readonly cut: number }, inclusive: boolean): boolean {
  return inclusive ? sign * value >= sign * cut : sign * value > sign * cut;
}
