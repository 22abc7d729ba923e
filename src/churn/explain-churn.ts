import { checkKeys, checkWord } from '../core/index.js';
import { table, type Table } from '../columns/index.js';
import { normalCdf, normalQuantile } from '../math/index.js';
import type { ChurnModel, ChurnTerm } from './churn-model.js';
import { checkLevel } from './inputs.js';
import { readChurnModel } from './load-churn-model.js';

export interface ExplainChurnOptions {
  /** language of the words, `'en'` by default */
  readonly labels?: 'en' | 'zh';
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
}

/**
 * What a churn model says, in odds and words, the strongest first.
 *
 * An odds ratio of 2 doubles the odds of leaving: a chance of 10 % becomes 18 %. `perSd` compares features of different
 * units: the ratio for one standard deviation. Of a term that parts those who left from those who stayed (`SEPARATION`) no
 * odds can be told: its numbers are missing, its words say so, and it comes first.
 *
 * @param model from {@link fitChurn}
 * @returns feature, value, oddsRatio (per unit), low, high, perSd, pValue, words; one row per term
 * @throws ClienteleError `MODEL_INVALID`, `OPTION_INVALID`
 * @example
 * explainChurn(model).row(0).words;   // 'contract = monthly: odds of leaving 3.4 times those of two-year (2.9 to 4.1)'
 */
export function explainChurn(model: ChurnModel, options: ExplainChurnOptions = {}): Table {
  const where = 'explainChurn';
  checkKeys(where, options, ['labels', 'level']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const z = normalQuantile((1 + checkLevel(where, options.level ?? 0.95)) / 2);
  const { terms, references } = readChurnModel(where, model);
  const strength = (term: ChurnTerm): number => (term.separated === true ? Infinity : Math.abs(term.coefficient * term.sd));
  const ranked = [...terms].sort((a, b) => (strength(a) === strength(b) ? 0 : strength(b) - strength(a)));
  const known = (term: ChurnTerm, value: number): number => (term.separated === true ? NaN : value);
  const ends = (term: ChurnTerm, side: number): number => known(term, Math.exp(term.coefficient + side * z * term.standardError));
  return table({
    feature: ranked.map((t) => t.feature), value: ranked.map((t) => t.value ?? null),
    oddsRatio: ranked.map((t) => known(t, Math.exp(t.coefficient))), low: ranked.map((t) => ends(t, -1)), high: ranked.map((t) => ends(t, 1)),
    perSd: ranked.map((t) => known(t, Math.exp(t.coefficient * t.sd))), pValue: ranked.map((t) => (t.standardError > 0 ? known(t, 2 * normalCdf(-Math.abs(t.coefficient / t.standardError))) : NaN)),
    words: ranked.map((t) => words(t, references[t.feature], labels, [ends(t, -1), ends(t, 1)])),
  });
}

function words(term: ChurnTerm, reference: string | undefined, labels: 'en' | 'zh', [low, high]: readonly [number, number]): string {
  const what = term.value === undefined ? term.feature : `${term.feature} = ${term.value}`;
  if (term.separated === true) return labels === 'zh' ? `${what} 把已流失与未流失的客户完全分开：几率无法估计` : `${what} parts those who left from those who stayed: its odds cannot be told`;
  const [ratio, from, to] = [Math.exp(term.coefficient), low, high].map((n) => Number(n.toPrecision(3)));
  if (labels === 'zh') return term.value === undefined ? `${term.feature} 每增加 1，流失几率变为 ${ratio} 倍（${from} 至 ${to}）` : `${what}：流失几率为 ${reference} 的 ${ratio} 倍（${from} 至 ${to}）`;
  return term.value === undefined ? `one more of ${term.feature}: odds of leaving times ${ratio} (${from} to ${to})` : `${what}: odds of leaving ${ratio} times those of ${reference} (${from} to ${to})`;
}
