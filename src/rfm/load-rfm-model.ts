import { anyTextField, ascendingField, flagField, listField, modelInvalid, numberField, objectField, optionalField, textField, wholeField, wordField, type Field } from '../core/index.js';
import type { CustomersMeta } from '../transactions/index.js';
import { codeCount, codeScores, codeText, parseCode } from './codes.js';
import { mapFits } from './compile.js';
import { freezeModel, isTrusted } from './freeze-model.js';
import type { CodeMap, ModelSegment, OctantMap, RfmDimension, RfmGroup, RfmLevels, RfmMeta, RfmModel } from './model.js';
import { isScoreKey, METHODS, RANK_METHODS } from './plan.js';
import type { BothLanguages } from './segment-texts.js';

/**
 * Read a model back, every field checked: kind, version, finite and ascending limits, a map that covers every code once.
 *
 * @param object what `fitRfm` returned, or its JSON parsed. Not modified; fields it inherits count as absent.
 * @returns a frozen copy
 * @throws ClienteleError `MODEL_INVALID` with the way to the field in `place.option`: `dimensions[0].cuts`
 * @example
 * const model = loadRfmModel(JSON.parse(readFileSync('rfm.json', 'utf8')));
 */
export function loadRfmModel(object: unknown): RfmModel {
  return readModel('loadRfmModel', object);
}

/** A model as it is needed: one of our own as it stands, any other object checked and copied. */
export function readModel(where: string, object: unknown): RfmModel {
  if (isTrusted(object)) return object;
  const own = objectField({ where, path: '', value: object }, ['kind', 'version', 'meta', 'dimensions'], ['map', 'weights']);
  wordField(own('kind'), ['rfm'] as const);
  wholeField(own('version'), 1, 1);
  const dimensions: RfmDimension[] = [];
  for (const field of listField(own('dimensions'))) dimensions.push(readDimension(field, dimensions));
  if (dimensions.length === 0 || new Set(dimensions.map(({ key }) => key)).size < dimensions.length) throw modelInvalid(own('dimensions'), 'a list of different dimensions');
  if (codeCount(dimensions.map(({ bins }) => bins)) > 1_000_000) throw modelInvalid(own('dimensions'), 'a list of at most 1,000,000 different scores');
  return freezeModel({
    kind: 'rfm',
    version: 1,
    meta: readMeta(own('meta')),
    dimensions,
    ...optionalField(own, 'map', (field) => readMap(field, dimensions)),
    ...optionalField(own, 'weights', (field) => readWeights(field, dimensions)),
  });
}

/** How each field of the customers' meta is read; the compiler holds it complete. */
const META: { readonly [K in keyof Omit<CustomersMeta, 'state'>]-?: (field: Field) => unknown } = {
  asOf: textField,
  asOfSource: (field) => wordField(field, ['given', 'last-order']),
  from: textField,
  timeZone: textField,
  resolution: (field) => wordField(field, ['day', 'hour', 'minute']),
  returns: (field) => wordField(field, ['net', 'exclude']),
  zeroOrders: (field) => wordField(field, ['keep', 'drop']),
  frequency: (field) => wordField(field, ['orders', 'days', 'rows']),
  monetary: (field) => wordField(field, ['total', 'mean']),
  currency: textField,
  source: anyTextField,
};

function readMeta(field: Field): RfmMeta {
  const own = objectField(field, ['customers'], Object.keys(META));
  const known = Object.entries(META).filter(([name]) => own(name).value !== undefined).map(([name, read]) => [name, read(own(name))]);
  return { ...(Object.fromEntries(known) as Partial<CustomersMeta>), customers: wholeField(own('customers'), 0, Number.MAX_SAFE_INTEGER) };
}

function readDimension(field: Field, before: readonly RfmDimension[]): RfmDimension {
  const own = objectField(field, ['key', 'column', 'best', 'method', 'bins', 'whole'], ['unit', 'lowest', 'highest', 'cuts', 'closed', 'levels', 'groups']);
  const method = wordField(own('method'), [...METHODS, 'cuts'] as const);
  const bins = wholeField(own('bins'), method === 'qcut-drop' ? 1 : 2, 20);
  const best = wordField(own('best'), ['high', 'low'] as const);
  const ranked = (RANK_METHODS as readonly string[]).includes(method);
  for (const name of ranked ? ['cuts', 'closed'] : ['levels', 'groups']) if (own(name).value !== undefined) throw modelInvalid(own(name), `a field of method ${method}`);
  const limits = ranked
    ? { levels: readLevels(own('levels'), bins, best), ...optionalField(own, 'groups', (f) => readGroups(f, bins, best, before)) }
    : { cuts: readCuts(own('cuts'), bins), closed: wordField(own('closed'), ['right', 'left'] as const) };
  const range = { ...optionalField(own, 'lowest', numberField), ...optionalField(own, 'highest', numberField) };
  if ((range.lowest === undefined) !== (range.highest === undefined) || range.lowest! > range.highest!) throw modelInvalid(own('highest'), 'a number at or above lowest');
  if (!isScoreKey(own('key').value)) throw modelInvalid(own('key'), 'the name of a score column');
  return { key: textField(own('key')), column: textField(own('column')), best, ...optionalField(own, 'unit', textField), method, bins, whole: flagField(own('whole')), ...range, ...limits };
}

