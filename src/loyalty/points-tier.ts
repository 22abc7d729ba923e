import { civilDate, dayNumber } from '../core/index.js';
import { periodOf } from '../transactions/index.js';
import { FAR } from './points-movements.js';
import type { CheckedRules, Span } from './points-rules.js';

/** A member's tier, and what it rests on. */
export interface TierState {
  tier: number;
  /** what counts in the window, in hundredths */
  sum: number;
  /** tier the last calendar period earned, kept until the next ends */
  held: number;
  /** what counted: when, how much; `head` is the oldest still in the window */
  at: Int32Array;
  amount: Float64Array;
  head: number;
  count: number;
  /** when the window next changes by itself, and when a grace ends; far away when neither */
  next: number;
  graceEnds: number;
  /** when something leaves a rolling window */
  readonly leaves: Later | undefined;
}

/** Told of each change of tier: (time, from, to). */
export type TierMove = (at: number, from: number, to: number) => void;

export function newTierState(leaves: Later | undefined): TierState {
  return { tier: 0, sum: 0, held: 0, at: new Int32Array(16), amount: new Float64Array(16), head: 0, count: 0, next: FAR, graceEnds: FAR, leaves };
}

export function clearTier(s: TierState): void {
  s.tier = s.sum = s.held = s.head = s.count = 0;
  s.next = s.graceEnds = FAR;
}

/** Something that counts towards tiers; returns its place, for a refund. */
export function count(s: TierState, amount: number, at: number, rules: CheckedRules, perDay: number, moved: TierMove): number {
  const place = s.count++;
  if (place >= s.at.length) grow(s);
  s.at[place] = at;
  s.amount[place] = amount;
  s.sum += amount;
  if (s.next === FAR) s.next = nextChange(s, at, rules, perDay);
  judge(s, at, rules, perDay, moved);
  return place;
}

/** A refund lowers what counted, where it is still in the window. */
export function discount(s: TierState, place: number, amount: number, at: number, rules: CheckedRules, perDay: number, moved: TierMove): void {
  s.amount[place]! -= amount;
  if (place >= s.head) {
    s.sum -= amount;
    judge(s, at, rules, perDay, moved);
  }
}

/** What happens by itself at `at`: the window moves on, a grace ends. */
export function pass(s: TierState, at: number, rules: CheckedRules, perDay: number, moved: TierMove): void {
  if (s.next <= at) {
    if (s.leaves === undefined) {
      s.held = tierFor(s.sum, rules);
      s.sum = 0;
      s.head = s.count;
    } else {
      while (s.head < s.count && s.leaves(s.at[s.head]!) <= at) s.sum -= s.amount[s.head++]!;
    }
    s.next = nextChange(s, at, rules, perDay);
  }
  if (s.graceEnds <= at) fall(s, at, rules, perDay, moved);
  judge(s, at, rules, perDay, moved);
}

function deserved(s: TierState, rules: CheckedRules): number {
  return Math.max(s.held, tierFor(s.sum, rules));
}

function tierFor(sum: number, { tiers: { levels } }: CheckedRules): number {
  let tier = 0;
  while (tier + 1 < levels.length && sum >= levels[tier + 1]!.from * 100) tier++;
  return tier;
}

function judge(s: TierState, at: number, rules: CheckedRules, perDay: number, moved: TierMove): void {
  const due = deserved(s, rules);
  if (due >= s.tier) {
    if (due > s.tier) moved(at, s.tier, due);
    s.tier = due;
    s.graceEnds = FAR;
  } else if (rules.tiers.graceDays === 0) {
    moved(at, s.tier, due);
    s.tier = due;
  } else if (s.graceEnds === FAR) s.graceEnds = at + rules.tiers.graceDays * perDay;
}

function fall(s: TierState, at: number, rules: CheckedRules, perDay: number, moved: TierMove): void {
  s.graceEnds = FAR;
  const due = deserved(s, rules);
  if (due >= s.tier) return;
  const to = rules.tiers.soft ? s.tier - 1 : due;
  moved(at, s.tier, to);
  s.tier = to;
  if (due < to) s.graceEnds = at + rules.tiers.graceDays * perDay;
}

/** When the window next changes by itself, after `at`. */
function nextChange(s: TierState, at: number, { tiers: { window } }: CheckedRules, perDay: number): number {
  if (window === 'lifetime') return FAR;
  if (typeof window !== 'string') return s.head < s.count ? s.leaves!(s.at[s.head]!) : FAR;
  if (s.sum === 0 && s.held === 0) return FAR;
  return periodEnd(Math.floor(at / perDay), window) * perDay;
}

/** First day of the next calendar period. */
function periodEnd(day: number, window: 'month' | 'quarter' | 'year'): number {
  const [year, month] = civilDate(day);
  const next = periodOf(day, window) + 1;
  return window === 'year' ? dayNumber(year + 1, 1, 1) : window === 'month' ? (month === 12 ? dayNumber(year + 1, 1, 1) : dayNumber(year, month + 1, 1)) : dayNumber(Math.floor(next / 4), (next % 4) * 3 + 1, 1);
}

/** Tells the time so much later than another. */
export type Later = (at: number) => number;

/**
 * What is so much later; months keep the day, and the last day where the month is shorter.
 *
 * @param first earliest day asked about, and `last` the latest: months are worked out once a day
 */
export function laterBy(span: Span, perDay: number, first: number, last: number): Later {
  if ('days' in span) return (at) => Math.min(FAR, at + span.days * perDay);
  const known = new Int32Array(last - first + 1).fill(FAR);
  return (at) => {
    const day = Math.floor(at / perDay);
    let to = known[day - first]!;
    if (to === FAR) to = known[day - first] = addMonths(day, span.months);
    return Math.min(FAR, to * perDay + (at - day * perDay));
  };
}

export function addMonths(day: number, months: number): number {
  const [year, month, date] = civilDate(day);
  const index = year * 12 + month - 1 + months;
  const [y, m] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1];
  const last = dayNumber(m === 12 ? y + 1 : y, m === 12 ? 1 : m + 1, 1) - 1;
  return Math.min(dayNumber(y, m, 1) + date - 1, last);
}

function grow(s: TierState): void {
  const [at, amount] = [new Int32Array(s.at.length * 2), new Float64Array(s.at.length * 2)];
  at.set(s.at);
  amount.set(s.amount);
  [s.at, s.amount] = [at, amount];
}
