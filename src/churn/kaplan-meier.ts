import { checkKeys, checkWord, cleanDiagnostics, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, escapeHtml, showableResult, table, type Showable, type Table, type TableInput, labelledGroups } from '../columns/index.js';
import { checkLevel, checkNumber, finiteNumbers, someRows, yesNo } from './inputs.js';
import { rowsByGroup, survivalSteps } from './survival-steps.js';
import { restrictedMean, survivalCurve, timeAtShare, type SurvivalLimits } from './survival-curve.js';

export interface KaplanMeierOptions {
  /** column of times under observation, any unit, >= 0; `'time'` by default */
  readonly time?: string;
  /** column of 0 and 1: 1 where the customer left at that time, 0 where still there when last seen; `'churned'` by default */
  readonly event?: string;
  /** column whose values part the customers into strata; one stratum `'all'` when absent */
  readonly by?: string;
  /** scale of the limits, `'log'` by default as in R */
  readonly limits?: SurvivalLimits;
  /** confidence of the limits, 0.95 by default */
  readonly level?: number;
  /** shares of customers lost whose times are told beside the median: 0.1, 0.25 and 0.5 by default */
  readonly quantiles?: readonly number[];
  /** end of the restricted mean; the largest time over all strata by default */
  readonly restrictedTo?: number;
}

