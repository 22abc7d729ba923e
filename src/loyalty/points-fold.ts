import { civilDate, dayNumber, UNITS_PER_DAY } from '../core/index.js';
import { clearAccount, endAward, give, newAccount, pointsFor, restore, take, takeBack, type Account, type Cohorts } from './points-account.js';
import { EARN, FAR, JOIN, LATE, PAID, REDEEM, REVERSE, type Movements } from './points-movements.js';
import type { CheckedRules } from './points-rules.js';
import { addMonths, clearTier, count, discount, laterBy, newTierState, pass, type Later, type TierState } from './points-tier.js';

/** A list of numbers that grows. */
export interface Growing {
  data: Float64Array;
  length: number;
}

export function growing(): Growing {
  return { data: new Float64Array(1024), length: 0 };
}

function push(list: Growing, value: number): void {
  if (list.length === list.data.length) {
    const larger = new Float64Array(list.length * 2);
    larger.set(list.data);
    list.data = larger;
  }
  list.data[list.length++] = value;
}

/** Why a redemption was not granted. */
export const DECLINES = ['below_minimum', 'above_maximum', 'above_balance'] as const;

/** The state of every member at the end, and what happened on the way. Points in hundredths, times in the log's units. */
export interface Folded {
  readonly balance: Float64Array;
  readonly debt: Float64Array;
  readonly earned: Float64Array;
  readonly reversed: Float64Array;
  readonly redeemed: Float64Array;
  readonly expired: Float64Array;
  readonly spent: Float64Array;
  readonly tier: Int32Array;
  readonly frozen: Uint8Array;
  /** times; FAR where it never happened */
  readonly firstEarn: Int32Array;
  readonly firstRedeem: Int32Array;
  readonly lastActive: Int32Array;
  readonly clubSince: Int32Array;
  readonly nextEnd: Int32Array;
  readonly nextEndPoints: Float64Array;
  /** points that can still be spent: member, made, ends, hundredths */
  readonly open: { readonly member: Growing; readonly made: Growing; readonly ends: Growing; readonly points: Growing };
  /** changes of tier: member, at, from, to */
  readonly moves: { readonly member: Growing; readonly at: Growing; readonly from: Growing; readonly to: Growing };
  /** redemptions not granted: row, why */
  readonly declined: { readonly row: Growing; readonly why: Growing };
  readonly cohorts: Cohorts;
  /** first day of the first cohort's month */
  readonly firstMonth: number;
}

/** What is known of the member at hand besides the account. */
interface Walk {
  readonly m: Movements;
  readonly rules: CheckedRules;
  readonly out: Folded;
  readonly a: Account;
  readonly tier: TierState;
  readonly perDay: number;
  /** when an award, or activity, of a time ends points */
  readonly endOf: Later;
  readonly monthOf: (at: number) => number;
  readonly moved: (at: number, from: number, to: number) => void;
  /** by row: number of its award; 0 for a redemption granted and not wholly returned; -1 */
  readonly place: Int32Array;
  /** by award: its place among what counts for tiers */
  counted: Int32Array;
  /** by order: money refunded so far */
  readonly refunded: Map<number, number>;
  /** pieces of redemptions with an order: award, points, by row */
  readonly pieces: Map<number, { award: number; points: number }[]>;
  member: number;
  frozen: boolean;
  /** start of the tenure in days, months given so far, and when the next is due */
  tenureFrom: number;
  tenureMonths: number;
  nextTenure: number;
  lastActive: number;
}

/** Order in which things of one instant happen; kinds of movements are whole numbers. */
const TIER_RANK = -1, TENURE_RANK = EARN - 0.5, END_RANK = LATE - 0.5, LAST_RANK = 9;

/** Fold the movements of every member up to `until`. O(movements × log of a member's awards at most, constant as a rule). */
export function foldMovements(m: Movements, rules: CheckedRules, until: number): Folded {
  const perDay = UNITS_PER_DAY[m.unit];
  const { monthOf, months, firstMonth, firstDay, lastDay } = monthTable(m, until, perDay);
  const { window } = rules.tiers;
  const out = emptyResult(m.count, newAccount(months), firstMonth);
  const walk: Walk = {
    m, rules, out: out.folded, a: out.account, tier: newTierState(typeof window === 'string' ? undefined : laterBy(window, perDay, firstDay, lastDay)), perDay, monthOf,
    endOf: rules.expiry === undefined ? () => FAR : laterBy(rules.expiry.after, perDay, firstDay, lastDay), place: new Int32Array(m.read).fill(-1), counted: new Int32Array(64), refunded: new Map(), pieces: new Map(),
    moved: (at, from, to) => {
      push(walk.out.moves.member, walk.member);
      push(walk.out.moves.at, at);
      push(walk.out.moves.from, from);
      push(walk.out.moves.to, to);
    },
    member: 0, frozen: false, tenureFrom: 0, tenureMonths: 0, nextTenure: FAR, lastActive: FAR,
  };
  for (let member = 0; member < m.count; member++) foldMember(walk, member, until);
  return out.folded;
}

