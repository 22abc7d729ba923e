import { checkKeys, checkWhole, checkWord, ClienteleError, dateText, dayOfText, diagnosticsLines, optionInvalid, UNITS_PER_DAY, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { cellOf, escapeHtml, groupRows, numbersOf, orderByNumber, showableResult, table, type DateColumn, type Showable, type Table } from '../columns/index.js';
import { checkLog, type Transactions } from '../transactions/index.js';
import { judgeWarnings, SEVERITIES, STANDARD_RULES, type JudgedCustomers, type JudgedRule, type Severity, type WarningRule } from '../warnings/index.js';

export interface EvaluateWarningsOptions {
  /** last day that is known, 'YYYY-MM-DD', inclusive */
  readonly cutoff: string;
  /** whole days after it without an order that make a customer lost; the log must reach so far */
  readonly horizon: number;
  readonly rules?: readonly WarningRule[];
  /** severity that counts as an alarm, `'warn'` by default */
  readonly from?: Exclude<Severity, 'info'>;
  /** only customers whose last order lies within so many days before the cutoff: those gone for years are easily told. All by default */
  readonly activeDays?: number;
  /** days between the earlier dates at which rules are replayed for the lead time, 30 by default */
  readonly leadStepDays?: number;
  /** how many such dates, 6 by default; 0 for no lead time */
  readonly leadSteps?: number;
  /** thresholds per rule in the sweep, 50 by default */
  readonly sweepPoints?: number;
}

/** How well warnings foretell who is lost; shows itself as the table. */
export interface WarningsEvaluation {
  /**
   * One row per rule: rule, judged, lost, alarms, caught, precision, recall, falseAlarmRate, alarmsPer1000, auc, leadDays (median over
   * caught customers: from the first of the uninterrupted alarms to the day the loss is certain, cutoff + horizon),
   * moneyCaught (money at stake of caught customers), moneyCaughtShare (of all lost). Recall is of lost customers judged.
   */
  readonly table: Table;
  /** one row per rule and threshold, from few alarms to all: rule, threshold, alarms, precision, recall (true positive rate), falseAlarmRate (the ROC's other axis), alarmsPer1000 */
  readonly sweep: Table;
  readonly meta: { readonly cutoff: string; readonly horizon: number; readonly customers: number; readonly lost: number; readonly baseRate: number };
  /** of the order log, with what is to be said about the evaluation, such as `HORIZON_SHORT` */
  readonly diagnostics: Diagnostics;
  /** those of `diagnostics` that are about the evaluation */
  readonly warnings: readonly Warning[];
}

const OPTIONS = ['cutoff', 'horizon', 'rules', 'from', 'activeDays', 'leadStepDays', 'leadSteps', 'sweepPoints'] as const;

/**
 * Do the warnings foretell who is lost? Judge on what was known at a cutoff, and look at what happened after.
 *
 * Lost: no order in (cutoff, cutoff + horizon]. Choose limits by the sweep: what a missed customer costs against what a
 * needless call costs decides, not the AUC.
 *
 * @param transactions an order log that reaches to cutoff + horizon; not modified
 * @param options see {@link EvaluateWarningsOptions}
 * @throws ClienteleError `OPTION_INVALID` where the log ends before the horizon; `VALUE_INVALID`
 * @example
 * evaluateWarnings(orders, { cutoff: '2025-06-30', horizon: 120, rules: [{ rule: 'overdue' }] }).table;
 *
 * O(rows × (1 + leadSteps) + customers log customers).
 */
export function evaluateWarnings(transactions: Transactions, options: EvaluateWarningsOptions): WarningsEvaluation & Showable {
  const where = 'evaluateWarnings';
  checkKeys(where, options, OPTIONS);
  checkLog(where, transactions);
  const { cutoff, rules = STANDARD_RULES, leadStepDays = 30, leadSteps = 6, sweepPoints = 50 } = options;
  const cut = dayOfText(typeof cutoff === 'string' ? cutoff : '');
  if (cut === undefined) throw optionInvalid(where, 'cutoff', valueText(cutoff), "Give an existing day as 'YYYY-MM-DD' text.");
  const horizon = checkWhole(where, 'horizon', options.horizon, 1);
  const least = SEVERITIES.indexOf(checkWord(where, 'from', options.from ?? 'warn', ['watch', 'warn', 'critical']));
  checkWhole(where, 'leadStepDays', leadStepDays, 1);
  checkWhole(where, 'leadSteps', leadSteps, 0, 60);
  checkWhole(where, 'sweepPoints', sweepPoints, 2, 10_000);
  if (options.activeDays !== undefined) checkWhole(where, 'activeDays', options.activeDays, 1);

  const judged = judgeWarnings(transactions, { rules, asOf: cutoff });
  const stayed = boughtAfter(where, transactions, judged, cut, horizon);
  const rows = Int32Array.from(stayed.keys()).filter((c) => options.activeDays === undefined || cut - judged.last[c]! < options.activeDays);
  if (rows.length === 0) throw new ClienteleError('VALUE_INVALID', { where, option: 'activeDays' }, 'no customer is left to judge.', 'Widen activeDays, or choose another cutoff.');
  const lost = rows.filter((c) => stayed[c] === 0);
  const first = firstAlarms(transactions, rules, judged, { cut, least, leadStepDays, leadSteps });
  const measured = judged.rules.map((rule, r) => measure(rule, judged, { rows, stayed, least, lost: lost.length, certain: cut + horizon, first: first[r]! }));
  const sweeps = judged.rules.map((rule) => sweep(rule, rows, stayed, sweepPoints));
  const column = (of: (m: Measured) => number): Float64Array => Float64Array.from(measured, of);
  const said: Warning[] = [];
  if (horizon < judged.pooledGap) said.push({ code: 'HORIZON_SHORT', message: `the horizon of ${horizon} days is shorter than nine of ten gaps between orders (${judged.pooledGap.toFixed(0)} days), so many customers counted as lost are only between two orders. Give a longer horizon.` });
  return shown({
    table: table({
      rule: judged.rules.map(({ name }) => name), judged: column((m) => m.judged), lost: column((m) => m.lost), alarms: column((m) => m.alarms), caught: column((m) => m.caught), precision: column((m) => m.caught / m.alarms), recall: column((m) => m.caught / m.lost),
      falseAlarmRate: column((m) => (m.alarms - m.caught) / (m.judged - m.lost)), alarmsPer1000: column((m) => (1000 * m.alarms) / rows.length), auc: column((m) => m.auc),
      leadDays: column((m) => m.leadDays), moneyCaught: column((m) => m.money), moneyCaughtShare: column((m) => m.money / m.moneyLost),
    }),
    sweep: table({
      rule: judged.rules.flatMap(({ name }, r) => sweeps[r]!.map(() => name)),
      ...Object.fromEntries((['threshold', 'alarms', 'precision', 'recall', 'falseAlarmRate', 'alarmsPer1000'] as const).map((name) => [name, Float64Array.from(sweeps.flat(), (point) => point[name])])),
    }),
    meta: { cutoff, horizon, customers: rows.length, lost: lost.length, baseRate: lost.length / rows.length },
    diagnostics: withWarnings(transactions.diagnostics, said), warnings: said,
  });
}

function shown(result: WarningsEvaluation): WarningsEvaluation & Showable {
  const { cutoff, horizon, customers, lost, baseRate } = result.meta;
  const line = `${lost} of ${customers} customers (${(100 * baseRate).toFixed(1)} %) were lost: no order in the ${horizon} days after ${cutoff}`;
  const remarks = diagnosticsLines(result.diagnostics);
  return showableResult(result, {
    text: () => [line, '', result.table.toString(), ...remarks].join('\n'),
    html: () => `<p>${escapeHtml(line)}</p>${result.table.toHTML()}${remarks.map((remark) => `<p>${escapeHtml(remark)}</p>`).join('')}`,
  });
}

/** 1 for customers with a purchase in the horizon. */
function boughtAfter(where: string, log: Transactions, judged: JudgedCustomers, cut: number, horizon: number): Uint8Array {
  const date = log.column('date') as DateColumn;
  const perDay = UNITS_PER_DAY[date.unit ?? 'day'];
  const amount = numbersOf(where, log, 'amount');
  const { codes, count, firstRow } = groupRows(log.column('customer'));
  const bought = new Uint8Array(count);
  let last = -Infinity;
  for (let i = 0; i < codes.length; i++) {
    const day = Math.floor(date.data[i]! / perDay);
    if (day > last) last = day;
    if (day > cut && day <= cut + horizon && amount[i]! >= 0 && codes[i]! >= 0) bought[codes[i]!] = 1;
  }
  if (cut + horizon > last) throw new ClienteleError('OPTION_INVALID', { where, option: 'horizon', value: String(horizon) }, `the horizon ends on ${dateText(cut + horizon)}, the log on ${dateText(last)}.`, 'Choose an earlier cutoff or a shorter horizon, so that what happened is known to its end.');
  const customer = log.column('customer');
  const groupOf = new Map(Array.from(firstRow, (row, g) => [cellOf(customer, row), g]));
  return Uint8Array.from({ length: judged.last.length }, (_, c) => bought[groupOf.get(cellOf(judged.customer, c))!]!);
}

/** Per rule the first day of each customer's uninterrupted alarms up to the cutoff, as replayed; NaN without a replay. */
function firstAlarms(log: Transactions, rules: readonly WarningRule[], judged: JudgedCustomers, at: { cut: number; least: number; leadStepDays: number; leadSteps: number }): Float64Array[] {
  const first = judged.rules.map(({ rank, replays }) => Float64Array.from(rank, (r) => (replays && at.leadSteps > 0 && r >= at.least ? at.cut : NaN)));
  const going = judged.rules.map(({ rank }) => Uint8Array.from(rank, (r) => (r >= at.least ? 1 : 0)));
  const place = new Map(Array.from(judged.last, (_, c) => [cellOf(judged.customer, c), c]));
  const kept = rules.filter((_, r) => judged.rules[r]!.replays);
  for (let step = 1; step <= at.leadSteps && kept.length > 0; step++) {
    const day = at.cut - step * at.leadStepDays;
    const earlier = replay(log, kept, day);
    if (earlier === undefined) break;
    const seen = Int32Array.from(earlier.last, (_, c) => place.get(cellOf(earlier.customer, c)) ?? -1);
    for (const own of earlier.rules) {
      const r = judged.rules.findIndex(({ name }) => name === own.name);
      const still = new Uint8Array(going[r]!.length);
      seen.forEach((c, e) => {
        if (c === -1 || going[r]![c] === 0 || own.rank[e]! < at.least) return;
        still[c] = 1;
        first[r]![c] = day;
      });
      going[r] = still;
    }
  }
  return first;
}

function replay(log: Transactions, rules: readonly WarningRule[], day: number): JudgedCustomers | undefined {
  try {
    return judgeWarnings(log, { rules, asOf: dateText(day) });
  } catch (error) {
    if (error instanceof ClienteleError && error.code === 'VALUE_INVALID') return undefined;      // before the log began
    throw error;
  }
}

interface Measured {
  readonly judged: number;
  readonly lost: number;
  readonly alarms: number;
  readonly caught: number;
  readonly auc: number;
  readonly leadDays: number;
  readonly money: number;
  readonly moneyLost: number;
}

function measure(rule: JudgedRule, judged: JudgedCustomers, at: { rows: Int32Array; stayed: Uint8Array; least: number; lost: number; certain: number; first: Float64Array }): Measured {
  const { rows, stayed, least } = at;
  let n = 0, lost = 0, alarms = 0, caught = 0, money = 0, moneyLost = 0;
  const leads: number[] = [];
  for (const c of rows) {
    const gone = stayed[c] === 0;
    if (gone) moneyLost += judged.moneyAtStake[c]!;
    if (Number.isNaN(rule.score[c]!)) continue;
    n++;
    if (gone) lost++;
    if (rule.rank[c]! < least) continue;
    alarms++;
    if (!gone) continue;
    caught++;
    money += judged.moneyAtStake[c]!;
    if (!Number.isNaN(at.first[c]!)) leads.push(at.certain - at.first[c]!);
  }
  leads.sort((a, b) => a - b);
  const half = leads.length >> 1;
  const leadDays = leads.length === 0 ? NaN : leads.length % 2 === 1 ? leads[half]! : (leads[half - 1]! + leads[half]!) / 2;
  return { judged: n, lost, alarms, caught, auc: areaUnderRoc(rule, rows, stayed), leadDays, money, moneyLost };
}

/** Customers judged, from the most alarming score to the least. */
function byAlarm(rule: JudgedRule, rows: Int32Array): { order: Int32Array; scores: Float64Array } {
  const told = rows.filter((c) => !Number.isNaN(rule.score[c]!));
  const scores = Float64Array.from(told, (c) => rule.score[c]!);
  const order = orderByNumber(scores, rule.worse === 'high' ? 'descending' : 'ascending');
  return { order: order.map((at) => told[at]!), scores: Float64Array.from(order, (at) => scores[at]!) };
}

/** Chance that a lost customer scores worse than one who stayed, ties one half. */
function areaUnderRoc(rule: JudgedRule, rows: Int32Array, stayed: Uint8Array): number {
  const { order, scores } = byAlarm(rule, rows);
  let lost = 0, area = 0, staying = 0;
  for (let from = 0; from < order.length;) {
    let to = from, here = 0;
    while (to < order.length && scores[to] === scores[from]) here += 1 - stayed[order[to++]!]!;
    const stayers = to - from - here;
    area += stayers * (lost + here / 2);
    lost += here;
    staying += stayers;
    from = to;
  }
  return lost === 0 || staying === 0 ? NaN : area / (lost * staying);
}

type SweepPoint = Readonly<Record<'threshold' | 'alarms' | 'precision' | 'recall' | 'falseAlarmRate' | 'alarmsPer1000', number>>;

/** Thresholds at even steps of the number of alarms, never between equal scores: an alarm is a score at or beyond it. */
function sweep(rule: JudgedRule, rows: Int32Array, stayed: Uint8Array, points: number): SweepPoint[] {
  const { order, scores } = byAlarm(rule, rows);
  const n = order.length;
  const allLost = order.reduce((sum, c) => sum + 1 - stayed[c]!, 0);
  const found: SweepPoint[] = [];
  let caught = 0, next = 1;
  for (let i = 0; i < n; i++) {
    caught += 1 - stayed[order[i]!]!;
    if ((i + 1 < n && scores[i + 1] === scores[i]) || (i + 1 < (next * n) / points && i + 1 < n)) continue;
    while ((next * n) / points <= i + 1) next++;
    const alarms = i + 1;
    found.push({ threshold: scores[i]!, alarms, precision: caught / alarms, recall: caught / allLost, falseAlarmRate: (alarms - caught) / (n - allLost), alarmsPer1000: (1000 * alarms) / rows.length });
  }
  return found;
}