function readCuts(field: Field, bins: number): number[] {
  const cuts = ascendingField(field);
  if (cuts.length !== bins - 1) throw modelInvalid(field, `a list of ${bins - 1} cuts`);
  return cuts;
}

function readLevels(field: Field, bins: number, best: 'high' | 'low', extra: readonly string[] = []): RfmLevels {
  const own = objectField(field, ['scores', 'lowest', 'highest', ...extra]);
  const scores = listField(own('scores')).map((f) => wholeField(f, 1, bins));
  const upwards = best === 'high' ? scores : [...scores].reverse();
  if (scores.length === 0 || upwards.some((score, i) => i > 0 && score <= upwards[i - 1]!)) throw modelInvalid(own('scores'), `a list of different scores, ascending by value`);
  const lowest = ascendingField(own('lowest'));
  const highest = ascendingField(own('highest'));
  if (lowest.length !== scores.length || highest.length !== scores.length || lowest.some((n, i) => n > highest[i]!)) throw modelInvalid(own('highest'), 'one limit at or above lowest for each score');
  return { scores, lowest, highest };
}

function readGroups(field: Field, bins: number, best: 'high' | 'low', before: readonly RfmDimension[]): RfmGroup[] {
  const counts = before.map((dimension) => dimension.bins);
  const groups = listField(field).map((group): RfmGroup => {
    const within = objectField(group, ['within', 'scores', 'lowest', 'highest'])('within');
    if (counts.length === 0 || parseCode(textField(within), counts) === undefined) throw modelInvalid(within, 'a score code of the dimensions before');
    return { within: textField(within), ...readLevels(group, bins, best, ['within']) };
  });
  if (new Set(groups.map(({ within }) => parseCode(within, counts))).size < groups.length) throw modelInvalid(field, 'a list of different groups');
  return groups;
}

function readMap(field: Field, dimensions: readonly RfmDimension[]): CodeMap | OctantMap {
  const { value } = field;
  const kind: unknown = typeof value === 'object' && value !== null && Object.hasOwn(value, 'kind') ? (value as { kind: unknown }).kind : undefined;
  if (kind === 'octants') {
    const own = objectField(field, ['kind', 'name', 'at', 'inclusive', 'cuts']);
    const cuts = listField(own('cuts')).map(numberField);
    if (cuts.length !== 3 || !['r', 'f', 'm'].every((key) => dimensions.some((dimension) => dimension.key === key))) throw modelInvalid(own('cuts'), 'one cut for each of r, f and m');
    return { kind: 'octants', name: wordField(own('name'), ['octants'] as const), at: wordField(own('at'), ['mean', 'median', 'mean-score', 'values']), inclusive: flagField(own('inclusive')), cuts: cuts as [number, number, number] };
  }
  const own = objectField(field, ['kind', 'name', 'dimensions', 'bins', 'segments']);
  wordField(own('kind'), ['codes', 'octants'] as const);
  const map: CodeMap = {
    kind: 'codes',
    name: textField(own('name')),
    dimensions: listField(own('dimensions')).map(textField),
    bins: listField(own('bins')).map((f) => wholeField(f, 2, 20)),
    segments: listField(own('segments')).map(readSegment),
  };
  if (map.dimensions.length === 0 || map.bins.length !== map.dimensions.length || new Set(map.dimensions).size < map.dimensions.length || !mapFits(map, dimensions)) throw modelInvalid(own('dimensions'), 'a list of scored dimensions, each with the bins of its scores');
  checkCoverage(own('segments'), map);
  return map;
}

function readSegment(field: Field): ModelSegment {
  const own = objectField(field, ['key', 'codes'], ['rule', 'label', 'meaning', 'action']);
  return {
    key: textField(own('key')),
    codes: listField(own('codes')).map(textField),
    ...optionalField(own, 'rule', textField),
    ...optionalField(own, 'label', readBoth),
    ...optionalField(own, 'meaning', readBoth),
    ...optionalField(own, 'action', readBoth),
  };
}

function readBoth(field: Field): BothLanguages {
  const own = objectField(field, ['en', 'zh']);
  return { en: anyTextField(own('en')), zh: anyTextField(own('zh')) };
}

function checkCoverage(field: Field, { segments, bins }: CodeMap): void {
  if (new Set(segments.map(({ key }) => key)).size < segments.length) throw modelInvalid({ ...field, value: segments.map(({ key }) => key) }, 'a list of different segments');
  const covered = new Uint8Array(codeCount(bins));
  segments.forEach((segment, s) => segment.codes.forEach((text, c) => {
    const code = parseCode(text, bins);
    if (code === undefined || covered[code]! === 1) throw modelInvalid({ ...field, path: `${field.path}[${s}].codes[${c}]`, value: text }, code === undefined ? 'a score code' : 'a code that no segment has yet');
    covered[code] = 1;
  }));
  const open = covered.indexOf(0);
  if (open !== -1) throw modelInvalid({ ...field, value: `without code ${codeText(codeScores(open, bins), bins)}` }, 'a list that covers every code');
}

function readWeights(field: Field, dimensions: readonly RfmDimension[]): number[] {
  const weights = listField(field).map(numberField);
  if (weights.length === dimensions.length && weights.every((w) => w >= 0) && Math.abs(weights.reduce((sum, w) => sum + w, 0) - 1) <= 1e-9) return weights;
  throw modelInvalid(field, 'one number of 0 or more per dimension, summing to 1');
}
