import { checkKeys, optionInvalid, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import { compile, placeAll } from './compile.js';
import { readModel } from './load-rfm-model.js';
import { readMeasures, type Measures } from './measures.js';
import type { RfmModel, RfmResult } from './model.js';
import { SCORE_OPTIONS, type ScoreRfmOptions } from './options.js';
import { makeResult } from './result.js';

/**
 * Score customers by the limits of a model: next month's customers by this month's limits, or newcomers.
 *
 * With a model of a rank method (`rank-first`, `ntile`, `percent-rank`, `cume-dist`, `nested`) customers are placed by
 * the limits its levels had, and the column `approximate` says so: a value between two levels takes the better score, a
 * value that several levels share the lowest of theirs.
 *
 * @param model from `fitRfm` or `loadRfmModel`; any other object is checked first, at every call
 * @param customers as for `rfm`; none are needed
 * @throws ClienteleError `MODEL_INVALID`; `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * const before = rfm(summarize(orders, { asOf: '2026-01-31' }));
 * const after = scoreRfm(before.model, summarize(orders, { asOf: '2026-02-28' }));
 *
 * O(customers × bins).
 */
export function scoreRfm(model: RfmModel, customers: TableInput, options: ScoreRfmOptions = {}): RfmResult {
  checkKeys('scoreRfm', options, SCORE_OPTIONS);
  checkScoreOptions('scoreRfm', options);
  const known = readModel('scoreRfm', model);
  const compiled = compile(known);
  const measures = readMeasures('scoreRfm', customers, known.dimensions);
  const warnings = [...rulesDiffer(known, measures), ...approximateWarning(known), ...mapWarning(known)];
  return makeResult({ where: 'scoreRfm', model: known, measures, scores: placeAll(compiled, measures.values), options, warnings, approximate: compiled.approximate });
}

/** Options of the result's form. */
export function checkScoreOptions(where: string, { why, sum }: ScoreRfmOptions): void {
  if (why !== undefined && typeof why !== 'boolean') throw optionInvalid(where, 'why', why, 'Give true or false.');
  if (sum !== undefined && typeof sum !== 'boolean') throw optionInvalid(where, 'sum', sum, 'Give true or false.');
}

/** The rules of summarizing that make measures comparable; the dates may differ, that is the point. */
const RULES = ['resolution', 'returns', 'zeroOrders', 'frequency', 'monetary', 'currency', 'timeZone'] as const;

function rulesDiffer({ meta }: RfmModel, measures: Measures): Warning[] {
  if (meta.asOf === undefined || measures.meta === undefined) return [];
  const differing = RULES.filter((rule) => meta[rule] !== measures.meta![rule]).map((rule) => `${rule} ${String(meta[rule] ?? 'not given')} / ${String(measures.meta![rule] ?? 'not given')}`);
  if ((meta.from === undefined) !== (measures.meta.from === undefined)) differing.push(`from ${meta.from ?? 'not given'} / ${measures.meta.from ?? 'not given'}`);
  if (differing.length === 0) return [];
  return [{ code: 'RULES_DIFFER', message: `the model was learned from customers summarized by other rules (model / here: ${differing.join(', ')}). Summarize both in the same way, or fit a new model.` }];
}

function approximateWarning({ dimensions }: RfmModel): Warning[] {
  const ranked = dimensions.filter(({ levels }) => levels !== undefined);
  if (ranked.length === 0) return [];
  return [{ code: 'SCORES_APPROXIMATE', message: `${ranked.map(({ column, method }) => `${column} (${method})`).join(', ')}: scores by rank depend on all customers together; these are placed by the limits of the model. Use a method with cuts, such as 'quantile', for scores that can be repeated.` }];
}

function mapWarning({ map }: RfmModel): Warning[] {
  if (map !== undefined) return [];
  return [{ code: 'MAP_NOT_APPLICABLE', message: 'the model has no segment map, so segments are left empty. Fit it with a map for its scores.' }];
}