function foldMember(w: Walk, member: number, until: number): void {
  const { m, a } = w;
  const from = m.start[member]!, to = m.start[member + 1]!;
  if (from === to) return;
  clearAccount(a);
  clearTier(w.tier);
  if (w.refunded.size > 0) w.refunded.clear();
  if (w.pieces.size > 0) w.pieces.clear();
  w.member = member;
  w.frozen = false;
  w.lastActive = FAR;
  startTenure(w, m.at[m.rows[from]!]!);
  for (let k = from; k < to; k++) {
    const row = m.rows[k]!;
    advance(w, m.at[row]!, m.kind[row]!);
    apply(w, row);
  }
  advance(w, until, LAST_RANK);
  close(w);
}

/** Let everything happen that happens by itself before a movement. */
function advance(w: Walk, until: number, rank: number): void {
  const { tier, rules } = w;
  for (;;) {
    const tierAt = Math.min(tier.next, tier.graceEnds);
    const endAt = nextEnd(w);
    const tenureAt = w.nextTenure;
    const at = Math.min(tierAt, endAt, tenureAt);
    if (at > until || at === FAR) return;
    if (tierAt === at && (at < until || TIER_RANK <= rank)) pass(tier, at, rules, w.perDay, w.moved);
    else if (tenureAt === at && (at < until || TENURE_RANK <= rank)) giveTenure(w, at);
    else if (endAt === at && (at < until || END_RANK <= rank)) endPoints(w, at);
    else return;
  }
}

/** When points next end; far away without points. */
function nextEnd(w: Walk): number {
  const { a } = w;
  return a.head === a.tail ? FAR : Math.min(a.ends[a.queue[a.head]!]!, idleEnd(w));
}

/** When inactivity ends all points; far away where it does not. */
function idleEnd({ rules, lastActive, endOf }: Walk): number {
  return rules.expiry?.kind !== 'inactivity' || lastActive === FAR ? FAR : endOf(lastActive);
}

function endPoints(w: Walk, at: number): void {
  const { a } = w;
  if (idleEnd(w) <= at) {
    while (a.head < a.tail) endAward(a, a.queue[a.head++]!);
    w.lastActive = at;                                // points of tenure that come later get the same time
  } else while (a.head < a.tail && a.ends[a.queue[a.head]!]! <= at) endAward(a, a.queue[a.head++]!);
}

function startTenure(w: Walk, at: number): void {
  w.tenureFrom = Math.floor(at / w.perDay);
  w.tenureMonths = 0;
  w.nextTenure = w.rules.tenure === undefined ? FAR : addMonths(w.tenureFrom, w.rules.tenure.months) * w.perDay;
}

function giveTenure(w: Walk, at: number): void {
  const { units, months } = w.rules.tenure!;
  w.tenureMonths += months;
  w.nextTenure = addMonths(w.tenureFrom, w.tenureMonths + months) * w.perDay;
  const points = Math.round(units * (w.rules.tiers.levels[w.tier.tier]!.tenureMultiplier ?? 1));
  if (!w.frozen) award(w, points, points, at, at, FAR, true);
}

function apply(w: Walk, row: number): void {
  const { m, rules, a } = w;
  const at = m.at[row]!;
  switch (m.kind[row]) {
    case JOIN: return startTenure(w, at);
    case PAID:
      w.frozen = false;
      return;
    case EARN: return earn(w, row, at);
    case REVERSE: return reverse(w, row, at);
    case LATE:
      if (rules.late.effect === 'freeze') w.frozen = true;
      if (rules.late.effect === 'reset') {
        resetPoints(a, rules.late.scope);
        startTenure(w, at);
      }
      return;
    case REDEEM: return redeem(w, row, at);
  }
}

