import type { CheckedRules } from './points-rules.js';

/**
 * One member's points while the movements are folded; used again for the next member. Points are whole hundredths, so that
 * sums are exact. An award is a number 0, 1, … of the member; `queue[head …]` are those with points left, first ending first.
 */
export interface Account {
  balance: number;
  debt: number;
  earned: number;
  reversed: number;
  redeemed: number;
  expired: number;
  /** money spent, net of refunds, in hundredths */
  spent: number;
  awards: number;
  /** by award */
  made: Int32Array;
  ends: Int32Array;
  month: Int32Array;
  points: Float64Array;
  left: Float64Array;
  /** ended and not yet forgiven by a refund */
  ended: Float64Array;
  /** taken back so far */
  back: Float64Array;
  ofTenure: Uint8Array;
  queue: Int32Array;
  head: number;
  tail: number;
  /** what became of all members' points, by month of the award */
  readonly cohorts: Cohorts;
}

/** Sums by month since the first movement. */
export interface Cohorts {
  readonly issued: Float64Array;
  readonly reversed: Float64Array;
  readonly redeemed: Float64Array;
  readonly expired: Float64Array;
}

export function newAccount(months: number): Account {
  const room = 64;
  const sums = (): Float64Array => new Float64Array(months);
  return {
    balance: 0, debt: 0, earned: 0, reversed: 0, redeemed: 0, expired: 0, spent: 0, awards: 0, made: new Int32Array(room), ends: new Int32Array(room), month: new Int32Array(room),
    points: new Float64Array(room), left: new Float64Array(room), ended: new Float64Array(room), back: new Float64Array(room), ofTenure: new Uint8Array(room), queue: new Int32Array(room), head: 0, tail: 0,
    cohorts: { issued: sums(), reversed: sums(), redeemed: sums(), expired: sums() },
  };
}

/** Ready for the next member. */
export function clearAccount(a: Account): void {
  a.balance = a.debt = a.earned = a.reversed = a.redeemed = a.expired = a.spent = a.awards = a.head = a.tail = 0;
}

/** Points of an award by money, in hundredths. */
export function pointsFor(cents: number, multiplier: number, { perSpend, round }: CheckedRules): number {
  const hundredths = cents * perSpend * multiplier;
  // 0.29 × 100 is 28.999999999999996: what is whole but for rounding is whole.
  const whole = (x: number): number => Math.floor(x + 1e-9 * Math.max(1, Math.abs(x)));
  return round === 'none' ? Math.round(hundredths) : 100 * (round === 'down' ? whole(hundredths / 100) : Math.round(hundredths / 100));
}

/** Give points: debt is settled first, the rest can be spent until `ends`. Returns the award's number. */
export function give(a: Account, points: number, at: number, ends: number, month: number, ofTenure: boolean): number {
  const award = a.awards++;
  if (award >= a.made.length) grow(a);
  const settled = Math.min(a.debt, points);
  a.earned += points;
  a.debt -= settled;
  a.balance += points - settled;
  a.made[award] = at;
  a.ends[award] = ends;
  a.month[award] = month;
  a.points[award] = points;
  a.left[award] = points - settled;
  a.ended[award] = a.back[award] = 0;
  a.ofTenure[award] = ofTenure ? 1 : 0;
  a.cohorts.issued[month]! += points;
  a.cohorts.reversed[month]! += settled;
  if (points > settled) enqueue(a, award);
  return award;
}

/** Put an award in its place: behind those that end no later. */
export function enqueue(a: Account, award: number): void {
  if (a.tail >= a.queue.length) makeRoom(a);
  let at = a.tail++;
  for (; at > a.head && a.ends[a.queue[at - 1]!]! > a.ends[award]!; at--) a.queue[at] = a.queue[at - 1]!;
  a.queue[at] = award;
}

/** Take points from the awards that end first, as far as there are any; `seen` is told of each piece. */
export function take(a: Account, points: number, sums: Float64Array, seen?: (award: number, points: number) => void): number {
  let wanted = points;
  while (wanted > 0 && a.head < a.tail) {
    const award = a.queue[a.head]!;
    const piece = Math.min(wanted, a.left[award]!);
    a.left[award]! -= piece;
    wanted -= piece;
    sums[a.month[award]!]! += piece;
    if (piece > 0) seen?.(award, piece);
    if (a.left[award] === 0) a.head++;
  }
  a.balance -= points - wanted;
  return points - wanted;
}

/** An award's points end. */
export function endAward(a: Account, award: number): void {
  const points = a.left[award]!;
  a.left[award] = 0;
  a.ended[award]! += points;
  a.balance -= points;
  a.expired += points;
  a.cohorts.expired[a.month[award]!]! += points;
}

/**
 * Take back part of an award: what is left of it, then what had ended (nobody owes that), then other awards, and what nobody
 * has any more becomes debt.
 *
 * @param upTo how much of the award is to be back in all
 * @returns points taken back now
 */
export function takeBack(a: Account, award: number, upTo: number): number {
  const due = upTo - a.back[award]!;
  if (due <= 0) return 0;
  a.back[award] = upTo;
  const own = Math.min(due, a.left[award]!);
  if (own > 0) {
    a.left[award]! -= own;
    a.balance -= own;
    a.cohorts.reversed[a.month[award]!]! += own;
    if (a.left[award] === 0) unqueue(a, award);
  }
  const forgiven = Math.min(due - own, a.ended[award]!);
  a.ended[award]! -= forgiven;
  const rest = due - own - forgiven;
  const others = take(a, rest, a.cohorts.reversed);
  a.debt += rest - others;
  a.reversed += own + rest;
  return own + rest;
}

/** Points once redeemed come back to their award: debt first; an award that has ended meanwhile ends them too. */
export function restore(a: Account, award: number, points: number, now: number): void {
  const settled = Math.min(a.debt, points);
  const kept = points - settled;
  const month = a.month[award]!;
  a.redeemed -= points;
  a.debt -= settled;
  a.cohorts.redeemed[month]! -= points;
  a.cohorts.reversed[month]! += settled;
  if (kept === 0) return;
  const queued = a.left[award]! > 0;
  a.left[award]! += kept;
  a.balance += kept;
  if (a.ends[award]! <= now) endAward(a, award);
  else if (!queued) enqueue(a, award);
}

function unqueue(a: Account, award: number): void {
  let at = a.head;
  while (a.queue[at] !== award) at++;
  for (; at > a.head; at--) a.queue[at] = a.queue[at - 1]!;
  a.head++;
}

/** Move the queue to the front of its array, or double it. */
function makeRoom(a: Account): void {
  const live = a.queue.subarray(a.head, a.tail);
  const queue = live.length * 2 > a.queue.length ? new Int32Array(a.queue.length * 2) : a.queue;
  queue.set(live);
  a.queue = queue;
  a.tail -= a.head;
  a.head = 0;
}

function grow(a: Account): void {
  const length = a.made.length * 2;
  const ints = (data: Int32Array): Int32Array => {
    const larger = new Int32Array(length);
    larger.set(data);
    return larger;
  };
  const doubles = (data: Float64Array): Float64Array => {
    const larger = new Float64Array(length);
    larger.set(data);
    return larger;
  };
  const flags = new Uint8Array(length);
  flags.set(a.ofTenure);
  [a.made, a.ends, a.month, a.ofTenure] = [ints(a.made), ints(a.ends), ints(a.month), flags];
  [a.points, a.left, a.ended, a.back] = [doubles(a.points), doubles(a.left), doubles(a.ended), doubles(a.back)];
}
