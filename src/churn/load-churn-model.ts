import { ClienteleError, valueText } from '../core/index.js';
import { freezeChurnModel, isTrustedChurn, type ChurnModel, type ChurnTerm } from './churn-model.js';

/**
 * Read a saved churn model back, every field checked.
 *
 * @param object what `fitChurn` returned, or its JSON parsed; not modified
 * @returns a frozen copy
 * @throws ClienteleError `MODEL_INVALID` naming the field that is missing or wrong
 * @example
 * const model = loadChurnModel(JSON.parse(readFileSync('churn.json', 'utf8')));
 */
export function loadChurnModel(object: unknown): ChurnModel {
  return readChurnModel('loadChurnModel', object);
}

/** One of our own models as it stands, any other object checked and copied. */
export function readChurnModel(where: string, object: unknown): ChurnModel {
  if (isTrustedChurn(object)) return object;
  const own = fields(where, '', object, ['kind', 'version', 'meta', 'intercept', 'interceptError', 'terms', 'references', 'logLikelihood', 'converged', 'quality', 'diagnostics']);
  if (own('kind') !== 'churn') throw invalid(where, 'kind', own('kind'), "'churn'");
  if (own('version') !== 1) throw invalid(where, 'version', own('version'), '1, the version this library reads');
  const references = textRecord(where, 'references', own('references'));
  const listed = own('terms');
  if (!Array.isArray(listed) || listed.length === 0) throw invalid(where, 'terms', listed, 'a list of terms');
  const terms = listed.map((term: unknown, t) => readTerm(where, `terms[${t}]`, term, references));
  const keys = terms.map((term) => JSON.stringify([term.feature, term.value]));
  if (new Set(keys).size < keys.length) throw invalid(where, 'terms', listed, 'a list of different terms');
  const meta = fields(where, 'meta', own('meta'), ['customers', 'churned', 'ridge', 'asOf', 'source']);
  if (typeof own('converged') !== 'boolean') throw invalid(where, 'converged', own('converged'), 'true or false');
  return freezeChurnModel({
    kind: 'churn', version: 1,
    meta: {
      customers: finite(where, 'meta.customers', meta('customers')), churned: finite(where, 'meta.churned', meta('churned')), ridge: finite(where, 'meta.ridge', meta('ridge')),
      ...(meta('asOf') === undefined ? {} : { asOf: textOf(where, 'meta.asOf', meta('asOf')) }), ...(meta('source') === undefined ? {} : { source: textOf(where, 'meta.source', meta('source')) }),
    },
    intercept: finite(where, 'intercept', own('intercept')), interceptError: finite(where, 'interceptError', own('interceptError')),
    terms, references, logLikelihood: finite(where, 'logLikelihood', own('logLikelihood')), converged: own('converged') as boolean,
    quality: readQuality(where, own('quality')),
    diagnostics: { warnings: readWarnings(where, own('diagnostics')) },
  });
}

function readTerm(where: string, path: string, object: unknown, references: Readonly<Record<string, string>>): ChurnTerm {
  const own = fields(where, path, object, ['feature', 'value', 'coefficient', 'standardError', 'mean', 'sd', 'separated']);
  const feature = textOf(where, `${path}.feature`, own('feature'));
  const value = own('value') === undefined ? undefined : textOf(where, `${path}.value`, own('value'));
  if ((value === undefined) === Object.hasOwn(references, feature)) throw invalid(where, `${path}.value`, own('value'), value === undefined ? 'a text: the feature has a reference' : 'absent: the feature has no reference');
  const numbers = { coefficient: own('coefficient'), standardError: own('standardError'), mean: own('mean'), sd: own('sd') };
  const checked = Object.fromEntries(Object.entries(numbers).map(([name, n]) => [name, finite(where, `${path}.${name}`, n)])) as Pick<ChurnTerm, 'coefficient' | 'standardError' | 'mean' | 'sd'>;
  if (own('separated') !== undefined && own('separated') !== true) throw invalid(where, `${path}.separated`, own('separated'), 'true, or absent');
  return { feature, ...(value === undefined ? {} : { value }), ...checked, ...(own('separated') === true ? { separated: true } : {}) };
}

function readQuality(where: string, object: unknown): ChurnModel['quality'] {
  const own = fields(where, 'quality', object, ['by', 'auc', 'brier', 'calibration']);
  const by = own('by');
  if (by !== 'cross-validated' && by !== 'training') throw invalid(where, 'quality.by', by, "'cross-validated' or 'training'");
  const listed = own('calibration');
  if (!Array.isArray(listed)) throw invalid(where, 'quality.calibration', listed, 'a list');
  const calibration = listed.map((part: unknown, k) => {
    const path = `quality.calibration[${k}]`;
    const f = fields(where, path, part, ['customers', 'predicted', 'observed']);
    return { customers: finite(where, `${path}.customers`, f('customers')), predicted: finite(where, `${path}.predicted`, f('predicted')), observed: finite(where, `${path}.observed`, f('observed')) };
  });
  return { by, auc: finite(where, 'quality.auc', own('auc')), brier: finite(where, 'quality.brier', own('brier')), calibration };
}

function readWarnings(where: string, object: unknown): { code: string; message: string }[] {
  const listed = fields(where, 'diagnostics', object, ['warnings'])('warnings');
  if (!Array.isArray(listed)) throw invalid(where, 'diagnostics.warnings', listed, 'a list');
  return listed.map((warning: unknown, k) => {
    const own = fields(where, `diagnostics.warnings[${k}]`, warning, ['code', 'message']);
    return { code: textOf(where, 'code', own('code')), message: textOf(where, 'message', own('message')) };
  });
}

function fields(where: string, path: string, object: unknown, known: readonly string[]): (name: string) => unknown {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw invalid(where, path, object, 'an object');
  const strange = Object.keys(object).find((name) => !known.includes(name));
  if (strange !== undefined) throw invalid(where, path === '' ? strange : `${path}.${strange}`, (object as Record<string, unknown>)[strange], 'a field of a churn model of version 1');
  return (name) => (Object.hasOwn(object, name) ? (object as Record<string, unknown>)[name] : undefined);
}

function textRecord(where: string, path: string, object: unknown): Record<string, string> {
  if (typeof object !== 'object' || object === null || Array.isArray(object)) throw invalid(where, path, object, 'an object');
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, textOf(where, `${path}.${name}`, value)]));
}

function finite(where: string, path: string, value: unknown): number {
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  throw invalid(where, path, value, 'a finite number');
}

function textOf(where: string, path: string, value: unknown): string {
  if (typeof value === 'string') return value;
  throw invalid(where, path, value, 'text');
}

function invalid(where: string, path: string, value: unknown, needed: string): ClienteleError {
  const shown = typeof value === 'object' && value !== null ? 'an object' : valueText(value);
  return new ClienteleError('MODEL_INVALID', { where, option: path, value: shown }, `${path === '' ? 'the model' : `field ${path} of the model`} is ${shown}, not ${needed}.`, 'Pass what fitChurn returned, or its JSON read back unchanged.');
}
