import { dateText, UNITS_PER_DAY, type Warning } from '../core/index.js';
import type { DateColumn } from '../columns/index.js';

const FAR_DAYS = 5 * 365;
const ROWS_NEEDED = 10;
const NEARLY_ALL = 0.999;

/**
 * A warning where the last date lies far behind the rest, as a mistyped 2099 does: more than five years (1825 days)
 * after the day that 99.9 % of the rows do not pass, the very last row always set apart. Logs of fewer than ten rows
 * are not judged.
 *
 * Method: lowest and highest date; only where they are more than five years apart, a count of rows per day. O(n).
 */
export function farDateWarning({ data, unit = 'day' }: DateColumn): Warning | undefined {
  if (data.length < ROWS_NEEDED) return undefined;
  let low = data[0]!;
  let high = low;
  for (let i = 1; i < data.length; i++) {
    const value = data[i]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  const perDay = UNITS_PER_DAY[unit];
  const first = Math.floor(low / perDay);
  const last = Math.floor(high / perDay);
  if (last - first <= FAR_DAYS) return undefined;

  const rowsOnDay = new Int32Array(last - first + 1);
  for (const value of data) rowsOnDay[Math.floor(value / perDay) - first]!++;
  return farDaysWarning(rowsOnDay, first, data.length, dateText(high, unit));
}

/**
 * The same from counts of rows per day.
 *
 * @param rowsOnDay rows by day, from `firstDay` on
 * @param lastDate the last date as text; that of the last day with rows when absent
 */
export function farDaysWarning(rowsOnDay: Int32Array, firstDay: number, rows: number, lastDate?: string): Warning | undefined {
  if (rows < ROWS_NEEDED) return undefined;
  let last = rowsOnDay.length - 1;
  while (last >= 0 && rowsOnDay[last] === 0) last--;
  const within = Math.min(Math.floor(NEARLY_ALL * (rows - 1)) + 1, rows - 1);
  let day = 0;
  for (let reached = rowsOnDay[0]!; reached < within; reached += rowsOnDay[day]!) day++;
  if (last - day <= FAR_DAYS) return undefined;
  let behind = 0;
  for (let later = day + 1; later < rowsOnDay.length; later++) behind += rowsOnDay[later]!;
  return {
    code: 'DATE_FAR',
    message: `The last date is ${lastDate ?? dateText(firstDay + last)}, but 99.9 % of the rows lie on or before ${dateText(firstDay + day)} (${behind} ${behind === 1 ? 'row lies' : 'rows lie'} behind it). Recency counts from the last date: correct it, or pass asOf.`,
  };
}
