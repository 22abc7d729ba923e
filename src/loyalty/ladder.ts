import { checkKeys, dateText, optionInvalid, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, matchRows, showableResult, table, type Column, type Showable, type Table, type TableInput } from '../columns/index.js';
import type { CustomerDays, RosterInput, Transactions } from '../transactions/index.js';
import { checkLanguage, checkNumber, checkOnce, keyColumns, numbersWithin } from './inputs.js';
import { shown } from './shown.js';
import { stagedLog, stageTable, type Staged } from './staged-log.js';
import { short, type Labels, type Language } from './words.js';

export type Rung = 'potential' | 'new' | 'regular' | 'long_standing' | 'loyal' | 'lapsed' | 'won_back';
/** The rungs, potential first; lapsed and won back stand beside the ladder. */
export const RUNGS: readonly Rung[] = ['potential', 'new', 'regular', 'long_standing', 'loyal', 'lapsed', 'won_back'];
export const RUNG_LABELS: Labels<Rung> = {
  potential: { en: 'Potential', zh: '潜在客户' }, new: { en: 'New', zh: '新客户' }, regular: { en: 'Regular', zh: '常客户' }, long_standing: { en: 'Long-standing', zh: '老客户' },
  loyal: { en: 'Loyal', zh: '忠诚客户' }, lapsed: { en: 'Lapsed', zh: '流失客户' }, won_back: { en: 'Won back', zh: '赢回客户' },
};

export type CustomerState = 'prospect' | 'new' | 'loyal' | 'churned';
const STATES: readonly CustomerState[] = ['prospect', 'new', 'loyal', 'churned'];
const STATE_LABELS: Labels<CustomerState> = { prospect: { en: 'Prospect', zh: '潜在' }, new: { en: 'New', zh: '新增' }, loyal: { en: 'Staying', zh: '留存' }, churned: { en: 'Churned', zh: '流失' } };
/** State of each rung. */
const STATE_OF = Int32Array.of(0, 1, 2, 2, 2, 3, 1);

/** Limits of the rungs, in days and orders. */
export interface LadderRules {
  /** silence of more days than that is lapsed; 365 by default, so that yearly buyers are not called lost */
  readonly lapsedDays?: number;
  /** how long someone who came back after lapsing counts as won back; 180 by default */
  readonly wonBackDays?: number;
  /** how long a first order counts as new, for the reason told; 90 by default */
  readonly newDays?: number;
  /** orders within `windowDays` that make a regular; 3 by default: once is chance, twice a trial */
  readonly regularOrders?: number;
  /** 365 by default: a whole round of seasons */
  readonly windowDays?: number;
  /** days since the first order that make a long-standing customer; 730 by default, two rounds of seasons */
  readonly longStandingDays?: number;
  /** orders within `windowDays` that make a long-standing customer loyal; 6 by default, twice a regular's */
  readonly loyalOrders?: number;
  /** or share of wallet from that on; 0.5 by default: more here than anywhere else together */
  readonly loyalWallet?: number;
  /** answer to "would you recommend us" from that on; 9 of 10 by default, a promoter's */
  readonly recommendAtLeast?: number;
}

export interface LadderOptions extends LadderRules {
  /** 'YYYY-MM-DD', inclusive; the last date of the log when absent */
  readonly asOf?: string;
  /** people known without an order: they are potential customers */
  readonly roster?: RosterInput;
  /** what is known besides orders, one row per customer: `customer`, and `shareOfWallet` (0 to 1), `recommend` (0 to 10), either or both */
  readonly attributes?: TableInput;
  /** language of labels and reasons, `'en'` by default */
  readonly labels?: Language;
}

const RULES = ['lapsedDays', 'wonBackDays', 'newDays', 'regularOrders', 'windowDays', 'longStandingDays', 'loyalOrders', 'loyalWallet', 'recommendAtLeast'] as const;
/** Options that `ladder` takes, and `stageHistory` as rules of it. */
export const LADDER_OPTIONS: readonly string[] = [...RULES, 'asOf', 'roster', 'attributes', 'labels'];
const DEFAULTS: Readonly<Record<(typeof RULES)[number], number>> = { lapsedDays: 365, wonBackDays: 180, newDays: 90, regularOrders: 3, windowDays: 365, longStandingDays: 730, loyalOrders: 6, loyalWallet: 0.5, recommendAtLeast: 9 };

