import { checkKeys, checkWhole, dateText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { showableResult, table, type Showable, type Table } from '../columns/index.js';
import type { CustomerDays, RosterInput, Transactions } from '../transactions/index.js';
import { checkLanguage, checkNumber, keyColumns } from './inputs.js';
import { purchaseGaps, quantile } from './purchase-gaps.js';
import { shown } from './shown.js';
import { stagedLog, stageTable, type Staged } from './staged-log.js';
import { short, type Labels, type Language } from './words.js';

export type LifecycleStage = 'prospect' | 'exploration' | 'formation' | 'stable' | 'decline';
export const LIFECYCLE_STAGES: readonly LifecycleStage[] = ['prospect', 'exploration', 'formation', 'stable', 'decline'];
export const LIFECYCLE_LABELS: Labels<LifecycleStage> = {
  prospect: { en: 'Prospect', zh: '潜在客户' }, exploration: { en: 'Exploration', zh: '考察期' }, formation: { en: 'Formation', zh: '形成期' }, stable: { en: 'Stable', zh: '稳定期' }, decline: { en: 'Decline', zh: '退化期' },
};

/** Limits of the stages. Shares are of the customer's own figures, so small and large customers are judged alike. */
export interface LifecycleRules {
  /** days of a period; by default twice the median gap of all customers, so that most buy about twice in one */
  readonly periodDays?: number;
  /** silence of more than so many own gaps is decline; 2 by default */
  readonly silentGaps?: number;
  /** gaps a customer must have for their own to count, else the 80 % gap of all stands in; 3 by default: a mean of fewer is chance */
  readonly minGaps?: number;
  /** two periods running below that share of the mean of the four before are decline; 0.7 by default */
  readonly declineShare?: number;
  /** tenure below so many gaps is exploration; 2 by default */
  readonly exploringGaps?: number;
  /** so many orders or fewer are exploration; 2 by default */
  readonly exploringOrders?: number;
  /** slope per period, as a share of the customer's mean per period, up to which money counts as level; 0.05 by default */
  readonly levelSlope?: number;
  /** most variation (standard deviation / mean) of a stable customer; 0.5 by default */
  readonly stableVariation?: number;
  /** least share of the own best period that the last one must reach to be stable; 0.7 by default */
  readonly peakShare?: number;
}

export interface LifecycleOptions extends LifecycleRules {
  /** 'YYYY-MM-DD', inclusive; the last date of the log when absent */
  readonly asOf?: string;
  /** people known without an order: they are prospects */
  readonly roster?: RosterInput;
  /** language of labels and reasons, `'en'` by default */
  readonly labels?: Language;
}

const LIMITS = { silentGaps: 2, declineShare: 0.7, exploringGaps: 2, exploringOrders: 2, levelSlope: 0.05, stableVariation: 0.5, peakShare: 0.7 } as const;
const NAMES = Object.keys(LIMITS) as readonly (keyof typeof LIMITS)[];
/** Options that `lifecycleStage` takes, and `stageHistory` as rules of it. */
export const LIFECYCLE_OPTIONS: readonly string[] = [...NAMES, 'periodDays', 'minGaps', 'asOf', 'roster', 'labels'];

export interface LifecycleStages extends Showable {
  /** per customer: `customer`, `stage`, `label`, `periods` (whole ones since the first purchase), `mean` (money per period), `slope`, `variation`, `reason` */
  readonly table: Table;
  /** per stage: `stage`, `label`, `customers`, `share` */
  readonly stages: Table;
  readonly asOf: string;
  /** what all customers were held against, in days; missing where nobody bought twice */
  readonly limits: { readonly periodDays: number; readonly medianGap: number; readonly p80Gap: number };
  readonly diagnostics: Diagnostics;
}

/**
 * Stage of the relationship (关系生命周期): exploration, formation, stable, decline; prospect without an order. Exactly one each.
 *
 * In this order: **decline**, silent for more than two own gaps, or two periods running below 0.7 of the mean of the (up to four)
 * periods before; **exploration**, known for less than two gaps, or two orders or fewer; **formation**, money grows by more than
 * 5 % of the own mean a period, and its later half is above the first; **stable**, level within 5 %, variation at most 0.5, the last
 * period at 0.7 of the best or more; none of them is formation too, with the reason `unsettled`.
 *
 * Periods are whole and counted back from asOf, so the last is never cut short; what is older than the last whole one is left
 * out. A customer with fewer than `minGaps` gaps of their own is judged by the 80 % gap of all: two orders on neighbouring days
 * make nobody a daily buyer. Where nobody bought twice no gap is known: everyone explores, with a warning.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID`
 * @example
 * lifecycleStage(orders, { asOf: '2026-01-01' }).stages;
 *
 * Stages after Chen Mingliang (2002), who builds on Dwyer, Schurr & Oh (1987); the computable limits are ours. O(rows + periods).
 */
export function lifecycleStage(transactions: Transactions, options: LifecycleOptions = {}): LifecycleStages {
  const where = 'lifecycleStage';
  checkKeys(where, options, LIFECYCLE_OPTIONS);
  const language = checkLanguage(where, options.labels);
  const { log, diagnostics } = stagedLog(where, transactions, options.asOf, options.roster);
  const staged = judgeLifecycle(where, log, options, language);
  const { codes, figures, limits } = staged;
  const number = (data: Float64Array): { type: 'number'; data: Float64Array } => ({ type: 'number', data });
  const answer = stageTable(log, staged, [
    ...keyColumns('stage', LIFECYCLE_STAGES, codes, LIFECYCLE_LABELS, language), ['periods', { type: 'integer', data: figures.periods }],
    ['mean', number(figures.mean)], ['slope', number(figures.slope)], ['variation', number(figures.variation)],
  ]);
  const customers = new Int32Array(LIFECYCLE_STAGES.length);
  for (const code of codes) customers[code]!++;
  const stages = table({ stage: [...LIFECYCLE_STAGES], label: LIFECYCLE_STAGES.map((key) => LIFECYCLE_LABELS[key][language]), customers, share: Float64Array.from(customers, (n) => n / codes.length) });
  const asOf = dateText(log.asOf);
  const read = shown(stages, language);
  return showableResult({ table: answer, stages, asOf, limits, diagnostics: withWarnings(diagnostics, staged.warnings) }, { text: () => `${HEADS[language](log.count, asOf, limits.periodDays)}\n${read.toString()}`, html: () => read.toHTML() });
}

const HEADS: Readonly<Record<Language, (customers: number, asOf: string, periodDays: number) => string>> = {
  en: (customers, asOf, days) => `${customers} customers as of ${asOf}, ${Number.isNaN(days) ? 'no usual gap known' : `periods of ${short(days)} days`}`,
  zh: (customers, asOf, days) => `截至 ${asOf}，${customers} 位客户，${Number.isNaN(days) ? '尚无平常间隔' : `每期 ${short(days)} 天`}`,
};

interface Figures {
  readonly periods: Int32Array;
  readonly mean: Float64Array;
  readonly slope: Float64Array;
  readonly variation: Float64Array;
}

/** The stage of each customer of a log. */
export function judgeLifecycle(where: string, log: CustomerDays, options: LifecycleOptions, language: Language): Staged & { figures: Figures; limits: LifecycleStages['limits'] } {
  const rules = Object.fromEntries(NAMES.map((name) => [name, checkNumber(where, name, options[name] ?? LIMITS[name], 0)])) as Record<keyof typeof LIMITS, number>;
  const minGaps = checkWhole(where, 'minGaps', options.minGaps ?? 3, 1, 1000);
  const found = purchaseGaps(log);
  const [medianGap, p80Gap] = [quantile(found.gaps, 5), quantile(found.gaps, 8)];
  const periodDays = options.periodDays === undefined ? Math.max(1, Math.round(2 * medianGap)) : checkNumber(where, 'periodDays', options.periodDays, 1);
  const figures: Figures = { periods: new Int32Array(log.count), mean: new Float64Array(log.count).fill(NaN), slope: new Float64Array(log.count).fill(NaN), variation: new Float64Array(log.count).fill(NaN) };
  const codes = new Int32Array(log.count);
  const why = new Uint8Array(log.count), values = new Float64Array(log.count), limit = new Float64Array(log.count);
  for (let c = 0; c < log.count; c++) {
    if (found.days[c] === 0) continue;                // prospect
    const gaps = found.start[c + 1]! - found.start[c]!;
    const gap = gaps >= minGaps ? (found.last[c]! - found.first[c]!) / gaps : p80Gap;
    const series = moneyByPeriod(log, c, found.first[c]!, periodDays);
    const shape = shapeOf(series);
    figures.periods[c] = series.length;
    [figures.mean[c], figures.slope[c], figures.variation[c]] = [shape.mean, shape.slope, shape.variation];
    const tell = (stage: LifecycleStage, reason: number, value: number, against: number): void => {
      codes[c] = LIFECYCLE_STAGES.indexOf(stage);
      [why[c], values[c], limit[c]] = [reason, value, against];
    };
    const [since, tenure] = [log.asOf - found.last[c]!, log.asOf - found.first[c]!];
    const fallen = fallenTo(series);
    const orders = ordersOf(log, c);
    if (since > rules.silentGaps * gap) tell('decline', 1, since, gap);
    else if (fallen < rules.declineShare) tell('decline', 2, fallen, rules.declineShare);
    else if (orders <= rules.exploringOrders) tell('exploration', 3, orders, 0);
    else if (!(tenure >= rules.exploringGaps * gap)) tell('exploration', 4, tenure, gap);
    else if (shape.slope > rules.levelSlope * shape.mean && shape.later > shape.earlier) tell('formation', 5, shape.slope / shape.mean, 0);
    else if (Math.abs(shape.slope) <= rules.levelSlope * shape.mean && shape.variation <= rules.stableVariation && series.at(-1)! >= rules.peakShare * shape.peak) tell('stable', 6, shape.slope / shape.mean, shape.variation);
    else tell('formation', 7, series.length, shape.variation);
  }
  const warnings: Warning[] = Number.isNaN(medianGap) ? [{ code: 'NO_GAPS', message: 'nobody bought on two days, so no usual gap is known and everyone explores. Give a longer log.' }] : [];
  return { codes, figures, warnings, limits: { periodDays, medianGap, p80Gap }, reason: (c) => REASONS[language][why[c]!]!(values[c]!, limit[c]!) };
}

type Teller = (value: number, limit: number) => string;
const percent = (share: number): string => `${short(100 * share)} %`;
const REASONS: Readonly<Record<Language, readonly Teller[]>> = {
  en: [
    () => 'no order yet', (v, l) => `silent for ${short(v)} days, usual gap ${short(l)}`, (v) => `the last two periods at ${percent(v)} of those before, or less`, (v) => `${short(v)} ${v === 1 ? 'order' : 'orders'} so far`,
    (v, l) => `customer for ${short(v)} days only, usual gap ${short(l)}`, (v) => `money grows by ${percent(v)} of its mean a period`, (v, l) => `money level (${percent(v)} a period), variation ${short(l)}`, (v, l) => `unsettled: neither growing nor steady over ${short(v)} periods${Number.isNaN(l) ? '' : `, variation ${short(l)}`}`,
  ],
  zh: [
    () => '尚无订单', (v, l) => `已 ${short(v)} 天未购买，平常间隔 ${short(l)} 天`, (v) => `最近两期不高于此前均值的 ${percent(v)}`, (v) => `至今仅 ${short(v)} 单`,
    (v, l) => `成为客户仅 ${short(v)} 天，平常间隔 ${short(l)} 天`, (v) => `金额每期增长均值的 ${percent(v)}`, (v, l) => `金额平稳（每期 ${percent(v)}），变异系数 ${short(l)}`, (v, l) => `未定型：${short(v)} 期内既不增长也不平稳${Number.isNaN(l) ? '' : `，变异系数 ${short(l)}`}`,
  ],
};

/** Net money of the whole periods since the first purchase, the last one ending on asOf. */
function moneyByPeriod(log: CustomerDays, c: number, first: number, periodDays: number): Float64Array {
  const count = Number.isNaN(periodDays) ? 0 : Math.floor((log.asOf - first + 1) / periodDays);
  const money = new Float64Array(count);
  for (let i = log.start[c]!; i < log.end[c]!; i++) {
    const back = Math.floor((log.asOf - log.days[i]!) / periodDays);
    if (back < count) money[count - 1 - back]! += log.money[i]!;
  }
  return money;
}

function ordersOf(log: CustomerDays, c: number): number {
  let orders = 0;
  for (let i = log.start[c]!; i < log.end[c]!; i++) orders += log.orders[i]!;
  return orders;
}

/** The larger of the last two periods over the mean of the up to four before them; Infinity where there is nothing before. */
function fallenTo(series: Float64Array): number {
  const end = series.length - 2;
  if (end < 1) return Infinity;
  const before = series.subarray(Math.max(0, end - 4), end);
  const mean = before.reduce((a, b) => a + b, 0) / before.length;
  return mean > 0 ? Math.max(series[end]!, series[end + 1]!) / mean : Infinity;
}

/** Mean, least-squares slope, coefficient of variation (n - 1), best period, and the means of both halves; missing below two periods. */
function shapeOf(series: Float64Array): { mean: number; slope: number; variation: number; peak: number; earlier: number; later: number } {
  const n = series.length;
  if (n < 2) return { mean: n === 1 ? series[0]! : NaN, slope: NaN, variation: NaN, peak: NaN, earlier: NaN, later: NaN };
  const mean = series.reduce((a, b) => a + b, 0) / n;
  let products = 0, times = 0, squares = 0, peak = -Infinity;
  for (let t = 0; t < n; t++) {
    const from = t - (n - 1) / 2;
    products += from * (series[t]! - mean);
    times += from * from;
    squares += (series[t]! - mean) ** 2;
    peak = Math.max(peak, series[t]!);
  }
  const half = Math.floor(n / 2);
  const part = (from: number, to: number): number => series.subarray(from, to).reduce((a, b) => a + b, 0) / (to - from);
  return { mean, slope: products / times, variation: mean > 0 ? Math.sqrt(squares / (n - 1)) / mean : NaN, peak, earlier: part(0, half), later: part(n - half, n) };
}
