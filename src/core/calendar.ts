/** The units a date column counts in since 1970-01-01T00:00 of the log's own calendar. */
export type DateUnit = 'day' | 'hour' | 'minute';

/** How many units make a day. */
export const UNITS_PER_DAY: Readonly<Record<DateUnit, number>> = { day: 1, hour: 24, minute: 1440 };

/**
 * Days since 1970-01-01 of a proleptic Gregorian date; the date must exist (see {@link dateExists}).
 *
 * Method: the era arithmetic of H. Hinnant, "chrono-Compatible Low-Level Date Algorithms" (days_from_civil). O(1).
 */
export function dayNumber(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146097 + dayOfEra - 719468;
}

/** Year, month (1-12) and day of a day number; the inverse of {@link dayNumber}. */
export function civilDate(days: number): [year: number, month: number, day: number] {
  const z = days + 719468;
  const era = Math.floor(z / 146097);
  const dayOfEra = z - era * 146097;
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return [yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1];
}

/** True when the calendar has this day: 2024-02-29 yes, 2024-02-30 no. */
export function dateExists(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month);
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** A count of units since 1970-01-01 as text: `'2026-01-31'`, `'2026-01-31 13:00'`. */
export function dateText(value: number, unit: DateUnit = 'day'): string {
  const perDay = UNITS_PER_DAY[unit];
  const days = Math.floor(value / perDay);
  const [year, month, day] = civilDate(days);
  const yearText = year >= 0 && year <= 9999 ? String(year).padStart(4, '0') : `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
  const date = `${yearText}-${two(month)}-${two(day)}`;
  if (unit === 'day') return date;
  const rest = value - days * perDay;
  return unit === 'hour' ? `${date} ${two(rest)}:00` : `${date} ${two(Math.floor(rest / 60))}:${two(rest % 60)}`;
}

/** The day number of 'YYYY-MM-DD' text, or `undefined` where the text is not such a date or the day does not exist. */
export function dayOfText(text: string): number | undefined {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  return dateExists(year, month, day) ? dayNumber(year, month, day) : undefined;
}

function two(n: number): string {
  return String(n).padStart(2, '0');
}
