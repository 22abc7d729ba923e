import { checkKeys, ClienteleError } from '../core/index.js';
import { asTable, escapeHtml, showableResult, table, type Showable, type Table, type TableInput, labelledGroups } from '../columns/index.js';
import { chiSquareUpper, choleskyInPlace, choleskySolve, logGamma } from '../math/index.js';
import { checkNumber, finiteNumbers, someRows, yesNo } from './inputs.js';
import { rowsByGroup, survivalSteps, type SurvivalSteps } from './survival-steps.js';

export interface LogRankOptions {
  /** column whose values are compared */
  readonly by: string;
  /** `'time'` by default */
  readonly time?: string;
  /** `'churned'` by default */
  readonly event?: string;
  /** weight S(t-)^rho of each time: 0 (default) is the log-rank test, 1 the Peto-Peto test, which looks at early losses */
  readonly rho?: number;
}

/** Do the groups' survival curves differ? Shows itself. */
export interface LogRank extends Showable {
  readonly chiSquare: number;
  readonly degrees: number;
  /** 0 where it underflows; `log10PValue` does not */
  readonly pValue: number;
  readonly log10PValue: number;
  /** one row per group: group, customers, observed and expected (weighted) events */
  readonly groups: Table;
}

/**
 * Log-rank test: are customers of some groups lost faster than those of others?
 *
 * @param data one row per customer; not modified
 * @param options `by`, `time`, `event`, `rho`
 * @throws ClienteleError `VALUE_INVALID` with fewer than two groups, or where nobody left; `COLUMN_MISSING`; `OPTION_INVALID`
 * @example
 * logRank(customers, { by: 'contract', time: 'tenure' }).pValue;
 *
 * Source: Mantel (1966); Harrington & Fleming (1982) for rho, as R survdiff. O(customers + times × groups²).
 */
export function logRank(data: TableInput, options: LogRankOptions): LogRank {
  const where = 'logRank';
  checkKeys(where, options, ['by', 'time', 'event', 'rho']);
  const rho = checkNumber(where, 'rho', options.rho ?? 0, 0, 10);
  if (typeof options.by !== 'string') throw new ClienteleError('OPTION_INVALID', { where, option: 'by' }, 'option by is missing.', "Name the column whose groups are compared: { by: 'contract' }.");
  const source = someRows(where, asTable(where, data));
  const times = finiteNumbers(where, source, options.time ?? 'time', 0);
  const events = yesNo(where, source, options.event ?? 'churned');
  const groups = labelledGroups(where, source, options.by);
  const rows = rowsByGroup(groups.codes, groups.labels.length);
  const pooled = survivalSteps(times, events, Int32Array.from(times.keys()));
  const { observed, expected, variance } = compare(pooled, rows.map((own) => survivalSteps(times, events, own)), rho);

  // A group that was never at risk when somebody left says nothing.
  const told = [...groups.labels.keys()].filter((g) => expected[g]! > 0);
  if (told.length < 2) throw new ClienteleError('VALUE_INVALID', { where }, pooled.events.every((d) => d === 0) ? 'nobody left.' : `there are fewer than two groups to compare (${groups.labels.join(', ')}).`, 'Pass customers of at least two groups, some of whom left.');
  const degrees = told.length - 1;
  const part = told.slice(0, degrees);
  const matrix = Float64Array.from(part.flatMap((g) => part.map((h) => variance[g * groups.labels.length + h]!)));
  const excess = Float64Array.from(part, (g) => observed[g]! - expected[g]!);
  const solved = excess.slice();
  if (!choleskyInPlace(matrix, degrees)) throw new ClienteleError('VALUE_INVALID', { where }, 'the groups cannot be told apart: nobody of two groups was at risk together.', 'Compare groups observed over the same times.');
  choleskySolve(matrix, degrees, solved);
  const chiSquare = excess.reduce((sum, x, k) => sum + x * solved[k]!, 0);
  const result = {
    chiSquare, degrees, pValue: chiSquareUpper(chiSquare, degrees), log10PValue: logUpper(chiSquare, degrees) / Math.LN10,
    groups: table({ group: [...groups.labels], customers: Int32Array.from(rows, (own) => own.length), observed, expected }),
  };
  const line = `chi-square ${chiSquare.toFixed(2)} on ${degrees} degrees of freedom, p ${result.pValue > 0 ? `= ${result.pValue.toPrecision(3)}` : `= 10^${result.log10PValue.toFixed(1)}`}`;
  return showableResult(result, { text: () => `${line}\n${result.groups.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${result.groups.toHTML()}` });
}

function compare(pooled: SurvivalSteps, strata: readonly SurvivalSteps[], rho: number): { observed: Float64Array; expected: Float64Array; variance: Float64Array } {
  const size = strata.length;
  const observed = new Float64Array(size), expected = new Float64Array(size), variance = new Float64Array(size * size);
  const at = new Int32Array(size), risk = new Float64Array(size);
  let survival = 1;
  for (let k = 0; k < pooled.times.length; k++) {
    const n = pooled.atRisk[k]!, d = pooled.events[k]!;
    const weight = rho === 0 ? 1 : survival ** rho;
    for (let g = 0; g < size; g++) {
      const { times, atRisk, events } = strata[g]!;
      risk[g] = at[g]! < times.length ? atRisk[at[g]!]! : 0;
      if (times[at[g]!] === pooled.times[k]) observed[g]! += weight * events[at[g]!++]!;
    }
    if (d > 0) addExpected(risk, n, d, weight, expected, variance);
    survival *= (n - d) / n;
  }
  return { observed, expected, variance };
}

/** The hypergeometric mean and covariance of one time's events. */
function addExpected(risk: Float64Array, n: number, d: number, weight: number, expected: Float64Array, variance: Float64Array): void {
  const size = risk.length;
  const spread = n === 1 ? 0 : (weight * weight * d * (n - d)) / (n - 1);
  for (let g = 0; g < size; g++) {
    expected[g]! += (weight * d * risk[g]!) / n;
    for (let h = 0; h < size; h++) variance[g * size + h]! += spread * ((g === h ? risk[g]! / n : 0) - (risk[g]! / n) * (risk[h]! / n));
  }
}

/** Natural logarithm of the chi-square law's upper tail, also where the tail itself underflows: Q(a, x) by its continued fraction. */
function logUpper(chiSquare: number, degrees: number): number {
  const direct = chiSquareUpper(chiSquare, degrees);
  if (direct > 1e-290) return Math.log(direct);
  const a = degrees / 2, x = chiSquare / 2;
  let fraction = 0;
  for (let k = 200; k >= 1; k--) fraction = (k * (k - a)) / (x + 2 * k + 1 - a - fraction);
  return a * Math.log(x) - x - logGamma(a) - Math.log(x + 1 - a - fraction);
}
