import { checkKeys, dateText, UNITS_PER_DAY, withWarnings, cleanDiagnostics, type DateUnit, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, dayOption, escapeHtml, showableResult, Table, table, takeColumn, type Column, type DateColumn, type Showable, type TableInput } from '../columns/index.js';
import { checkLanguage } from './inputs.js';
import { DECLINES, foldMovements, type Folded, type Growing } from './points-fold.js';
import { FAR, readMovements, type Movements } from './points-movements.js';
import { checkPointsRules, type CheckedRules, type PointsRules } from './points-rules.js';
import { addMonths } from './points-tier.js';
import type { Language, Words } from './words.js';

export interface PointsLedgerOptions {
  /** 'YYYY-MM-DD', inclusive; the last movement when absent. Points that end by then have ended */
  readonly asOf?: string;
  /** language of labels and reasons, `'en'` by default */
  readonly labels?: Language;
}

/** Every member's balance, and how it came about; shows itself as its totals. */
export interface PointsLedger extends Showable {
  /**
   * Per member with a movement by asOf: `member`, `balance`, `debt`, `earned`, `reversed`, `redeemed`, `expired` (points; balance - debt = earned -
   * reversed - redeemed - expired), `spent` (net of refunds), `tier`, `tierLabel`, `discount` (by balance), `club` and
   * `clubSince`, `frozen`, `nextExpiry` and `nextExpiryPoints`, `firstEarn`, `firstRedeem` (not wholly returned), `lastActive`
   */
  readonly table: Table;
  /** points that can still be spent: `member`, `earned` (date), `expires` (missing: never), `points` */
  readonly awards: Table;
  /** changes of tier: `member`, `date`, `from`, `to`, `direction` (`up`, `down`) */
  readonly tierMoves: Table;
  /** redemptions not granted: `row`, `id`, `member`, `points`, `reason`, `label` */
  readonly declined: Table;
  /** by month of the award: `month`, `issued`, `reversed`, `redeemed`, `expired`, `outstanding` */
  readonly cohorts: Table;
  readonly totals: { readonly balance: number; readonly debt: number; readonly earned: number; readonly reversed: number; readonly redeemed: number; readonly expired: number };
  readonly meta: { readonly asOf: string; readonly asOfSource: 'given' | 'last-movement'; readonly members: number; readonly tiers: readonly string[] };
  readonly diagnostics: Diagnostics;
}

/** Words for a redemption that was not granted. */
const DECLINE_LABELS: readonly Words[] = [
  { en: 'below the smallest redemption', zh: '低于最低兑换额' }, { en: 'above the largest redemption', zh: '超过最高兑换额' }, { en: 'more than the balance', zh: '余额不足' },
];

/**
 * Points of a loyalty programme (积分): a ledger of movements folded into balances, by rules that are data.
 *
 * Movements: `id`, `member`, `at`, `kind` (`earn`, `reverse`, `redeem`, `late`, `paid`, `join`), `amount` (money), `points`,
 * `order`, `expires`. An order earns by its money, or the points it names; a refund takes back what the order earned, in
 * proportion, and what was already spent becomes **debt**, settled by later earnings; points redeemed for the order come back.
 * Refunds take from the order's own points, then leave out what had ended, then from the member's others. Redemptions use
 * what ends first. Those below the minimum, above the maximum or the balance are not granted, and listed.
 *
 * The same movement twice (one id, or one order) counts once; two different ones under one id or order are refused, as are
 * refunds of an order nobody placed, of more than it cost, or before it. Movements of one instant apply in the order earn,
 * reverse, expire, redeem, then id, so the rows may come in any order. Joining and a payment that ends a freeze come before
 * them; a late payment after points expire. Tenure counts from `join`, else from the first movement. An award of day d
 * that lasts n days can be spent until d + n - 1. `expires` of a movement is the day its points are gone; it stands before
 * the rule of `expiry` per award, and beside the one of inactivity, where the earlier of both ends them.
 *
 * As of a past day the answer is that of the movements up to it alone: who had none is not a member yet, and is counted.
 * Points are of `earn` and `redeem`, money of `earn` and `reverse`; elsewhere they are refused, since nothing would heed them.
 *
 * @param movements one row each; `at` is a date column (days, hours or minutes); not modified
 * @param rules see {@link PointsRules}
 * @throws ClienteleError `COLUMN_MISSING`; `VALUE_INVALID` by row; `OPTION_INVALID` naming the rule, or for an asOf before the first movement
 * @example
 * const ledger = pointsLedger(movements, { earn: { perSpend: 1 }, expiry: { kind: 'per-award', after: { months: 12 } } }, { asOf: '2026-01-31' });
 * ledger.table;            // member, balance, debt, …
 * nextExpiries(ledger);    // what ends when
 *
 * Points are counted in whole hundredths. O(movements) but for sorting each member's own.
 */
