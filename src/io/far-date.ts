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
    low = Math.min(low, data[i]!);
    high = Math.max(high, data[i]!);
  }
  const perDay = UNITS_PER_DAY[unit];
  const first = Math.floor(low / perDay);
  const last = Math.floor(high / perDay);
  if (last - first <= FAR_DAYS) return undefined;

  const rowsOnDay = new Int32Array(last - first + 1);
  for (const value of data) rowsOnDay[Math.floor(value / perDay) - first]!++;
  const within = Math.min(Math.floor(NEARLY_ALL * (data.length - 1)) + 1, data.length - 1);
  let day = 0;
  for (let rows = rowsOnDay[0]!; rows < within; rows += rowsOnDay[day]!) day++;
  if (last - first - day <= FAR_DAYS) return undefined;
  let behind = 0;
  for (let later = day + 1; later < rowsOnDay.length; later++) behind += rowsOnDay[later]!;
  return {
    code: 'DATE_FAR',
    message: `The last date is ${dateText(high, unit)}, but 99.9 % of the rows lie on or before ${dateText(first + day)} (${behind} ${behind === 1 ? 'row lies' : 'rows lie'} behind it). Recency counts from the last date: correct it, or pass asOf.`,
  };
}
