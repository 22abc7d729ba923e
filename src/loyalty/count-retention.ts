import { ClienteleError, optionInvalid } from '../core/index.js';
import { categoriesOf, columnMissing, groupRows, numbersOf } from '../columns/index.js';
import { daysOf, lastDay, periodOf, wholeCents, type Period, type Transactions } from '../transactions/index.js';
import type { RetentionKind } from './retention.js';

/** One entry per cohort and offset, cohorts in order, offsets from 0 without a gap. */
export interface RetentionCells {
  readonly cohort: Int32Array;
  readonly offset: Int32Array;
  /** customers who can have got there */
  readonly size: Int32Array;
  readonly active: Int32Array;
  readonly revenue: Float64Array;
  /** what the same customers brought in their period 0 */
  readonly baseRevenue: Float64Array;
  /** 0 while the period runs */
  readonly complete: Uint8Array;
}

export interface RetentionCounts {
  readonly cells: RetentionCells;
  /** names of the cohorts of a column; absent where cohorts are periods */
  readonly cohortNames?: readonly string[];
  readonly firstPeriod: number;
  readonly periods: number;
  readonly asOf: number;
  /** whether the last period is not over */
  readonly running: boolean;
  readonly customers: number;
  readonly emptyCohorts: number;
  readonly noCohort: number;
  readonly noPurchase: number;
  readonly rows: { readonly afterAsOf: number; readonly early: number };
}

interface Request {
  readonly period: Period;
  readonly kind: RetentionKind;
  readonly asOf: string | undefined;
  readonly windowDays: number;
  /** column of the cohorts */
  readonly by: string | undefined;
}

/** More periods than forty years of weeks are a wrong date rather than a wish. */
const MOST_PERIODS = 2100;

/** Count who was active when, by cohort. */
export function countRetention(where: string, log: Transactions, request: Request): RetentionCounts {
  const days = daysOf(where, log);
  const amounts = numbersOf(where, log, 'amount');
  const asOf = lastDay(where, days, request.asOf);
  const places = placePeriods(where, days, amounts, asOf, request);
  const { codes, count } = groupRows(log.column('customer'));
  const activity = markActivity({ codes, days, amounts }, places, count);
  const named = request.by === undefined ? undefined : cohortColumn(where, log, request.by, { codes, days, amounts }, places, activity.first);
  const cohortOf = named?.cohortOf ?? activity.first;
  const cohorts = named?.names.length ?? places.periods;

  // Where a cohort has several first periods, customers whose period still runs would look inactive: they wait.
  const last = named === undefined || !places.running ? places.periods - 1 : Math.max(places.periods - 2, firstOf(activity.first));
  const size = new Int32Array(cohorts * places.periods);          // by cohort and first period
  let customers = 0, noCohort = 0, noPurchase = 0;
  for (let c = 0; c < count; c++) {
    if (activity.first[c] === NEVER) noPurchase++;
    else if (cohortOf[c] === -1) noCohort++;
    else {
      size[cohortOf[c]! * places.periods + activity.first[c]!]!++;
      customers++;
    }
  }
  const active = countActive(activity, cohortOf, cohorts, places.periods, last, request.kind);
  const money = sumMoney({ codes, days, amounts }, places, activity.first, cohortOf, cohorts, last);
  const cells = cellsOf({ size, active, money: money.kept, base: money.base, cohorts, periods: places.periods, last, running: places.running, byPeriod: named === undefined });
  const filled = new Set(cells.cohort).size;
  return {
    cells, ...(named === undefined ? {} : { cohortNames: named.names }), firstPeriod: places.from, periods: places.periods, asOf, running: places.running,
    customers, emptyCohorts: named === undefined ? cohorts - filled : 0, noCohort, noPurchase: noPurchase - activity.neverSeen, rows: { afterAsOf: activity.afterAsOf, early: money.early },
  };
}

/** Period of a customer without a purchase. */
const NEVER = 0x7fffffff;

interface Rows {
  readonly codes: Int32Array;
  readonly days: Int32Array;
  readonly amounts: Float64Array;
}

interface Places {
  /** count of the first period, as `periodOf` counts */
  readonly from: number;
  readonly periods: number;
  readonly firstDay: number;
  readonly asOf: number;
  readonly running: boolean;
  /** by day since `firstDay`: its period, and the periods (from, to) in which a purchase of that day counts as activity */
  readonly own: Int32Array;
  readonly since: Int32Array;
  readonly until: Int32Array;
}

