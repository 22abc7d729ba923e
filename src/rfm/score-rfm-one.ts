import { checkKeys, checkRecord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { octantOf, OCTANTS } from '../transactions/index.js';
import { isHigh } from './assign-segments.js';
import { codeText } from './codes.js';
import { compile, place, segmentLookup, segmentOf, type CompiledModel } from './compile.js';
import { labelsOf, type Labels } from './labels.js';
import { readModel } from './load-rfm-model.js';
import type { OctantMap, RfmModel } from './model.js';
import { weigh } from './weights.js';
import { whyText } from './why.js';

/** The measures of one customer by column name; other fields are not looked at. */
export interface RfmRecord {
  /** days since the last purchase; null or NaN with frequency 0 for a customer without one */
  readonly recency?: number | null;
  readonly frequency?: number | null;
  readonly monetary?: number | null;
  readonly [column: string]: unknown;
}

/** One scored customer; a score per dimension by its key, all null for a customer without a purchase. */
export interface RfmOneScore {
  readonly r?: number | null;
  readonly f?: number | null;
  readonly m?: number | null;
  readonly score: string | null;
  /** null where the model has no segment map */
  readonly segment: string | null;
  readonly label: string | null;
  /** the limits and the rule that put the customer there */
  readonly why: string;
  /** there and true for a model of a rank method */
  readonly approximate?: true;
  readonly weighted?: number;
  readonly weighted100?: number;
  readonly weightedMinMax?: number;
  readonly [dimension: string]: number | string | boolean | null | undefined;
}

/**
 * Score one customer by a model, for a CRM that asks while the customer waits: under a microsecond.
 *
 * @param model from `fitRfm` or `loadRfmModel`; any other object is checked at every call, which takes longer
 * @param record measures by column name: `{ recency, frequency, monetary }`
 * @param options `labels`: `'en'` (default) or `'zh'`
 * @throws ClienteleError `MODEL_INVALID`; `VALUE_INVALID` naming the measure that is missing or infinite;
 *   `OPTION_INVALID`
 * @example
 * scoreRfmOne(model, { recency: 12, frequency: 4, monetary: 230.5 });
 * // { r: 5, f: 3, m: 4, score: '534', segment: 'need_attention', label: 'Need attention',
 * //   why: 'R 5 (<= 17 days) · F 3 (3-4 orders) · M 4 (> 220 to 500) → need_attention (standard: 534)' }
 */
export function scoreRfmOne(model: RfmModel, record: RfmRecord, options: { readonly labels?: 'en' | 'zh' } = {}): RfmOneScore {
  // Any other than an object is refused there; the check of its keys would take longer than the scoring.
  if (typeof options !== 'object' || options === null) checkKeys('scoreRfmOne', options, ['labels']);
  const { labels = 'en' } = options;
  if (labels !== 'en' && labels !== 'zh') throw optionInvalid('scoreRfmOne', 'labels', labels, "Use 'en' or 'zh'.");
  const known = readModel('scoreRfmOne', model);
  checkRecord('scoreRfmOne', record);
  const kit = kitOf(known, labels);
  if (record.frequency === 0 && (record.recency === null || record.recency === undefined || record.recency !== record.recency)) return { ...kit.prospect };

  const { values, scores } = kit;
  let code = 0;
  for (let d = 0; d < values.length; d++) {
    const value = record[kit.columns[d]!];
    // The difference of a finite number to itself is 0; of NaN and infinities it is NaN.
    if (typeof value !== 'number' || value - value !== 0) throw notScorable(kit.columns[d]!, value);
    values[d] = value;
    const { overall, groups } = kit.compiled.dimensions[d]!;
    const score = place(value, groups === undefined ? overall : groups.get(groupCode(kit, d)) ?? overall);
    scores[d] = score;
    code += (score - 1) * kit.compiled.strides[d]!;
  }
  const answer = { ...cell(kit, code, segmentPlace(kit)) };
  return known.weights === undefined ? answer : Object.assign(answer, weigh(known, scores, values));
}

/** What scoring one customer needs again and again; the arrays hold one customer at a time. */
interface Kit {
  readonly model: RfmModel;
  readonly compiled: CompiledModel;
  readonly labels: Labels;
  readonly columns: readonly string[];
  readonly keys: readonly string[];
  readonly values: Float64Array;
  readonly scores: Uint8Array;
  readonly prospect: RfmOneScore;
  /** of an octant map: where r, f and m stand, and which way is high */
  readonly octants: readonly { readonly d: number; readonly sign: number; readonly cut: number }[];
  /** answers by score code and segment, made when first asked for */
  readonly cells: Map<number, RfmOneScore>;
}

const kits = { en: new WeakMap<RfmModel, Kit>(), zh: new WeakMap<RfmModel, Kit>() };

function kitOf(model: RfmModel, language: 'en' | 'zh'): Kit {
  const known = kits[language].get(model);
  if (known !== undefined) return known;
  const labels = labelsOf('scoreRfmOne', language, model);
  const keys = model.dimensions.map(({ key }) => key);
  const nobody: RfmOneScore = { ...Object.fromEntries(keys.map((key) => [key, null])), score: null, segment: 'prospect', label: labels.label('prospect'), why: language === 'zh' ? '尚未购买' : 'no purchase yet' };
  const kit: Kit = {
    model,
    compiled: compile(model),
    labels,
    columns: model.dimensions.map(({ column }) => column),
    keys,
    values: new Float64Array(keys.length),
    scores: new Uint8Array(keys.length),
    prospect: nobody,
    octants: model.map?.kind === 'octants' ? octantCuts(model.map, model) : [],
    cells: new Map(),
  };
  kits[language].set(model, kit);
  return kit;
}

function groupCode({ compiled, scores }: Kit, d: number): number {
  let code = 0;
  for (let k = 0; k < d; k++) code = code * compiled.bins[k]! + scores[k]! - 1;
  return code;
}

function octantCuts({ at, cuts }: OctantMap, { dimensions }: RfmModel): { d: number; sign: number; cut: number }[] {
  return ['r', 'f', 'm'].map((key, i) => {
    const d = dimensions.findIndex((dimension) => dimension.key === key);
    return { d, sign: at === 'mean-score' || dimensions[d]!.best === 'high' ? 1 : -1, cut: cuts[i]! };
  });
}

/** Place of the segment among the map's, -1 without a map. */
function segmentPlace({ model: { map }, keys, octants, scores, values }: Kit): number {
  if (map === undefined) return -1;
  if (map.kind === 'codes') return segmentOf(map, segmentLookup(map), keys, scores);
  const of = map.at === 'mean-score' ? scores : values;
  const [r, f, m] = octants as [Kit['octants'][0], Kit['octants'][0], Kit['octants'][0]];
  return octantOf(isHigh(of[r.d]!, r, map.inclusive), isHigh(of[f.d]!, f, map.inclusive), isHigh(of[m.d]!, m, map.inclusive));
}

/** Customers with the same code and segment get the same answer. */
function cell(kit: Kit, code: number, segment: number): RfmOneScore {
  const at = code * 32768 + segment + 1;
  const known = kit.cells.get(at);
  if (known !== undefined) return known;
  const { model, keys, labels, compiled } = kit;
  const scores = Array.from(kit.scores);
  const key = segment === -1 ? undefined : model.map?.kind === 'octants' ? OCTANTS[segment]!.key : model.map!.segments[segment]!.key;
  const made: RfmOneScore = {
    ...Object.fromEntries(keys.map((name, d) => [name, scores[d]!])),
    score: codeText(scores, compiled.bins),
    segment: key ?? null,
    label: key === undefined ? null : labels.label(key),
    why: whyText(model, scores, key, labels.language),
    ...(compiled.approximate ? { approximate: true as const } : {}),
  };
  kit.cells.set(at, made);
  return made;
}

function notScorable(column: string, value: unknown): ClienteleError {
  return new ClienteleError('VALUE_INVALID', { where: 'scoreRfmOne', column, value: valueText(value) }, `${column} is ${valueText(value)}.`, 'Give a finite number for every measure of the model.');
}
