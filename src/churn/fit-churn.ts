import { checkKeys, checkWhole, ClienteleError, optionInvalid, seededRandom, type Warning } from '../core/index.js';
import { asTable, type Table, type TableInput } from '../columns/index.js';
import { freezeChurnModel, type ChurnModel, type ChurnQuality } from './churn-model.js';
import { churnQuality } from './churn-quality.js';
import { designOf, type Design, type DesignColumn } from './churn-terms.js';
import { checkNumber, someRows, yesNo } from './inputs.js';
import { chanceOf, fitLogistic, type LogisticFit } from './logistic.js';
import { separatedTerms } from './separated-terms.js';

export interface FitChurnOptions {
  /** column of 0 and 1, `'churned'` by default */
  readonly churned?: string;
  /** feature columns: numbers, flags, or text of few values; all but `customer`, dates and the label when absent */
  readonly features?: readonly string[];
  /** strength of the penalty on scaled coefficients (ridge/2 × their squares), >= 0; 1 by default, 0 for plain maximum likelihood */
  readonly ridge?: number;
  /** parts of the cross-validation, 0 or 2 to 50; 5 by default. 0: quality is that of the training data, which flatters */
  readonly folds?: number;
  /** of the parts; 1 by default */
  readonly seed?: number;
  /** 100 by default */
  readonly maxIterations?: number;
}

const OPTIONS = ['churned', 'features', 'ridge', 'folds', 'seed', 'maxIterations'] as const;

/**
 * Learn from customers who left and who stayed how features tell the chance to leave: a logistic regression (流失预测).
 *
 * Features must be known before the time in which `churned` was observed; a feature that knows the future makes a
 * perfect and useless model. Standard errors come from the penalized likelihood, so they are too small where `ridge` is
 * large. Features that never change are left out, with a warning. Where `ridge` is 0 and a feature parts those who left from
 * those who stayed (a group in which nobody left is enough), no maximum exists: `converged` is false and a warning
 * (`SEPARATION`) names the feature; a ridge keeps such coefficients finite.
 *
 * @param data one row per customer; not modified
 * @param options see {@link FitChurnOptions}
 * @returns a JSON-safe model in the features' own units, with AUC and calibration
 * @throws ClienteleError `VALUE_INVALID` for missing values by row, or where nobody or everybody left; `COLUMN_MISSING`;
 *   `OPTION_INVALID`
 * @example
 * const model = fitChurn({ churned, recency, frequency, contract });
 * model.quality.auc;                                     // 0.84
 * scoreChurnOne(model, { recency: 40, frequency: 2, contract: 'monthly' }).probability;
 *
 * Source: le Cessie & van Houwelingen (1992), Applied Statistics 41. O(customers × terms² × steps × folds).
 */
export function fitChurn(data: TableInput, options: FitChurnOptions = {}): ChurnModel {
  const where = 'fitChurn';
  checkKeys(where, options, OPTIONS);
  const { churned = 'churned', folds = 5, seed = 1 } = options;
  const ridge = checkNumber(where, 'ridge', options.ridge ?? 1, 0);
  const maxIterations = checkWhole(where, 'maxIterations', options.maxIterations ?? 100, 1, 10_000);
  if (folds !== 0) checkWhole(where, 'folds', folds, 2, 50);
  const source = someRows(where, asTable(where, data));
  const left = yesNo(where, source, churned);
  const gone = left.reduce((a, b) => a + b, 0);
  if (gone === 0 || gone === left.length) throw new ClienteleError('VALUE_INVALID', { where, column: churned }, gone === 0 ? 'nobody left.' : 'everybody left.', 'Pass customers of both kinds.');
  const design = designOf(where, source, featuresOf(where, source, churned, options.features));
  if (design.columns.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'no feature differs between customers.', 'Give feature columns that vary.');

  const scaled = design.columns.map(({ data: column, mean, sd }) => column.map((x) => (x - mean) / sd));
  const all = Int32Array.from(left.keys());
  const fit = fitLogistic(scaled, left, all, ridge, maxIterations);
  const separated = separatedTerms(scaled, left, fit, ridge).map((j) => design.columns[j]!);
  const parts = Math.min(folds, gone, left.length - gone);
  const quality = parts < 2 ? churnQuality(chances(scaled, fit, all), left, 'training') : crossValidated(scaled, left, { parts, seed, ridge, maxIterations });
  const meta = 'meta' in source ? (source.meta as { asOf?: string; source?: string }) : {};
  return freezeChurnModel({
    kind: 'churn', version: 1,
    meta: { customers: left.length, churned: gone, ridge, ...(meta.asOf === undefined ? {} : { asOf: meta.asOf }), ...(meta.source === undefined ? {} : { source: meta.source }) },
    ...inOwnUnits(design, fit, separated), references: design.references, logLikelihood: fit.logLikelihood, converged: fit.converged && separated.length === 0, quality,
    diagnostics: { warnings: remarks(design, fit, separated, { gone, n: left.length, quality }) },
  });
}

