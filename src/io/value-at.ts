import { NO_DATE } from './clock.js';
import { parseFormatted } from './date-format.js';
import { isMissing } from './missing-words.js';
import { readNumber } from './number-format.js';
import { parseDate } from './parse-date.js';
import { parseNumber } from './parse-number.js';
import type { Settings } from './reading-options.js';

/** The number that a field holds; not finite where it is missing or no number. */
export function numberAt(bytes: Uint8Array, from: number, to: number, { numbers, missing }: Settings): number {
  const value = parseNumber(bytes, from, to, numbers.decimal);
  if (value - value === 0 && !missing.likeNumbers) return value;
  return isMissing(missing, bytes, from, to) ? NaN : readNumber(bytes, from, to, numbers);
}

/** The date that a field holds, in units of the clock; NaN where it is missing or no date. */
export function dateAt(bytes: Uint8Array, from: number, to: number, { missing, dateFormat, clock }: Settings): number {
  const value = dateFormat === undefined ? parseDate(bytes, from, to, clock) : parseFormatted(bytes, from, to, dateFormat, clock);
  if (value === NO_DATE || (missing.likeNumbers && isMissing(missing, bytes, from, to))) return NaN;
  return value;
}
