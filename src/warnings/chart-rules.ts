import { checkWord } from '../core/index.js';
import { moneyOf, wholeCents } from '../transactions/index.js';
import { baseOf, ewmaWidth, LEAST_BASE } from './control-series.js';
import { runBelow } from './control-chart.js';
import type { CustomerLog } from './customer-log.js';
import type { Judge, MakeJudge, Verdict } from './judge.js';
import { checkRule, entriesOf, levelsOf, ruleNumber } from './rule-options.js';
import type { CusumRule, EwmaRule, ShewhartRule } from './rules.js';

const CHARTED = ['measure', 'periodDays', 'basePeriods'];
const MOST_PERIODS = 240;

/** Reads one customer's series of whole periods, oldest first; undefined where it is too short or never varies. */
interface SeriesReader {
  (c: number): { readonly values: Float64Array; readonly mean: number; readonly sd: number } | undefined;
}

function seriesReader(where: string, rule: EwmaRule | CusumRule | ShewhartRule, log: CustomerLog): SeriesReader {
  const measure = checkWord(where, `${rule.rule}.measure`, rule.measure ?? 'orders', ['orders', 'money']);
  const period = ruleNumber(where, rule, 'periodDays', rule.periodDays, 30, 1);
  const base = Math.floor(ruleNumber(where, rule, 'basePeriods', rule.basePeriods, 12, LEAST_BASE));
  const entries = entriesOf(where, rule, log);
  const buffer = new Float64Array(MOST_PERIODS);
  const rest = new Float64Array(MOST_PERIODS);
  return (c) => {
    const count = Math.min(MOST_PERIODS, Math.floor((log.asOf - log.first[c]!) / period));
    if (count <= base) return undefined;
    const values = buffer.subarray(0, count).fill(0);
    rest.fill(0, 0, count);
    for (let i = entries.end[c]! - 1; i >= entries.start[c]!; i--) {
      const back = Math.floor((log.asOf - entries.days[i]!) / period);
      if (back >= count) break;
      const at = count - 1 - back;
      if (measure === 'orders') {
        values[at]! += entries.bought[i]!;
        continue;
      }
      // Exactly, in cents: equal periods must be equal, or rounding passes for a spread.
      const cents = wholeCents(entries.money[i]!);
      if (cents === cents) values[at]! += cents;
      else rest[at]! += entries.money[i]!;
    }
    if (measure === 'money') for (let t = 0; t < count; t++) values[t] = moneyOf(values[t]!, rest[t]!);
    const { mean, sd } = baseOf(values, base);
    return sd > 0 ? { values, mean, sd } : undefined;
  };
}

function charted(where: string, rule: EwmaRule | CusumRule | ShewhartRule, read: SeriesReader, standard: number, rest: Pick<Judge, 'unit'>, fill: (series: NonNullable<ReturnType<SeriesReader>>, verdict: Verdict) => void): Judge {
  const limits = rule.rule === 'shewhart' ? ([2, 3, 4] as const) : ([(2 / 3) * standard, standard, 1.5 * standard] as const);
  return {
    kind: rule.rule, name: rule.name ?? rule.rule, worse: 'high', levels: levelsOf(where, rule, limits, 'high'), ...rest, replays: true,
    judge(c, verdict) {
      const series = read(c);
      if (series === undefined) return;
      verdict.base = series.mean;
      verdict.extra = series.values.length;
      fill(series, verdict);
    },
  };
}

/** The customer's own smoothed series; see {@link EwmaRule}. */
export const makeEwma: MakeJudge<EwmaRule> = (where, rule, log) => {
  checkRule(where, rule, [...CHARTED, 'lambda', 'limitSd']);
  const lambda = ruleNumber(where, rule, 'lambda', rule.lambda, 0.2, 1e-6, 1);
  return charted(where, rule, seriesReader(where, rule, log), ruleNumber(where, rule, 'limitSd', rule.limitSd, 3, 1e-6), { unit: 'standard errors below the mean' }, ({ values, mean, sd }, verdict) => {
    let z = mean;
    for (let t = 0; t < values.length; t++) z = lambda * values[t]! + (1 - lambda) * z;
    const width = sd * ewmaWidth(lambda, values.length - 1);
    verdict.value = z;
    verdict.limitA = mean;
    verdict.limitB = -width;
    verdict.score = (mean - z) / width;
  });
};

/** The customer's cumulated shortfall; see {@link CusumRule}. */
export const makeCusum: MakeJudge<CusumRule> = (where, rule, log) => {
  checkRule(where, rule, [...CHARTED, 'slack', 'decision']);
  const slack = ruleNumber(where, rule, 'slack', rule.slack, 0.5, 0);
  return charted(where, rule, seriesReader(where, rule, log), ruleNumber(where, rule, 'decision', rule.decision, 5, 1e-6), { unit: 'standard deviations summed' }, ({ values, mean, sd }, verdict) => {
    let down = 0;
    for (let t = 0; t < values.length; t++) down = Math.max(0, down + (mean - values[t]!) / sd - slack);
    verdict.value = verdict.score = down;
  });
};

/** The customer's last period, and runs up to it; see {@link ShewhartRule}. */
export const makeShewhart: MakeJudge<ShewhartRule> = (where, rule, log) => {
  checkRule(where, rule, [...CHARTED, 'runRules']);
  const { runRules = true } = rule;
  return charted(where, rule, seriesReader(where, rule, log), 3, { unit: 'standard deviations below the mean' }, ({ values, mean, sd }, verdict) => {
    const last = values[values.length - 1]!;
    verdict.value = last;
    verdict.limitA = mean;
    verdict.limitB = -sd;
    verdict.score = (mean - last) / sd;
    if (runRules && runBelow(values.map((x) => (x - mean) / sd), values.length - 1)) verdict.atLeast = 2;
  });
};
