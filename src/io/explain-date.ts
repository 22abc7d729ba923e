import { NO_DATE, type Clock } from './clock.js';
import { dateFormat, parseFormatted, type DateFormat } from './date-format.js';
import type { BadValue } from './refusals.js';

/** Why a text is not a date, with the option or the form that would make it one. */
export function explainDate(text: string, format: DateFormat | undefined, clock: Clock): BadValue {
  const trimmed = text.trim().slice(0, 60);
  if (format !== undefined) return explainFormatted(trimmed, format, clock);
  const fits = formatsReading(trimmed, clock);
  if (fits.length > 0) {
    return {
      code: 'DATE_AMBIGUOUS',
      reason: 'does not say by itself which number is the day and which the month',
      mend: `Pass ${fits.map((fit) => `dateFormat: '${fit}'`).join(' or ')}.`,
    };
  }
  const ymd = /^(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/.exec(trimmed) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(trimmed);
  if (ymd !== null) return noSuchDay(ymd[1]!, ymd[2]!, ymd[3]!);
  if (/^\d{5}(\.\d+)?$/.test(trimmed)) return bad("looks like a spreadsheet's day number", 'Format the column as a date (yyyy-mm-dd) in the spreadsheet and save the CSV again.');
  if (/^[+-]?\d+(\.\d+)?$/.test(trimmed)) return bad('is a number, and not 8 (YYYYMMDD), 10 (seconds since 1970) or 13 (milliseconds) digits long', "Say what it counts: dateFormat: 'epoch-s' or 'epoch-ms'.");
  if (/[ap]\.?m\.?$/i.test(trimmed)) return bad('is a twelve-hour time', 'Write hours from 00 to 23, or leave the time out.');
  return bad('is not a date', "Write it as YYYY-MM-DD, or say how it is written, as in dateFormat: 'DD/MM/YYYY'.");
}

function explainFormatted(text: string, format: DateFormat, clock: Clock): BadValue {
  if (format.secondsPerCount !== undefined) return bad(`is not a count since 1970 (dateFormat '${format.text}')`, 'Correct it, or correct the dateFormat.');
  const timed = `${format.text} HH:mm:ss`;
  const more = [`${format.text} HH:mm`, timed].find((longer) => !format.text.includes('HH') && reads(longer, text, clock));
  if (more !== undefined) return bad(`goes on behind dateFormat '${format.text}'`, `Pass dateFormat: '${more}'.`);
  return bad(`is not a date in dateFormat '${format.text}'`, 'Correct it, or correct the dateFormat.');
}

/** Day-month formats under which a text would be a date: one, or two where it could mean two. */
function formatsReading(text: string, clock: Clock): string[] {
  const match = /^(\d{1,2})([-/. ])(\d{1,2})\2(\d{4}|\d{2})(?:([ T])\d{1,2}:\d\d(:\d\d(?:\.\d+)?)?)?$/.exec(text);
  if (match === null) return [];
  const mark = match[2]!;
  const time = match[5] === undefined ? '' : `${match[5]}HH:mm${match[6] === undefined ? '' : ':ss'}`;
  const orders = match[4]!.length === 4 ? [['DD', 'MM', 'YYYY'], ['MM', 'DD', 'YYYY']] : [['DD', 'MM', 'YY'], ['MM', 'DD', 'YY'], ['YY', 'MM', 'DD']];
  return orders.map((parts) => parts.join(mark) + time).filter((candidate) => reads(candidate, text, clock));
}

function reads(format: string, text: string, clock: Clock): boolean {
  const bytes = new TextEncoder().encode(text);
  return parseFormatted(bytes, 0, bytes.length, dateFormat('dateFormat', format), { ...clock }) !== NO_DATE;
}

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

function noSuchDay(year: string, month: string, day: string): BadValue {
  const m = Number(month);
  const name = MONTHS[m - 1];
  if (Number(year) < 1) return bad('lies outside the years 1 to 9999', 'Correct it.');
  if (name === undefined) return bad(`is not a date: there is no month ${m}`, "Correct it, or say how it is written, as in dateFormat: 'YYYY-DD-MM'.");
  const days = daysIn(Number(year), m);
  if (Number(day) < 1 || Number(day) > days) return bad(`is not a date: ${name} ${Number(year)} has ${days} days`, 'Correct it.');
  return bad('is not a date that can be read to its end', 'A time is written HH:mm, HH:mm:ss or with a fraction, and may end in Z or an offset such as +08:00; years are 1 to 9999 (to 6053 in minutes).');
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
}

function bad(reason: string, mend: string): BadValue {
  return { code: 'VALUE_INVALID', reason, mend };
}