export function pointsLedger(movements: TableInput, rules: PointsRules, options: PointsLedgerOptions = {}): PointsLedger {
  const where = 'pointsLedger';
  checkKeys(where, options, ['asOf', 'labels']);
  const language = checkLanguage(where, options.labels);
  const checked = checkPointsRules(where, rules);
  const source = asTable(where, movements);
  let until = 0;
  const read = readMovements(where, source, (at, unit) => (until = asOfOf(where, at, unit, options.asOf)));
  const folded = foldMovements(read, checked, until);
  const totals = Object.fromEntries((['balance', 'debt', 'earned', 'reversed', 'redeemed', 'expired'] as const).map((name) => [name, folded[name].reduce((a, b) => a + b, 0) / 100])) as unknown as PointsLedger['totals'];
  const asOf = dateText(until, read.unit);
  const result = {
    table: memberTable(read, folded, checked, language), awards: awardTable(read, folded), tierMoves: moveTable(read, folded, checked), declined: declinedTable(source, read, folded, language),
    cohorts: cohortTable(folded), totals, meta: { asOf, asOfSource: options.asOf === undefined ? 'last-movement' as const : 'given' as const, members: read.count, tiers: checked.tiers.levels.map(({ key }) => key) },
    diagnostics: diagnosticsOf(read, folded),
  };
  const line = `${read.count} members as of ${asOf}: ${Object.entries(totals).map(([name, points]) => `${name} ${points}`).join(', ')}`;
  return showableResult(result, { text: () => `${line}\n${result.table.toString()}`, html: () => `<p>${escapeHtml(line)}</p>${result.table.toHTML()}` });
}

/** The last unit of the day asked for, or the last movement. */
function asOfOf(where: string, at: Int32Array, unit: DateUnit, asOf: string | undefined): number {
  if (asOf !== undefined) return (dayOption(where, 'asOf', asOf) + 1) * UNITS_PER_DAY[unit] - 1;
  let last = -Infinity;
  for (let i = 0; i < at.length; i++) if (at[i]! > last) last = at[i]!;
  return last;
}

const hundredths = (data: Float64Array): Column => ({ type: 'number', data: data.map((units) => units / 100) });

/** Times, FAR as missing. */
function times(data: ArrayLike<number>, unit: DateUnit): DateColumn {
  const valid = new Uint8Array((data.length + 7) >> 3);
  let all = true;
  for (let i = 0; i < data.length; i++) {
    if (data[i] === FAR) all = false;
    else valid[i >> 3]! |= 1 << (i & 7);
  }
  return { type: 'date', data: Int32Array.from(data), ...(unit === 'day' ? {} : { unit }), ...(all ? {} : { valid }) };
}