function featuresOf(where: string, source: Table, churned: string, asked: readonly string[] | undefined): readonly string[] {
  if (asked === undefined) return source.names.filter((name) => name !== churned && name !== 'customer' && source.column(name).type !== 'date');
  if (!Array.isArray(asked) || asked.length === 0 || new Set(asked).size < asked.length || asked.includes(churned)) throw optionInvalid(where, 'features', JSON.stringify(asked), `Name different columns, not ${churned} itself.`);
  return asked;
}

function chances(scaled: readonly Float64Array[], { coefficients }: LogisticFit, rows: Int32Array): Float64Array {
  return Float64Array.from(rows, (row) => chanceOf(scaled.reduce((eta, column, j) => eta + coefficients[j + 1]! * column[row]!, coefficients[0]!)));
}

/** Each part of the customers judged by a fit on the others; parts hold equal shares of those who left. */
function crossValidated(scaled: readonly Float64Array[], left: Uint8Array, { parts, seed, ridge, maxIterations }: { parts: number; seed: number; ridge: number; maxIterations: number }): ChurnQuality {
  const random = seededRandom(seed);
  const part = new Int32Array(left.length);
  for (const kind of [0, 1]) {
    const rows = Int32Array.from(left.keys()).filter((i) => left[i] === kind);
    for (let i = rows.length - 1; i > 0; i--) {
      const j = random.below(i + 1);
      [rows[i], rows[j]] = [rows[j]!, rows[i]!];
    }
    rows.forEach((row, i) => (part[row] = i % parts));
  }
  const chance = new Float64Array(left.length);
  for (let p = 0; p < parts; p++) {
    const rows = Int32Array.from(left.keys());
    const fit = fitLogistic(scaled, left, rows.filter((i) => part[i] !== p), ridge, maxIterations);
    const held = rows.filter((i) => part[i] === p);
    chances(scaled, fit, held).forEach((c, k) => (chance[held[k]!] = c));
  }
  return churnQuality(chance, left, 'cross-validated');
}

function inOwnUnits({ columns }: Design, { coefficients, covariance }: LogisticFit, separated: readonly DesignColumn[]): Pick<ChurnModel, 'intercept' | 'interceptError' | 'terms'> {
  const size = columns.length + 1;
  const shift = Float64Array.from({ length: size }, (_, j) => (j === 0 ? 1 : -columns[j - 1]!.mean / columns[j - 1]!.sd));
  let intercept = 0, variance = 0;
  for (let j = 0; j < size; j++) {
    intercept += shift[j]! * coefficients[j]!;
    for (let k = 0; k < size; k++) variance += shift[j]! * shift[k]! * covariance[j * size + k]!;
  }
  const error = (v: number): number => (v >= 0 && Number.isFinite(v) ? Math.sqrt(v) : 0);
  const terms = columns.map((column, j) => {
    const { feature, value, mean, sd } = column;
    const own = { coefficient: coefficients[j + 1]! / sd, standardError: error(covariance[(j + 1) * (size + 1)]!) / sd, mean, sd };
    return { feature, ...(value === undefined ? {} : { value }), ...own, ...(separated.includes(column) ? { separated: true as const } : {}) };
  });
  return { intercept, interceptError: error(variance), terms };
}

/** Features that part customers; by their values, but for one all of whose values run away from the reference. */
function partingNames({ columns, references }: Design, separated: readonly DesignColumn[]): string {
  const whole = (feature: string): boolean => columns.every((column) => column.feature !== feature || separated.includes(column));
  return [...new Set(separated.map(({ feature, value }) => (value === undefined ? feature : whole(feature) ? `${feature} (against ${references[feature]})` : `${feature} = ${value}`)))].join(' and ');
}

function remarks(design: Design, fit: LogisticFit, separated: readonly DesignColumn[], { gone, n, quality }: { gone: number; n: number; quality: ChurnQuality }): Warning[] {
  const few = Math.min(gone, n - gone);
  const said: Warning[] = [];
  if (separated.length > 0) said.push({ code: 'SEPARATION', message: `${partingNames(design, separated)} ${separated.length === 1 ? 'parts' : 'part'} those who left from those who stayed, as a group in which nobody or everybody left does: the coefficient has no finite maximum, so its size, its standard error and its odds say nothing. Give a ridge above 0 (1 by default), or leave the feature out.` });
  else if (!fit.converged || fit.covariance.some(Number.isNaN)) said.push({ code: 'NOT_CONVERGED', message: 'fitChurn found no maximum, or features repeat one another. Give a ridge above 0, leave features out, or raise maxIterations.' });
  if (design.constant.length > 0) said.push({ code: 'FEATURE_CONSTANT', message: `${design.constant.join(', ')} never ${design.constant.length === 1 ? 'changes and is' : 'change and are'} left out of the model. Give features that vary.` });
  if (few < 10 * design.columns.length) said.push({ code: 'FEW_CHURNED', message: `there are ${few} customers of the rarer kind for ${design.columns.length} terms, fewer than ten a term, so coefficients are rough. Use fewer features or more customers.` });
  if (quality.auc > 0.98) said.push({ code: 'LEAKAGE_SUSPECTED', message: `an AUC of ${quality.auc.toFixed(3)} is too good: a feature may know the future, such as recency counted to a day after the customer left. Use features known before.` });
  return said;
}