function earn(w: Walk, row: number, at: number): void {
  const { m, rules, a, out, member } = w;
  const cents = centsOf(m.amount[row]!);
  a.spent += cents;
  if (rules.club !== undefined && out.clubSince[member] === FAR && a.spent >= rules.club * 100 * (1 - 1e-12)) out.clubSince[member] = at;
  active(w, at);
  if (out.firstEarn[member] === FAR) out.firstEarn[member] = at;
  const given = w.frozen && rules.late.scope === 'all' ? 0 : Number.isNaN(m.units[row]!) ? pointsFor(cents, rules.tiers.levels[w.tier.tier]!.multiplier ?? 1, rules) : m.units[row]!;
  w.place[row] = award(w, given, rules.tiers.by === 'spend' ? cents : given, at, at, m.expires?.[row] ?? FAR, false);
}

/** Money in hundredths, whole where it is whole but for rounding; 0 of nothing. */
function centsOf(amount: number): number {
  const cents = amount * 100;
  const whole = Math.round(cents);
  return Number.isNaN(amount) ? 0 : Math.abs(cents - whole) < 1e-6 ? whole : cents;
}

/** Give points, count them towards tiers; returns the award's number. */
function award(w: Walk, points: number, counts: number, at: number, made: number, ends: number, ofTenure: boolean): number {
  const { rules, a, perDay } = w;
  const until = rules.expiry?.kind === 'per-award' && ends === FAR ? w.endOf(made) : ends;
  const number = give(a, points, made, until, w.monthOf(at), ofTenure);
  if (rules.tiers.levels.length === 1) return number;
  if (number >= w.counted.length) {
    const larger = new Int32Array(w.counted.length * 2);
    larger.set(w.counted);
    w.counted = larger;
  }
  w.counted[number] = ofTenure && rules.tiers.by === 'spend' ? -1 : count(w.tier, counts, at, rules, perDay, w.moved);
  return number;
}

function reverse(w: Walk, row: number, at: number): void {
  const { m, a, rules } = w;
  const order = m.order[row]!;
  const [earned, redeemed] = [m.earned[order]!, m.redeemed[order]!];
  const total = earned === -1 ? NaN : m.amount[earned]!;
  const before = w.refunded.get(order) ?? 0;
  // Without an amount all of the order comes back.
  const share = Number.isNaN(m.amount[row]!) || !(total > 0) ? 1 : Math.min(1, (before + m.amount[row]!) / total);
  const refund = (total > 0 ? total * share : 0) - before;
  w.refunded.set(order, before + Math.max(0, refund));
  const pieces = redeemed === -1 ? undefined : w.pieces.get(redeemed);
  if (pieces !== undefined) {
    restorePieces(w, pieces, w.m.units[redeemed]!, share, at);
    if (pieces.every(({ points }) => points === 0)) forget(w, redeemed);
  }
  const number = earned === -1 ? -1 : w.place[earned]!;
  if (number === -1) return;
  const cents = centsOf(Math.max(0, refund));
  a.spent -= cents;
  const whole = share > 1 - 1e-12 ? a.points[number]! : Math.round(a.points[number]! * share);
  const back = whole - a.back[number]!;
  takeBack(a, number, whole);
  if (rules.tiers.levels.length > 1 && w.counted[number] !== -1) discount(w.tier, w.counted[number]!, rules.tiers.by === 'spend' ? cents : Math.max(0, back), at, rules, w.perDay, w.moved);
}

/** Give back the same share of what a redemption took, from its last piece to its first. */
function restorePieces({ a }: Walk, pieces: { award: number; points: number }[], units: number, share: number, at: number): void {
  let due = (share > 1 - 1e-12 ? units : Math.round(units * share)) - (units - pieces.reduce((sum, { points }) => sum + points, 0));
  for (let k = pieces.length - 1; k >= 0 && due > 0; k--) {
    const points = Math.min(due, pieces[k]!.points);
    pieces[k]!.points -= points;
    due -= points;
    if (points > 0) restore(a, pieces[k]!.award, points, at);
  }
}

/** A redemption wholly returned is none: the first is the first that stands. */
function forget({ m, out, member, place }: Walk, redemption: number): void {
  place[redemption] = -1;
  out.firstRedeem[member] = FAR;
  for (let k = m.start[member]!; k < m.start[member + 1]!; k++) {
    const row = m.rows[k]!;
    if (m.kind[row] !== REDEEM || place[row] === -1) continue;
    out.firstRedeem[member] = m.at[row]!;
    return;
  }
}