export interface Ladder extends Showable {
  /** per customer: `customer`, `rung`, `label`, `state` (prospect, new, loyal, churned), `stateLabel`, `reason` */
  readonly table: Table;
  /** per rung: `rung`, `label`, `customers`, `share` */
  readonly rungs: Table;
  readonly asOf: string;
  readonly diagnostics: Diagnostics;
}

/**
 * The loyalty ladder (忠诚阶梯): potential, new, regular, long-standing, loyal; lapsed and won back. Exactly one each.
 *
 * Silence comes first: who has not bought for `lapsedDays` is lapsed, whoever they were; who came back after such a silence is
 * won back for a while. Then the highest rung that holds. Loyal is long-standing, and buys often or most of what they need,
 * and recommends where `attributes` say so (a customer without an answer then stays long-standing). Who bought and is on no
 * higher rung is new, and the reason says whether the first order is recent or not yet followed.
 *
 * @param transactions an order log; not modified
 * @throws ClienteleError `OPTION_INVALID`; `VALUE_INVALID`, by row for attributes off their scale or a customer twice; `COLUMN_MISSING`
 * @example
 * ladder(orders, { asOf: '2026-01-01' }).rungs;
 *
 * The rungs after the Chinese texts' 潜在—新—常—老—忠诚 and Christopher, Payne & Ballantyne (1991); the limits are ours.
 * O(rows).
 */
export function ladder(transactions: Transactions, options: LadderOptions = {}): Ladder {
  const where = 'ladder';
  checkKeys(where, options, LADDER_OPTIONS);
  const language = checkLanguage(where, options.labels);
  const { log, diagnostics } = stagedLog(where, transactions, options.asOf, options.roster);
  const staged = judgeLadder(where, log, options, language);
  const { codes } = staged;
  const answer = stageTable(log, staged, [...keyColumns('rung', RUNGS, codes, RUNG_LABELS, language), ...keyColumns('state', STATES, codes.map((code) => STATE_OF[code]!), STATE_LABELS, language, 'stateLabel')]);
  const customers = new Int32Array(RUNGS.length);
  for (const code of codes) customers[code]!++;
  const rungs = table({ rung: [...RUNGS], label: RUNGS.map((key) => RUNG_LABELS[key][language]), customers, share: Float64Array.from(customers, (n) => n / codes.length) });
  const asOf = dateText(log.asOf);
  const read = shown(rungs, language);
  const head = language === 'zh' ? `截至 ${asOf}，${log.count} 位客户` : `${log.count} customers as of ${asOf}`;
  return showableResult({ table: answer, rungs, asOf, diagnostics: withWarnings(diagnostics, staged.warnings) }, { text: () => `${head}\n${read.toString()}`, html: () => read.toHTML() });
}

/** The options that are rules, checked, with their defaults. */
function checkRules(where: string, rules: LadderRules): Required<LadderRules> {
  const checked = Object.fromEntries(RULES.map((name) => [name, checkNumber(where, name, rules[name] ?? DEFAULTS[name], name === 'loyalWallet' || name === 'recommendAtLeast' ? 0 : 1, name === 'loyalWallet' ? 1 : Infinity)]));
  return checked as unknown as Required<LadderRules>;
}

/** The rung of each customer of a log. */
export function judgeLadder(where: string, log: CustomerDays, options: LadderOptions, language: Language): Staged {
  const rules = checkRules(where, options);
  const known = attributesOf(where, log.ids, options.attributes);
  const codes = new Int32Array(log.count);
  const values = new Float64Array(log.count), more = new Float64Array(log.count);
  const why = new Uint8Array(log.count);
  for (let c = 0; c < log.count; c++) {
    const own = historyOf(log, c, rules);
    const tell = (rung: Rung, reason: number, value: number, second: number = 0): void => {
      codes[c] = RUNGS.indexOf(rung);
      why[c] = reason;
      values[c] = value;
      more[c] = second;
    };
    const [tenure, since] = [log.asOf - own.first, log.asOf - own.last];
    const wallet = known.wallet?.[c] ?? NaN;
    const often = own.orders >= rules.loyalOrders;
    if (own.all === 0) tell('potential', 0, 0);
    else if (since > rules.lapsedDays) tell('lapsed', 1, since);
    else if (own.away > 0 && log.asOf - own.back < rules.wonBackDays) tell('won_back', 2, own.away, log.asOf - own.back);
    else if (tenure >= rules.longStandingDays && (often || wallet >= rules.loyalWallet) && (known.recommend === undefined || known.recommend[c]! >= rules.recommendAtLeast)) {
      tell('loyal', often ? 3 : 4, tenure, often ? own.orders : wallet);
    } else if (tenure >= rules.longStandingDays) tell('long_standing', 5, tenure, own.orders);
    else if (own.orders >= rules.regularOrders) tell('regular', 6, own.orders);
    else tell('new', tenure <= rules.newDays ? 7 : 8, tenure, own.orders);
  }
  return { codes, warnings: known.warnings, reason: (c) => REASONS[language][why[c]!]!(short(values[c]!), short(more[c]!), short(rules.windowDays)) };
}