/** Survival by time; shows itself as its summary. */
export interface KaplanMeier extends Showable {
  /** one row per stratum and time: stratum, time, atRisk, events, censored, survival, standardError, low, high, cumulativeHazard */
  readonly curve: Table;
  /** one row per stratum: stratum, customers, events, median, medianLow, medianHigh, restrictedMean, restrictedMeanError, restrictedTo, then one column per quantile (`lost10`, `lost25`, …); missing where the curve does not get there */
  readonly summary: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * How long customers stay, when many are still there: the Kaplan-Meier survival curve (生存曲线).
 *
 * Customers still there count until they were last seen. A customer with time 0 who left counts at time 0; one with time
 * 0 who is still there changes nothing but the first number at risk.
 *
 * @param data one row per customer; not modified
 * @param options columns, strata, kind and confidence of limits
 * @returns curve and summary tables
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` naming the row of a time or event that is none; `OPTION_INVALID`
 * @example
 * kaplanMeier({ time: [1, 2, 2, 3], churned: [1, 1, 0, 0] }).curve.toColumns().survival;   // [0.75, 0.5, 0.5]
 *
 * Source: Kaplan & Meier (1958); Greenwood (1926); limits and medians as R survival 3.5. O(customers).
 */
export function kaplanMeier(data: TableInput, options: KaplanMeierOptions = {}): KaplanMeier {
  const where = 'kaplanMeier';
  checkKeys(where, options, ['time', 'event', 'by', 'limits', 'level', 'quantiles', 'restrictedTo']);
  const limits = checkWord(where, 'limits', options.limits ?? 'log', ['log', 'log-log', 'plain']);
  const level = checkLevel(where, options.level ?? 0.95);
  const quantiles = options.quantiles ?? [0.1, 0.25, 0.5];
  if (!Array.isArray(quantiles) || quantiles.some((q: unknown) => !(typeof q === 'number' && q > 0 && q < 1))) throw optionInvalid(where, 'quantiles', quantiles, 'Give shares of customers lost, between 0 and 1.');
  const source = someRows(where, asTable(where, data));
  const times = finiteNumbers(where, source, options.time ?? 'time', 0);
  const events = yesNo(where, source, options.event ?? 'churned');
  const groups = labelledGroups(where, source, options.by);
  const longest = times.reduce((most, t) => Math.max(most, t), 0);
  const to = options.restrictedTo === undefined ? longest : checkNumber(where, 'restrictedTo', options.restrictedTo, 0);

  const strata = rowsByGroup(groups.codes, groups.labels.length).map((rows) => {
    const steps = survivalSteps(times, events, rows);
    return { steps, curve: survivalCurve(steps, limits, level) };
  });
  const curve = curveTable(groups.labels, strata);
  const summary = summaryTable(groups.labels, strata, quantiles as readonly number[], to);
  const result = { curve, summary, diagnostics: withWarnings(cleanDiagnostics(source.numRows), remarks(groups.labels, strata, to)) };
  const said = result.diagnostics.warnings.map((w) => `${w.code}: ${w.message}`);
  return showableResult(result, {
    text: () => [summary.toString(), ...said].join('\n'),
    html: () => `${summary.toHTML()}${said.map((line) => `<p>${escapeHtml(line)}</p>`).join('')}`,
  });
}

type Strata = readonly { readonly steps: ReturnType<typeof survivalSteps>; readonly curve: ReturnType<typeof survivalCurve> }[];

function curveTable(labels: readonly string[], strata: Strata): Table {
  const numbers = (of: (stratum: Strata[number]) => Float64Array): Float64Array => Float64Array.from(strata.flatMap((stratum) => [...of(stratum)]));
  const counts = (of: (stratum: Strata[number]) => Int32Array): Int32Array => Int32Array.from(strata.flatMap((stratum) => [...of(stratum)]));
  return table({
    stratum: { type: 'category', values: labels, data: Int32Array.from(strata.flatMap(({ steps }, g) => Array.from(steps.times, () => g))) },
    time: numbers(({ steps }) => steps.times), atRisk: counts(({ steps }) => steps.atRisk), events: counts(({ steps }) => steps.events), censored: counts(({ steps }) => steps.censored),
    survival: numbers(({ curve }) => curve.survival), standardError: numbers(({ curve }) => curve.standardError),
    low: numbers(({ curve }) => curve.low), high: numbers(({ curve }) => curve.high), cumulativeHazard: numbers(({ curve }) => curve.cumulativeHazard),
  });
}

function summaryTable(labels: readonly string[], strata: Strata, quantiles: readonly number[], to: number): Table {
  const column = (of: (stratum: Strata[number]) => number): Float64Array => Float64Array.from(strata, of);
  const means = strata.map(({ steps, curve }) => restrictedMean(steps, curve.survival, to));
  return table({
    stratum: [...labels],
    customers: Int32Array.from(strata, ({ steps }) => steps.atRisk[0]!), events: Int32Array.from(strata, ({ steps }) => steps.events.reduce((a, b) => a + b, 0)),
    median: column(({ steps, curve }) => timeAtShare(steps.times, curve.survival, 0.5)),
    medianLow: column(({ steps, curve }) => timeAtShare(steps.times, curve.low, 0.5)), medianHigh: column(({ steps, curve }) => timeAtShare(steps.times, curve.high, 0.5)),
    restrictedMean: Float64Array.from(means, ({ mean }) => mean), restrictedMeanError: Float64Array.from(means, ({ standardError }) => standardError), restrictedTo: Float64Array.from(strata, () => to),
    ...Object.fromEntries(quantiles.map((q) => [`lost${Number((100 * q).toPrecision(6))}`, column(({ steps, curve }) => timeAtShare(steps.times, curve.survival, 1 - q))])),
  });
}

function remarks(labels: readonly string[], strata: Strata, to: number): Warning[] {
  const nobody = labels.filter((_, g) => strata[g]!.steps.events.every((d) => d === 0));
  const beyond = labels.filter((_, g) => strata[g]!.steps.times.at(-1)! < to && strata[g]!.curve.survival.at(-1)! > 0);
  return [
    ...(nobody.length === 0 ? [] : [{ code: 'NO_EVENTS', message: `nobody left in ${nobody.join(', ')}, so survival stays 1 there. Observe for longer, or look at another group.` }]),
    ...(beyond.length === 0 ? [] : [{ code: 'MEAN_EXTENDED', message: `${beyond.join(', ')} ${beyond.length === 1 ? 'was' : 'were'} observed for less than ${to}; the restricted mean holds the last survival to there. Give restrictedTo within the shortest observation.` }]),
  ];
}
