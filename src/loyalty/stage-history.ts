import { checkKeys, checkWord, dateText, optionInvalid, withWarnings, type Diagnostics } from '../core/index.js';
import { dayOption, showableResult, table, type Showable, type Table } from '../columns/index.js';
import { PERIODS, periodOf, type Period, type Transactions } from '../transactions/index.js';
import { checkLanguage } from './inputs.js';
import { judgeLadder, LADDER_OPTIONS, RUNG_LABELS, RUNGS, type LadderOptions } from './ladder.js';
import { judgeLifecycle, LIFECYCLE_LABELS, LIFECYCLE_OPTIONS, LIFECYCLE_STAGES, type LifecycleOptions } from './lifecycle-stage.js';
import { logOn, stagedLog, type Staged, type StagedLog } from './staged-log.js';

export interface StageHistoryOptions {
  /** `'ladder'` or `'lifecycle'` (default) */
  readonly of?: 'ladder' | 'lifecycle';
  /** days at which stages are told, ascending; the last days of every `every` when absent */
  readonly dates?: readonly string[];
  /** `'month'` by default, from the first whole one with a purchase to asOf */
  readonly every?: Period;
  /** limits of the stages, as `ladder` and `lifecycleStage` take them; also `roster`, `attributes`, `labels` and `asOf` */
  readonly rules?: LadderOptions | LifecycleOptions;
}

export interface StageHistory extends Showable {
  /** per date and stage: `date`, `stage`, `label`, `customers`, `share` */
  readonly distribution: Table;
  /**
   * moves between neighbouring dates: `from` and `to` date, `fromStage`, `toStage` (missing for those not there yet),
   * `customers`, `share` (of the customers of the earlier date's stage), `change` (`up`, `down`, `same`, `entered`)
   */
  readonly transitions: Table;
  readonly dates: readonly string[];
  readonly diagnostics: Diagnostics;
}

/** From worst to best, to tell up from down. */
const RANKS: Readonly<Record<string, number>> = { lapsed: 0, potential: 1, new: 2, won_back: 3, regular: 4, long_standing: 5, loyal: 6, decline: 0, prospect: 1, exploration: 2, formation: 3, stable: 4 };
const MOST_DATES = 400;

/**
 * How many customers stood on which stage when, and who moved (阶段分布与迁移).
 *
 * Each date is judged with the orders known on it. Someone without a purchase by then is not there yet, unless the roster
 * names them. The roster and `attributes` carry no dates, so they stand for every day alike, as they are known today.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID`
 * @example
 * const history = stageHistory(orders, { of: 'ladder', every: 'quarter' });
 * charts.stageFlow(history);
 *
 * The log is gathered once. O(rows + dates × customers).
 */
export function stageHistory(transactions: Transactions, options: StageHistoryOptions = {}): StageHistory {
  const where = 'stageHistory';
  checkKeys(where, options, ['of', 'dates', 'every', 'rules']);
  const of = checkWord(where, 'of', options.of ?? 'lifecycle', ['ladder', 'lifecycle']);
  const { rules = {} } = options;
  if (typeof rules !== 'object' || rules === null || Array.isArray(rules)) throw optionInvalid(where, 'rules', rules, 'Give an object with limits of the stages.');
  checkKeys(where, rules, of === 'ladder' ? LADDER_OPTIONS : LIFECYCLE_OPTIONS);
  const language = checkLanguage(where, rules.labels);
  const staged = stagedLog(where, transactions, rules.asOf, rules.roster);
  const dates = datesOf(where, staged, options);
  const keys: readonly string[] = of === 'ladder' ? RUNGS : LIFECYCLE_STAGES;
  const labels: Readonly<Record<string, Readonly<Record<'en' | 'zh', string>>>> = of === 'ladder' ? RUNG_LABELS : LIFECYCLE_LABELS;
  let { diagnostics } = staged;
  const told = dates.map((date) => {
    const log = logOn(staged.log, date);
    const judged: Staged = of === 'ladder' ? judgeLadder(where, log, rules as LadderOptions, language) : judgeLifecycle(where, log, rules as LifecycleOptions, language);
    diagnostics = withWarnings(staged.diagnostics, judged.warnings);       // those of the last date: an early one may well know no gap
    // Without a purchase there is nobody to see, but for those the roster names.
    return judged.codes.map((code, c) => (code === 0 && staged.named[c] === 0 ? -1 : code));
  });
  const counts = told.map((codes) => countsOf(codes, keys.length));
  const cells = dates.flatMap((date, d) => keys.map((key, k) => ({ date: dateText(date), key, customers: counts[d]![k]!, all: counts[d]!.reduce((a, b) => a + b, 0) })));
  const distribution = table({
    date: { type: 'date', data: Int32Array.from(dates.flatMap((date) => keys.map(() => date))) }, stage: cells.map(({ key }) => key), label: cells.map(({ key }) => labels[key]![language]),
    customers: Int32Array.from(cells, ({ customers }) => customers), share: Float64Array.from(cells, ({ customers, all }) => (all === 0 ? NaN : customers / all)),
  });
  const result = { distribution, transitions: transitionsOf(dates, told, counts, keys), dates: dates.map((date) => dateText(date)), diagnostics };
  return showableResult(result, { text: () => distribution.toString(), html: () => distribution.toHTML() });
}

