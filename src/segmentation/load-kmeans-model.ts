import { anyTextField, ascendingField, listField, modelInvalid, numberField, objectField, optionalField, textField, wholeField, wordField, type Field } from '../core/index.js';
import type { CustomersMeta } from '../transactions/index.js';
import { MOST_CLUSTERS } from './clustering.js';
import { freezeModel, isTrusted } from './freeze-model.js';
import type { ClusterName, KmeansMeta, KmeansModel } from './model.js';
import { SCALINGS, type ScaledFeature } from './scaling.js';

/**
 * Read a model back, every field checked: kind, version, scalings that are complete, centres that are finite.
 *
 * @param object what `fitKmeans` returned, or its JSON parsed. Not modified; fields it inherits count as absent.
 * @returns a frozen copy
 * @throws ClienteleError `MODEL_INVALID` with the way to the field in `place.option`: `features[0].spread`
 * @example
 * const model = loadKmeansModel(JSON.parse(readFileSync('clusters.json', 'utf8')));
 */
export function loadKmeansModel(object: unknown): KmeansModel {
  return readModel('loadKmeansModel', object);
}

/** A model as it is needed: one of our own as it stands, any other object checked and copied. */
export function readModel(where: string, object: unknown): KmeansModel {
  if (isTrusted<KmeansModel>(object, 'kmeans')) return object;
  const own = objectField({ where, path: '', value: object }, ['kind', 'version', 'meta', 'algorithm', 'features', 'centers', 'sizes', 'names']);
  wordField(own('kind'), ['kmeans'] as const);
  wholeField(own('version'), 1, 1);
  const features = listField(own('features')).map(readFeature);
  if (features.length === 0 || new Set(features.map(({ column }) => column)).size < features.length) throw modelInvalid(own('features'), 'a list of different features');
  const centers = listField(own('centers')).map((field) => {
    const center = listField(field).map(numberField);
    if (center.length !== features.length) throw modelInvalid(field, `a list of ${features.length} numbers`);
    return center;
  });
  if (centers.length < 1 || centers.length > MOST_CLUSTERS) throw modelInvalid(own('centers'), `a list of 1 to ${MOST_CLUSTERS} centres`);
  const sizes = listField(own('sizes')).map((field) => wholeField(field, 0, Number.MAX_SAFE_INTEGER));
  const names = listField(own('names')).map(readName);
  if (sizes.length !== centers.length) throw modelInvalid(own('sizes'), `a list of ${centers.length} numbers`);
  if (names.length !== centers.length || new Set(names.map(({ key }) => key)).size < names.length) throw modelInvalid(own('names'), `a list of ${centers.length} different names`);
  return freezeModel<KmeansModel>({
    kind: 'kmeans', version: 1, meta: readMeta(own('meta')),
    algorithm: wordField(own('algorithm'), ['lloyd', 'hamerly', 'hartigan-wong', 'mini-batch'] as const),
    features, centers, sizes, names,
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

export function readMeta(field: Field): KmeansMeta {
  const own = objectField(field, ['customers'], Object.keys(META));
  const known = Object.entries(META).filter(([name]) => own(name).value !== undefined).map(([name, read]) => [name, read(own(name))]);
  return { ...(Object.fromEntries(known) as Partial<CustomersMeta>), customers: wholeField(own('customers'), 0, Number.MAX_SAFE_INTEGER) };
}

export function readFeature(field: Field): ScaledFeature {
  const own = objectField(field, ['column', 'scaling'], ['center', 'spread', 'shift', 'knots', 'levels']);
  const scaling = wordField(own('scaling'), SCALINGS);
  const needed = scaling === 'none' ? [] : scaling === 'quantile' ? ['knots', 'levels'] : scaling === 'log-zscore' ? ['center', 'spread', 'shift'] : ['center', 'spread'];
  objectField(field, ['column', 'scaling', ...needed]);
  const feature: ScaledFeature = {
    column: textField(own('column')), scaling,
    ...optionalField(own, 'center', numberField), ...optionalField(own, 'spread', numberField), ...optionalField(own, 'shift', numberField),
    ...optionalField(own, 'knots', ascendingField), ...optionalField(own, 'levels', ascendingField),
  };
  if (feature.spread !== undefined && feature.spread <= 0) throw modelInvalid(own('spread'), 'a number above 0');
  if (feature.shift !== undefined && feature.shift < 0) throw modelInvalid(own('shift'), 'a number of 0 or more');
  const { knots, levels } = feature;
  if (knots !== undefined && (knots.length < 2 || knots.some((knot, i) => i > 0 && knot <= knots[i - 1]!))) throw modelInvalid(own('knots'), 'a list of two or more different numbers');
  if (levels !== undefined && (levels.length !== knots!.length || levels.some((level, i) => i > 0 && level <= levels[i - 1]!))) throw modelInvalid(own('levels'), 'a different number for each knot');
  return feature;
}

export function readName(field: Field): ClusterName {
  const own = objectField(field, ['key', 'label']);
  const label = objectField(own('label'), ['en', 'zh']);
  return { key: textField(own('key')), label: { en: anyTextField(label('en')), zh: anyTextField(label('zh')) } };
}