function placePeriods(where: string, days: Int32Array, amounts: Float64Array, asOf: number, { period, kind, windowDays }: Request): Places {
  let firstDay = Infinity;
  for (let i = 0; i < days.length; i++) if (days[i]! < firstDay && days[i]! <= asOf && amounts[i]! >= 0) firstDay = days[i]!;
  if (firstDay === Infinity) throw new ClienteleError('VALUE_INVALID', { where, option: 'asOf' }, days.length === 0 ? 'the order log has no rows.' : 'no purchase of the log is left.', 'Pass orders, and an asOf not before them.');
  const from = periodOf(firstDay, period);
  const periods = periodOf(asOf, period) - from + 1;
  if (periods > MOST_PERIODS) throw optionInvalid(where, 'period', period, `There are ${periods} of them from the first purchase on, more than ${MOST_PERIODS}: choose a longer period, or look for a wrong date.`);
  const own = Int32Array.from({ length: asOf - firstDay + 1 }, (_, d) => periodOf(firstDay + d, period) - from);
  const running = periodOf(asOf + 1, period) === from + periods - 1;
  if (kind !== 'window') return { from, periods, firstDay, asOf, running, own, since: own, until: own };
  // A purchase of day d is in the windows that end on d, …, d + windowDays - 1.
  const ends = new Int32Array(periods);
  own.forEach((p, d) => (ends[p] = d));
  const until = own.map((p, d) => {
    let last = p - 1;
    while (last + 1 < periods && ends[last + 1]! <= d + windowDays - 1) last++;
    return last;
  });
  return { from, periods, firstDay, asOf, running, own, since: own, until };
}

interface Activity {
  /** first period of each customer, NEVER without a purchase */
  readonly first: Int32Array;
  /** `words` integers per customer, a bit per period */
  readonly bits: Int32Array;
  readonly words: number;
  readonly afterAsOf: number;
  /** customers all of whose rows are after asOf */
  readonly neverSeen: number;
}

function markActivity({ codes, days, amounts }: Rows, places: Places, customers: number): Activity {
  const { own, until, firstDay, asOf, periods } = places;
  const words = (periods + 31) >> 5;
  const bits = new Int32Array(customers * words);
  const first = new Int32Array(customers).fill(NEVER);
  let afterAsOf = 0;
  for (let i = 0; i < codes.length; i++) {
    const d = days[i]! - firstDay;
    const c = codes[i]!;
    if (days[i]! > asOf) {
      afterAsOf++;
      continue;
    }
    if (amounts[i]! < 0 || c < 0) continue;
    const p = own[d]!;
    if (p < first[c]!) first[c] = p;
    const to = until[d]!;
    for (let q = p; q <= to; q++) bits[c * words + (q >> 5)]! |= 1 << (q & 31);
  }
  return { first, bits, words, afterAsOf, neverSeen: afterAsOf === 0 ? 0 : countUnseen({ codes, days, amounts }, asOf, customers) };
}

function countUnseen({ codes, days }: Rows, asOf: number, customers: number): number {
  const seen = new Uint8Array(customers);
  for (let i = 0; i < codes.length; i++) if (days[i]! <= asOf && codes[i]! >= 0) seen[codes[i]!] = 1;
  return seen.reduce((n, s) => n - s, customers);
}

/** By cohort and offset: customers active then (or, unbounded, then or later). */
function countActive({ first, bits, words }: Activity, cohortOf: Int32Array, cohorts: number, periods: number, last: number, kind: RetentionKind): Int32Array {
  const active = new Int32Array(cohorts * periods);
  for (let c = 0; c < first.length; c++) {
    const start = first[c]!;
    if (start === NEVER || cohortOf[c] === -1) continue;
    const row = cohortOf[c]! * periods - start;
    let top = -1;
    for (let w = words - 1; w >= 0; w--) {
      let word = bits[c * words + w]!;
      while (word !== 0) {
        const bit = 31 - Math.clz32(word);
        const p = (w << 5) + bit;
        if (p > top) top = p;
        if (kind !== 'unbounded' && p <= last) active[row + p]!++;
        word ^= 1 << bit;
        if (kind === 'unbounded') break;
      }
      if (kind === 'unbounded' && top >= 0) break;
    }
    if (kind === 'unbounded') for (let p = Math.min(top, last); p >= start; p--) active[row + p]!++;
  }
  return active;
}