function memberTable(m: Movements, f: Folded, rules: CheckedRules, language: Language): Table {
  const { levels } = rules.tiers;
  const tier = (names: readonly string[]): Column => ({ type: 'category', data: f.tier, values: names });
  const none = f.nextEnd.map((at) => (at === FAR ? 1 : 0));
  return new Table([
    ['member', m.members], ['balance', hundredths(f.balance)], ['debt', hundredths(f.debt)], ['earned', hundredths(f.earned)], ['reversed', hundredths(f.reversed)],
    ['redeemed', hundredths(f.redeemed)], ['expired', hundredths(f.expired)], ['spent', hundredths(f.spent)],
    ['tier', tier(levels.map(({ key }) => key))], ['tierLabel', tier(levels.map(({ key, label }) => (typeof label === 'string' ? label : label?.[language] ?? key)))],
    ...(rules.discounts.length === 0 ? [] : [['discount', { type: 'number', data: f.balance.map((units) => discountOf(units, rules)) }] as [string, Column]]),
    ...(rules.club === undefined ? [] : [['club', { type: 'flag', data: Uint8Array.from(f.clubSince, (at) => (at === FAR ? 0 : 1)) }] as [string, Column], ['clubSince', times(f.clubSince, m.unit)] as [string, Column]]),
    ['frozen', { type: 'flag', data: f.frozen }], ['nextExpiry', times(f.nextEnd, m.unit)], ['nextExpiryPoints', hundredths(f.nextEndPoints.map((units, i) => (none[i] === 1 ? NaN : units)))],
    ['firstEarn', times(f.firstEarn, m.unit)], ['firstRedeem', times(f.firstRedeem, m.unit)], ['lastActive', times(f.lastActive, m.unit)],
  ]);
}

function discountOf(units: number, { discounts }: CheckedRules): number {
  return discounts.reduce((rate, step) => (units >= step.from * 100 ? step.rate : rate), 0);
}

const listOf = ({ data, length }: Growing): Float64Array => data.subarray(0, length);

function awardTable(m: Movements, { open }: Folded): Table {
  return new Table([['member', takeColumn(m.members, listOf(open.member))], ['earned', times(listOf(open.made), m.unit)], ['expires', times(listOf(open.ends), m.unit)], ['points', hundredths(listOf(open.points))]]);
}

function moveTable(m: Movements, { moves }: Folded, rules: CheckedRules): Table {
  const keys = rules.tiers.levels.map(({ key }) => key);
  const [from, to] = [Int32Array.from(listOf(moves.from)), Int32Array.from(listOf(moves.to))];
  return new Table([
    ['member', takeColumn(m.members, listOf(moves.member))], ['date', times(listOf(moves.at), m.unit)], ['from', { type: 'category', data: from, values: keys }], ['to', { type: 'category', data: to, values: keys }],
    ['direction', { type: 'category', data: to.map((tier, i) => (tier > from[i]! ? 0 : 1)), values: ['up', 'down'] }],
  ]);
}

function declinedTable(source: Table, m: Movements, { declined }: Folded, language: Language): Table {
  const rows = Int32Array.from(listOf(declined.row));
  const why = Int32Array.from(listOf(declined.why));
  return new Table([
    ['row', { type: 'integer', data: rows }], ['id', takeColumn(source.column('id'), rows)], ['member', takeColumn(source.column('member'), rows)], ['points', hundredths(Float64Array.from(rows, (row) => m.units[row]!))],
    ['reason', { type: 'category', data: why, values: DECLINES }], ['label', { type: 'category', data: why, values: DECLINE_LABELS.map((words) => words[language]) }],
  ]);
}

function cohortTable({ cohorts, firstMonth }: Folded): Table {
  const { issued, reversed, redeemed, expired } = cohorts;
  const months = Array.from(issued, (_, k) => dateText(addMonths(firstMonth, k)).slice(0, 7));
  return table({
    month: months, issued: hundredths(issued), reversed: hundredths(reversed), redeemed: hundredths(redeemed), expired: hundredths(expired),
    outstanding: hundredths(issued.map((units, k) => units - reversed[k]! - redeemed[k]! - expired[k]!)),
  });
}

function diagnosticsOf(m: Movements, { declined }: Folded): Diagnostics {
  const clean = cleanDiagnostics(m.read);
  const leftOut = { ...(m.duplicates > 0 ? { duplicates: m.duplicates } : {}), ...(m.afterAsOf > 0 ? { 'after-as-of': m.afterAsOf } : {}) };
  const said: Warning[] = declined.row.length === 0 ? [] : [{ code: 'NOT_GRANTED', message: `${declined.row.length} redemptions were not granted. They stand in \`declined\` with the reason.` }];
  const customers = { seen: m.count + m.notYet, kept: m.count, leftOut: m.notYet > 0 ? { 'after-as-of': m.notYet } : {} };
  return withWarnings({ ...clean, rows: { ...clean.rows, used: m.read - m.duplicates - m.afterAsOf, leftOut }, customers }, said);
}