type Teller = (value: string, second: string, window: string) => string;
const REASONS: Readonly<Record<Language, readonly Teller[]>> = {
  en: [
    () => 'no order yet', (v) => `no order for ${v} days`, (v, s) => `back ${s} days ago after ${v} days away`, (v, s, w) => `customer for ${v} days, ${s} orders in the last ${w}`,
    (v, s) => `customer for ${v} days, share of wallet ${s}`, (v, s, w) => `customer for ${v} days, ${s} orders in the last ${w}`, (v, _, w) => `${v} orders in the last ${w} days`,
    (v) => `first order ${v} days ago`, (v, s, w) => `first order ${v} days ago, ${s} orders in the last ${w}: not regular yet`,
  ],
  zh: [
    () => '尚无订单', (v) => `已 ${v} 天未下单`, (v, s) => `流失 ${v} 天后于 ${s} 天前回来`, (v, s, w) => `已是客户 ${v} 天，近 ${w} 天下单 ${s} 次`,
    (v, s) => `已是客户 ${v} 天，顾客份额 ${s}`, (v, s, w) => `已是客户 ${v} 天，近 ${w} 天下单 ${s} 次`, (v, _, w) => `近 ${w} 天下单 ${v} 次`,
    (v) => `${v} 天前首次下单`, (v, s, w) => `${v} 天前首次下单，近 ${w} 天下单 ${s} 次，尚未成为常客`,
  ],
};

interface History {
  readonly all: number;
  readonly first: number;
  readonly last: number;
  /** orders within the window */
  readonly orders: number;
  /** the last silence longer than `lapsedDays`, and the day it ended; 0 where there was none */
  readonly away: number;
  readonly back: number;
}

function historyOf(log: CustomerDays, c: number, { windowDays, lapsedDays }: Required<LadderRules>): History {
  let all = 0, first = 0, last = 0, orders = 0, away = 0, back = 0;
  for (let i = log.start[c]!; i < log.end[c]!; i++) {
    if (log.orders[i] === 0) continue;
    const day = log.days[i]!;
    if (all === 0) first = day;
    else if (day - last > lapsedDays) {
      away = day - last;
      back = day;
    }
    last = day;
    all += log.orders[i]!;
    if (day > log.asOf - windowDays) orders += log.orders[i]!;
  }
  return { all, first, last, orders, away, back };
}

interface Attributes {
  readonly wallet?: Float64Array;
  readonly recommend?: Float64Array;
  readonly warnings: readonly Warning[];
}

function attributesOf(where: string, ids: Column, input: TableInput | undefined): Attributes {
  if (input === undefined) return { warnings: [] };
  const given = asTable(where, input);
  checkOnce(where, given);
  if (!given.has('shareOfWallet') && !given.has('recommend')) throw optionInvalid(where, 'attributes', given.names.join(', '), 'Give a column shareOfWallet or recommend beside customer.');
  const rows = matchRows(ids, given.column('customer'));
  const own = (name: string, most: number): Float64Array => {
    const values = numbersWithin(where, given, name, 0, most);
    return Float64Array.from(rows, (row) => (row === -1 ? NaN : values[row]!));
  };
  const unknown = given.numRows - rows.reduce((found, row) => found + (row === -1 ? 0 : 1), 0);
  const warnings = unknown === 0 ? [] : [{ code: 'ATTRIBUTES_UNKNOWN', message: `${unknown} of ${given.numRows} customers with attributes are neither in the log nor in the roster. Check their ids.` }];
  return { ...(given.has('shareOfWallet') ? { wallet: own('shareOfWallet', 1) } : {}), ...(given.has('recommend') ? { recommend: own('recommend', 10) } : {}), warnings };
}