/** By cohort and offset: net money; by cohort and first period: net money of that period. */
function sumMoney({ codes, days, amounts }: Rows, { own, firstDay, asOf, periods }: Places, first: Int32Array, cohortOf: Int32Array, cohorts: number, last: number): { kept: Float64Array; base: Float64Array; early: number } {
  const cents = new Float64Array(cohorts * periods), rest = new Float64Array(cohorts * periods);
  const baseCents = new Float64Array(cohorts * periods), baseRest = new Float64Array(cohorts * periods);
  let early = 0;
  for (let i = 0; i < codes.length; i++) {
    const c = codes[i]!;
    if (days[i]! > asOf || c < 0) continue;
    const start = first[c]!;
    if (start === NEVER) continue;
    const g = cohortOf[c]!;
    if (g === -1) continue;
    const p = days[i]! < firstDay ? -1 : own[days[i]! - firstDay]!;
    if (p < start) {
      early++;
      continue;
    }
    const amount = amounts[i]!;
    const whole = wholeCents(amount);
    const exact = whole === whole;
    if (p === start) {
      if (exact) baseCents[g * periods + p]! += whole;
      else baseRest[g * periods + p]! += amount;
    }
    if (p > last) continue;
    if (exact) cents[g * periods + p - start]! += whole;
    else rest[g * periods + p - start]! += amount;
  }
  return { kept: cents.map((sum, i) => sum / 100 + rest[i]!), base: baseCents.map((sum, i) => sum / 100 + baseRest[i]!), early };
}

interface Sums {
  readonly size: Int32Array;
  readonly active: Int32Array;
  readonly money: Float64Array;
  readonly base: Float64Array;
  readonly cohorts: number;
  readonly periods: number;
  readonly last: number;
  readonly running: boolean;
  readonly byPeriod: boolean;
}

function cellsOf({ size, active, money, base, cohorts, periods, last, running, byPeriod }: Sums): RetentionCells {
  const cells: { cohort: number; offset: number; size: number; active: number; revenue: number; baseRevenue: number; complete: number }[] = [];
  for (let g = 0; g < cohorts; g++) {
    // Who can have got to offset j first bought j periods before the last, or earlier.
    const upTo = { members: new Int32Array(last + 1), brought: new Float64Array(last + 1) };
    for (let f = 0, members = 0, brought = 0; f <= last; f++) {
      upTo.members[f] = members += size[g * periods + f]!;
      upTo.brought[f] = brought += base[g * periods + f]!;
    }
    for (let j = 0; j <= last; j++) {
      const [members, brought] = [upTo.members[last - j]!, upTo.brought[last - j]!];
      if (members === 0) break;
      const inRunning = running && (byPeriod ? g + j === periods - 1 : last === periods - 1);
      cells.push({ cohort: g, offset: j, size: members, active: active[g * periods + j]!, revenue: money[g * periods + j]!, baseRevenue: brought, complete: inRunning ? 0 : 1 });
    }
  }
  const whole = (of: (cell: (typeof cells)[number]) => number): Int32Array => Int32Array.from(cells, of);
  return {
    cohort: whole((x) => x.cohort), offset: whole((x) => x.offset), size: whole((x) => x.size), active: whole((x) => x.active), revenue: Float64Array.from(cells, (x) => x.revenue),
    baseRevenue: Float64Array.from(cells, (x) => x.baseRevenue), complete: Uint8Array.from(cells, (x) => x.complete),
  };
}

/** Each customer's value of a column at their first purchase: the earliest day, then the first row. */
function cohortColumn(where: string, log: Transactions, by: string, { codes, days, amounts }: Rows, { asOf }: Places, first: Int32Array): { cohortOf: Int32Array; names: readonly string[] } {
  if (!log.has(by)) throw columnMissing(where, by, log.names);
  const column = categoriesOf(where, log, by);
  const earliest = new Int32Array(first.length).fill(-1);
  for (let i = 0; i < codes.length; i++) {
    if (codes[i]! < 0 || amounts[i]! < 0 || days[i]! > asOf) continue;
    const known = earliest[codes[i]!]!;
    if (known === -1 || days[i]! < days[known]!) earliest[codes[i]!] = i;
  }
  return { cohortOf: earliest.map((i) => (i === -1 ? -1 : column.data[i]!)), names: column.values };
}

/** The earliest first period. */
function firstOf(first: Int32Array): number {
  let least = NEVER;
  for (let c = 0; c < first.length; c++) if (first[c]! < least) least = first[c]!;
  return least;
}