function redeem(w: Walk, row: number, at: number): void {
  const { m, rules, a, out, member } = w;
  const points = m.units[row]!;
  const why = points < rules.minRedemption ? 0 : points > rules.maxRedemption ? 1 : points > a.balance ? 2 : -1;
  if (why !== -1) {
    push(out.declined.row, row);
    push(out.declined.why, why);
    return;
  }
  const pieces: { award: number; points: number }[] | undefined = m.order[row] === -1 ? undefined : [];
  take(a, points, a.cohorts.redeemed, pieces === undefined ? undefined : (award, piece) => pieces.push({ award, points: piece }));
  if (pieces !== undefined) w.pieces.set(row, pieces);
  w.place[row] = 0;
  a.redeemed += points;
  active(w, at);
  if (out.firstRedeem[member] === FAR) out.firstRedeem[member] = at;
}

function active(w: Walk, at: number): void {
  w.lastActive = at;
  w.out.lastActive[w.member] = at;
}

/** A late payment ends points: those of tenure, or all. */
function resetPoints(a: Account, scope: 'tenure' | 'all'): void {
  let kept = a.head;
  for (let k = a.head; k < a.tail; k++) {
    const award = a.queue[k]!;
    if (scope === 'all' || a.ofTenure[award] === 1) endAward(a, award);
    else a.queue[kept++] = award;
  }
  a.tail = kept;
}

/** Write the member's end state. */
function close(w: Walk): void {
  const { a, out, member } = w;
  for (const name of ['balance', 'debt', 'earned', 'reversed', 'redeemed', 'expired'] as const) out[name][member] = a[name];
  out.spent[member] = a.spent;
  out.tier[member] = w.tier.tier;
  out.frozen[member] = w.frozen ? 1 : 0;
  const idle = idleEnd(w);
  for (let k = a.head; k < a.tail; k++) {
    const award = a.queue[k]!;
    if (a.left[award] === 0) continue;
    const ends = Math.min(idle, a.ends[award]!);
    push(out.open.member, member);
    push(out.open.made, a.made[award]!);
    push(out.open.ends, ends);
    push(out.open.points, a.left[award]!);
    if (ends === FAR) continue;
    if (ends < out.nextEnd[member]!) {
      out.nextEnd[member] = ends;
      out.nextEndPoints[member] = 0;
    }
    if (ends === out.nextEnd[member]) out.nextEndPoints[member]! += a.left[award]!;
  }
}

/** Month of a time as a place among the cohorts, from a table by day. */
function monthTable(m: Movements, until: number, perDay: number): { monthOf: (at: number) => number; months: number; firstMonth: number; firstDay: number; lastDay: number } {
  let first = until;
  for (const row of m.rows) if (m.at[row]! < first) first = m.at[row]!;
  const firstDay = Math.floor(first / perDay), lastDay = Math.floor(until / perDay);
  const months = new Int32Array(lastDay - firstDay + 1);
  let month = 0;
  let nextStart = addMonths(firstOfMonth(firstDay), 1);
  for (let day = firstDay; day <= lastDay; day++) {
    if (day === nextStart) {
      month++;
      nextStart = addMonths(nextStart, 1);
    }
    months[day - firstDay] = month;
  }
  return { monthOf: (at) => months[Math.floor(at / perDay) - firstDay]!, months: month + 1, firstMonth: firstOfMonth(firstDay), firstDay, lastDay };
}

function firstOfMonth(day: number): number {
  const [year, month] = civilDate(day);
  return dayNumber(year, month, 1);
}

function emptyResult(count: number, account: Account, firstMonth: number): { account: Account; folded: Folded } {
  const doubles = (): Float64Array => new Float64Array(count);
  const never = (): Int32Array => new Int32Array(count).fill(FAR);
  return {
    account,
    folded: {
      balance: doubles(), debt: doubles(), earned: doubles(), reversed: doubles(), redeemed: doubles(), expired: doubles(), spent: doubles(), tier: new Int32Array(count), frozen: new Uint8Array(count),
      firstEarn: never(), firstRedeem: never(), lastActive: never(), clubSince: never(), nextEnd: never(), nextEndPoints: doubles(),
      open: { member: growing(), made: growing(), ends: growing(), points: growing() }, moves: { member: growing(), at: growing(), from: growing(), to: growing() },
      declined: { row: growing(), why: growing() }, cohorts: account.cohorts, firstMonth,
    },
  };
}
