import { checkKeys, checkWord, ClienteleError, optionInvalid, type Warning } from '../core/index.js';
import { highLowCut } from '../transactions/index.js';
import { toCodeMap } from './code-map.js';
import { checkMap } from './check-map.js';
import { mapFits } from './compile.js';
import type { CodeMap, OctantMap, RfmDimension } from './model.js';
import type { MapFunction, OctantsOption, RfmOptions } from './options.js';
import { byDimension, type PlanDefaults } from './plan.js';
import type { SegmentMap } from './segment-map.js';
import { SEGMENT_MAPS } from './segment-maps.js';

/** The segment map as asked for, before the measures are known. */
export type MapPlan =
  | { readonly kind: 'codes'; readonly map: CodeMap; readonly asked: boolean; readonly defaults: PlanDefaults }
  | { readonly kind: 'octants'; readonly at: NonNullable<OctantsOption['octants']['at']>; readonly inclusive: boolean; readonly defaults: PlanDefaults }
  | { readonly kind: 'function'; readonly segmentOf: MapFunction; readonly defaults: PlanDefaults };

const NO_DEFAULTS: PlanDefaults = { bins: [] };
const builtIn = new Map<string, CodeMap>();

/**
 * Read the option `map`.
 *
 * @throws ClienteleError `OPTION_INVALID` naming what is wrong with the map
 */
export function planMap(where: string, option: RfmOptions['map']): MapPlan {
  if (typeof option === 'function') return { kind: 'function', segmentOf: option, defaults: NO_DEFAULTS };
  if (option === 'octants') return octantsPlan(where, {});
  if (typeof option === 'object' && option !== null && Object.hasOwn(option, 'octants')) {
    checkKeys(where, option, ['octants']);
    return octantsPlan(where, (option as OctantsOption).octants);
  }
  const asked = option !== undefined;
  const name = option ?? 'standard';
  const map = typeof name === 'string' ? builtInMap(where, name) : toCodeMap(where, checkMap(where, name));
  if (!asked) return { kind: 'codes', map, asked, defaults: NO_DEFAULTS };
  const { method } = typeof name === 'string' ? SEGMENT_MAPS[name as keyof typeof SEGMENT_MAPS] : (name as SegmentMap);
  return { kind: 'codes', map, asked, defaults: { bins: map.dimensions.map((key, d) => [key, map.bins[d]!] as const), ...(method === undefined ? {} : { method }) } };
}

function builtInMap(where: string, name: string): CodeMap {
  let map = builtIn.get(name);
  if (map === undefined) builtIn.set(name, (map = toCodeMap(where, checkMap(where, name))));
  return map;
}

function octantsPlan(where: string, option: OctantsOption['octants']): MapPlan {
  if (typeof option !== 'object' || option === null) throw optionInvalid(where, 'map.octants', option, "Write { octants: { at: 'median', inclusive: true } }.");
  checkKeys(where, option, ['at', 'inclusive']);
  const { at = 'mean', inclusive = false } = option;
  if (typeof inclusive !== 'boolean') throw optionInvalid(where, 'map.inclusive', inclusive, 'Give true or false.');
  if (typeof at !== 'object' || at === null) checkWord(where, 'map.at', at, ['mean', 'median', 'mean-score']);
  return { kind: 'octants', at, inclusive, defaults: NO_DEFAULTS };
}

/**
 * The map as the model keeps it, or none with the reason.
 *
 * The default map that does not fit is left out with a warning; one asked for is refused.
 *
 * @throws ClienteleError `MAP_NOT_APPLICABLE`; `OPTION_INVALID` for octant values that are not numbers
 */
export function settleMap(where: string, plan: MapPlan, dimensions: readonly RfmDimension[], values: readonly Float64Array[], scores: readonly Uint8Array[]): { map?: CodeMap | OctantMap; warnings: readonly Warning[] } {
  switch (plan.kind) {
    case 'function':
      return { warnings: [] };
    case 'octants':
      return { map: settleOctants(where, plan, dimensions, values, scores), warnings: [] };
    case 'codes': {
      if (mapFits(plan.map, dimensions)) return { map: plan.map, warnings: [] };
      const what = `the map ${plan.map.name} needs ${counted(plan.map.dimensions.map((key, d) => ({ key, bins: plan.map.bins[d]! })))}; this scoring has ${counted(dimensions)}.`;
      if (plan.asked) throw new ClienteleError('MAP_NOT_APPLICABLE', { where, option: 'map', value: plan.map.name }, what, 'Score with the bins it needs, or give a map for these.');
      return { warnings: [{ code: 'MAP_NOT_APPLICABLE', message: `${what} Segments are left empty; give a map for these scores, or leave bins, method and dimensions at their defaults.` }] };
    }
  }
}

function counted(dimensions: readonly { readonly key: string; readonly bins: number }[]): string {
  return `${dimensions.map(({ key, bins }) => `${key} in ${bins}`).join(', ')}`;
}

function settleOctants(where: string, plan: Extract<MapPlan, { kind: 'octants' }>, dimensions: readonly RfmDimension[], values: readonly Float64Array[], scores: readonly Uint8Array[]): OctantMap {
  const three = ['r', 'f', 'm'].map((key) => dimensions.findIndex((dimension) => dimension.key === key));
  if (three.includes(-1)) {
    throw new ClienteleError('MAP_NOT_APPLICABLE', { where, option: 'map', value: 'octants' }, `octants are made of r, f and m; this scoring has ${dimensions.map(({ key }) => key).join(', ')}.`, 'Keep all three dimensions, or give another map.');
  }
  const { at, inclusive } = plan;
  if (typeof at === 'object') {
    const given = byDimension<number>(where, 'map.at', three.map((d) => dimensions[d]!), at as Readonly<Record<string, number>>, false);
    if (!given.every((cut) => typeof cut === 'number' && Number.isFinite(cut))) throw optionInvalid(where, 'map.at', JSON.stringify(at), 'Give one finite number for each of r, f and m.');
    return { kind: 'octants', name: 'octants', at: 'values', inclusive, cuts: given as unknown as [number, number, number] };
  }
  if (values[0]!.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no customers to take a mean or median of.', 'Give the cuts as values: at: [days, orders, money].');
  const cuts = three.map((d) => (at === 'mean-score' ? highLowCut(Float64Array.from(scores[d]!), 'mean') : highLowCut(values[d]!, at)));
  return { kind: 'octants', name: 'octants', at, inclusive, cuts: cuts as [number, number, number] };
}
