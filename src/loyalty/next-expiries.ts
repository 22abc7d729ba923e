import { checkKeys, checkWhole, checkWord, dayOfText, UNITS_PER_DAY } from '../core/index.js';
import { isPresent, numbersOf, table, type Table, type DateColumn } from '../columns/index.js';
import { checkLedger } from './inputs.js';
import type { PointsLedger } from './points-ledger.js';

export interface NextExpiriesOptions {
  /** how far ahead; everything when absent */
  readonly days?: number;
  /** `'date'` (default): one row per day; `'award'`: one row per award, with its member */
  readonly by?: 'date' | 'award';
}

/**
 * Points that end next (即将到期积分), soonest first: as of the ledger's day, if nobody earns or redeems before.
 *
 * @param ledger what `pointsLedger` made
 * @returns `expires`, `points`, `members`; or by award `member`, `earned`, `expires`, `points`
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * nextExpiries(ledger, { days: 30, by: 'award' });   // whom to remind
 *
 * O(awards log awards).
 */
export function nextExpiries(ledger: PointsLedger, options: NextExpiriesOptions = {}): Table {
  const where = 'nextExpiries';
  checkKeys(where, options, ['days', 'by']);
  checkLedger(where, ledger);
  const { awards, meta } = ledger;
  const ends = awards.column('expires') as DateColumn;
  const perDay = UNITS_PER_DAY[ends.unit ?? 'day'];
  const until = options.days === undefined ? Infinity : (dayOfText(meta.asOf.slice(0, 10))! + checkWhole(where, 'days', options.days, 1, 100_000) + 1) * perDay - 1;
  const soon = awards.where((i) => isPresent(ends, i) && ends.data[i]! <= until).sortBy('expires');
  if (checkWord(where, 'by', options.by ?? 'date', ['date', 'award']) === 'award') return soon;
  const dates = (soon.column('expires') as DateColumn).data;
  const points = numbersOf(where, soon, 'points');
  const sums = new Map<number, { points: number; members: Set<unknown> }>();
  for (let i = 0; i < soon.numRows; i++) {
    const day = Math.floor(dates[i]! / perDay);
    if (!sums.has(day)) sums.set(day, { points: 0, members: new Set() });
    const sum = sums.get(day)!;
    sum.points += Math.round(points[i]! * 100);
    sum.members.add(soon.cell('member', i));
  }
  return table({
    expires: { type: 'date', data: Int32Array.from(sums.keys()) }, points: Float64Array.from(sums.values(), (sum) => sum.points / 100), members: Int32Array.from(sums.values(), (sum) => sum.members.size),
  });
}