function countsOf(codes: Int32Array, keys: number): Int32Array {
  const counts = new Int32Array(keys);
  for (const code of codes) if (code !== -1) counts[code]!++;
  return counts;
}

function transitionsOf(dates: readonly number[], told: readonly Int32Array[], counts: readonly Int32Array[], keys: readonly string[]): Table {
  const n = keys.length;
  const moves: { d: number; from: number; to: number; customers: number }[] = [];
  for (let d = 1; d < dates.length; d++) {
    const pairs = new Int32Array((n + 1) * n);
    for (let c = 0; c < told[d]!.length; c++) if (told[d]![c] !== -1) pairs[(told[d - 1]![c]! + 1) * n + told[d]![c]!]!++;
    pairs.forEach((customers, pair) => {
      if (customers > 0) moves.push({ d, from: Math.floor(pair / n) - 1, to: pair % n, customers });
    });
  }
  const day = (of: (move: (typeof moves)[number]) => number): { type: 'date'; data: Int32Array } => ({ type: 'date', data: Int32Array.from(moves, of) });
  const stage = (of: (move: (typeof moves)[number]) => number): { type: 'category'; data: Int32Array; values: readonly string[] } => ({ type: 'category', data: Int32Array.from(moves, of), values: keys });
  return table({
    from: day(({ d }) => dates[d - 1]!), to: day(({ d }) => dates[d]!), fromStage: stage(({ from }) => from), toStage: stage(({ to }) => to), customers: Int32Array.from(moves, ({ customers }) => customers),
    share: Float64Array.from(moves, ({ d, from, customers }) => (from === -1 ? NaN : customers / counts[d - 1]![from]!)),
    change: moves.map(({ from, to }) => (from === -1 ? 'entered' : from === to ? 'same' : RANKS[keys[to]!]! > RANKS[keys[from]!]! ? 'up' : 'down')),
  });
}

function datesOf(where: string, { log }: StagedLog, { dates, every }: StageHistoryOptions): number[] {
  if (dates !== undefined) {
    if (every !== undefined) throw optionInvalid(where, 'every', every, 'Give dates, or every.');
    if (!Array.isArray(dates) || dates.length === 0 || dates.length > MOST_DATES) throw optionInvalid(where, 'dates', dates, `Give 1 to ${MOST_DATES} days.`);
    const days = (dates as readonly string[]).map((date) => dayOption(where, 'dates', date));
    if (days.some((day, i) => i > 0 && day <= days[i - 1]!)) throw optionInvalid(where, 'dates', dates.join(', '), 'Give days in ascending order, each once.');
    if (days.at(-1)! > log.asOf) throw optionInvalid(where, 'dates', dates.at(-1), `It is after ${dateText(log.asOf)}, where the log ends.`);
    return days;
  }
  const period = checkWord(where, 'every', every ?? 'month', PERIODS);
  let first = Infinity;
  for (let c = 0; c < log.count; c++) if (log.end[c]! > log.start[c]!) first = Math.min(first, log.days[log.start[c]!]!);
  const found: number[] = [];
  for (let day = first; day <= log.asOf; day++) if (periodOf(day, period) !== periodOf(day + 1, period)) found.push(day);
  if (found.length === 0) found.push(log.asOf);
  if (found.length > MOST_DATES) throw optionInvalid(where, 'every', period, `There are ${found.length} of them, more than ${MOST_DATES}: choose a longer period, or give dates.`);
  return found;
}
