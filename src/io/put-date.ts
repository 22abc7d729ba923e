import { civilDate, dateText, UNITS_PER_DAY, type DateUnit } from '../core/index.js';
import { putAscii, putDigits } from './put-number.js';

/** Most bytes a date takes: a sign, seven digits of year, month, day, and the time. */
export const DATE_ROOM = 24;

const SLOTS = 1024;      // two years of days fit without one displacing another

/**
 * A writer of dates of one unit, as `2026-01-31` or `2026-01-31 13:00`.
 *
 * A log has few days and many rows, so the last text of each slot (the date's lowest ten bits) is kept and copied.
 *
 * @returns writes a count of units since 1970-01-01 at `at`, where {@link DATE_ROOM} bytes must be free, and gives the
 *   position behind it
 */
export function datePutter(unit: DateUnit): (out: Uint8Array, at: number, value: number) => number {
  const kept = new Int32Array(SLOTS);
  const lengths = new Uint8Array(SLOTS);         // 0 = nothing kept yet
  const texts = new Uint8Array(SLOTS * DATE_ROOM);
  return (out, at, value) => {
    const slot = value & (SLOTS - 1);
    const from = slot * DATE_ROOM;
    if (kept[slot] !== value || lengths[slot] === 0) {
      kept[slot] = value;
      lengths[slot] = putDate(texts, from, value, unit) - from;
    }
    const length = lengths[slot]!;
    for (let k = 0; k < length; k++) out[at + k] = texts[from + k]!;
    return at + length;
  };
}

/** Write one date. */
function putDate(out: Uint8Array, at: number, value: number, unit: DateUnit): number {
  const perDay = UNITS_PER_DAY[unit];
  const days = Math.floor(value / perDay);
  const [year, month, day] = civilDate(days);
  if (year < 0 || year > 9999) return putAscii(out, at, dateText(value, unit));
  let end = putDigits(out, at, year, 4);
  out[end++] = 45;
  end = putDigits(out, end, month, 2);
  out[end++] = 45;
  end = putDigits(out, end, day, 2);
  if (unit === 'day') return end;
  const minutes = (value - days * perDay) * (unit === 'hour' ? 60 : 1);
  out[end++] = 32;
  end = putDigits(out, end, (minutes / 60) | 0, 2);
  out[end++] = 58;
  return putDigits(out, end, minutes % 60, 2);
}
