import { ClienteleError, valueText } from '../core/index.js';
import { isDiscrete, PARAMETERS, type BdwModel, type BgBbModel, type BgNbdModel, type CovariateNames, type GammaGammaModel, type MbgNbdModel, type Model, type ModelKind, type ParetoNbdModel, type SbgModel } from './model.js';
import { freezeModel } from './freeze-model.js';
import { checkParams, coefficientNames } from './model-from.js';

/** Read back a saved BG/NBD model, every field checked; see {@link loadLifetimeModel}. */
export function loadBgNbdModel(object: unknown): BgNbdModel {
  return loadOf('loadBgNbdModel', object, 'bg-nbd');
}
/** Read back a saved MBG/NBD model, every field checked; see {@link loadLifetimeModel}. */
export function loadMbgNbdModel(object: unknown): MbgNbdModel {
  return loadOf('loadMbgNbdModel', object, 'mbg-nbd');
}
/** Read back a saved Pareto/NBD model, every field checked; see {@link loadLifetimeModel}. */
export function loadParetoNbdModel(object: unknown): ParetoNbdModel {
  return loadOf('loadParetoNbdModel', object, 'pareto-nbd');
}
/** Read back a saved BG/BB model, every field checked; see {@link loadLifetimeModel}. */
export function loadBgBbModel(object: unknown): BgBbModel {
  return loadOf('loadBgBbModel', object, 'bg-bb');
}
/** Read back a saved Gamma-Gamma model, every field checked; see {@link loadLifetimeModel}. */
export function loadGammaGammaModel(object: unknown): GammaGammaModel {
  return loadOf('loadGammaGammaModel', object, 'gamma-gamma');
}
/** Read back a saved shifted-beta-geometric model, every field checked; see {@link loadLifetimeModel}. */
export function loadSbgModel(object: unknown): SbgModel {
  return loadOf('loadSbgModel', object, 'sbg');
}
/** Read back a saved beta-discrete-Weibull model, every field checked; see {@link loadLifetimeModel}. */
export function loadBdwModel(object: unknown): BdwModel {
  return loadOf('loadBdwModel', object, 'bdw');
}

/**
 * Read back a saved model of whatever kind it says it is.
 *
 * @param object what `JSON.parse` gave
 * @throws ClienteleError `MODEL_INVALID` naming the field that is missing or wrong
 * @example
 * const model = loadLifetimeModel(JSON.parse(saved));
 */
export function loadLifetimeModel(object: unknown): Model {
  const kind = typeof object === 'object' && object !== null && 'kind' in object ? object.kind : undefined;
  if (typeof kind === 'string' && Object.hasOwn(PARAMETERS, kind)) return loadOf('loadLifetimeModel', object, kind as ModelKind);
  throw wrong('loadLifetimeModel', 'kind', kind, `one of ${Object.keys(PARAMETERS).map((k) => `'${k}'`).join(', ')}`);
}

const KEYS = ['kind', 'version', 'meta', 'timeUnit', 'params', 'covariates', 'logLikelihood', 'standardErrors', 'covariance', 'covarianceOfLogs', 'gradient', 'iterations', 'converged', 'customers', 'penalty', 'diagnostics'];

function loadOf<K extends ModelKind>(where: string, object: unknown, kind: K): Model<K> {
  if (!isRecord(object)) throw wrong(where, 'model', object, 'the object a fit returned');
  for (const key of Object.keys(object)) if (!KEYS.includes(key)) throw wrong(where, key, object[key], 'absent; it is not a field of this version');
  if (object['kind'] !== kind) throw wrong(where, 'kind', object['kind'], `'${kind}'`);
  if (object['version'] !== 1) throw wrong(where, 'version', object['version'], '1; newer models need a newer library');
  const units = isDiscrete(kind) ? ['period'] : ['day', 'week', 'month', 'year'];
  if (!units.includes(object['timeUnit'] as string)) throw wrong(where, 'timeUnit', object['timeUnit'], units.join(', '));
  if (!isRecord(object['meta']) || typeof object['meta']['source'] !== 'string') throw wrong(where, 'meta', object['meta'], 'an object with source');
  if (!isRecord(object['params'])) throw wrong(where, 'params', object['params'], 'an object of numbers');
  const covariates = loadCovariates(where, object['covariates']);
  const params = checkParams(where, kind, object['params'], covariates);
  const names = [...PARAMETERS[kind], ...(covariates === undefined ? [] : coefficientNames(covariates))];
  for (const field of ['standardErrors', 'gradient']) checkNumbersByName(where, field, object[field], names);
  for (const field of ['covariance', 'covarianceOfLogs']) checkMatrix(where, field, object[field], names.length);
  for (const field of ['logLikelihood', 'iterations', 'customers', 'penalty']) {
    if (object[field] !== undefined && !Number.isFinite(object[field])) throw wrong(where, field, object[field], 'a finite number');
  }
  if (object['converged'] !== undefined && typeof object['converged'] !== 'boolean') throw wrong(where, 'converged', object['converged'], 'true or false');
  checkDiagnostics(where, object['diagnostics']);
  // A copy, so that freezing it leaves the caller's object alone.
  return freezeModel(JSON.parse(JSON.stringify({ ...object, params })) as Model<K>);
}

function loadCovariates(where: string, value: unknown): CovariateNames | undefined {
  if (value === undefined) return undefined;
  const names = (list: unknown): list is string[] => Array.isArray(list) && list.every((name) => typeof name === 'string');
  if (isRecord(value) && names(value['purchases']) && names(value['lifetime'])) return { purchases: value['purchases'], lifetime: value['lifetime'] };
  throw wrong(where, 'covariates', value, '{ purchases: [names], lifetime: [names] }');
}

function checkNumbersByName(where: string, field: string, value: unknown, names: readonly string[]): void {
  if (value === undefined) return;
  if (!isRecord(value)) throw wrong(where, field, value, 'an object of numbers');
  for (const name of names) if (!Number.isFinite(value[name])) throw wrong(where, `${field}.${name}`, value[name], 'a finite number');
}

function checkMatrix(where: string, field: string, value: unknown, n: number): void {
  if (value === undefined) return;
  const isRow = (row: unknown): boolean => Array.isArray(row) && row.length === n && row.every(Number.isFinite);
  if (!Array.isArray(value) || value.length !== n || !value.every(isRow)) throw wrong(where, field, value, `${n} rows of ${n} finite numbers`);
}

function checkDiagnostics(where: string, value: unknown): void {
  const counts = isRecord(value) && isRecord(value['rows']) ? value['rows'] : undefined;
  const complete = isRecord(value) && counts !== undefined && ['read', 'used', 'refused'].every((field) => Number.isFinite(counts[field])) && isRecord(counts['leftOut'])
    && Array.isArray(value['refused']) && Array.isArray(value['warnings']) && value['warnings'].every((w) => isRecord(w) && typeof w['code'] === 'string' && typeof w['message'] === 'string');
  if (!complete) throw wrong(where, 'diagnostics', value, '{ rows, refused, warnings }');
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function wrong(where: string, field: string, value: unknown, needed: string): ClienteleError {
  return new ClienteleError('MODEL_INVALID', { where, value: valueText(value) }, `field ${field} is ${valueText(value)}.`, `It should be ${needed}; was the model saved by JSON.stringify and left unchanged?`);
}
