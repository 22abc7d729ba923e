import { COLON, MINUS, PLUS, POINT, COMMA, SPACE, ZERO } from './bytes.js';

/** A time of day and, where it was written, the offset from UTC. */
export interface TimeOfDay {
  /** seconds since midnight; a fraction of a second is checked and left off */
  second: number;
  /** seconds ahead of UTC */
  offset: number;
  hasOffset: boolean;
}

const UPPER_Z = 90;
const LOWER_Z = 122;
/** Larger than any hour or minute. */
const NO_DIGIT = 1000;

/**
 * Read `HH:mm`, `HH:mm:ss`, `HH:mm:ss.fff`, each alone or with `Z`, ` UTC`, `±HH`, `±HHMM` or `±HH:MM`, from the bytes
 * `from … to`.
 *
 * @param time where the result is put: one object is used again and again, so that no row makes a new one
 * @returns false where the bytes are no time
 */
export function parseTime(bytes: Uint8Array, from: number, to: number, time: TimeOfDay): boolean {
  let at = from;
  let hour = digitAt(bytes, at++, to);
  if (at < to && bytes[at] !== COLON) hour = hour * 10 + digitAt(bytes, at++, to);
  if (at >= to || bytes[at] !== COLON) return false;
  const minute = twoDigits(bytes, at + 1, to);
  at += 3;
  let second = 0;
  if (at < to && bytes[at] === COLON) {
    second = twoDigits(bytes, at + 1, to);
    at += 3;
    if (at < to && (bytes[at] === POINT || bytes[at] === COMMA)) {
      const fraction = ++at;
      while (at < to && isDigit(bytes[at]!)) at++;
      if (at === fraction) return false;
    }
  }
  // A byte that was no digit made its number too large.
  if (hour > 23 || minute > 59 || second > 59) return false;
  time.second = hour * 3600 + minute * 60 + second;
  time.hasOffset = at < to;
  time.offset = time.hasOffset ? parseOffset(bytes, at, to) : 0;
  return !Number.isNaN(time.offset);
}

/** Seconds ahead of UTC; NaN where the bytes say no offset. */
function parseOffset(bytes: Uint8Array, from: number, to: number): number {
  const at = bytes[from] === SPACE ? from + 1 : from;
  const first = bytes[at]!;
  if (to - at === 1) return first === UPPER_Z || first === LOWER_Z ? 0 : NaN;
  if (to - at === 3 && first === 85 && bytes[at + 1] === 84 && bytes[at + 2] === 67) return 0;      // UTC
  if (first !== PLUS && first !== MINUS) return NaN;
  const hours = twoDigits(bytes, at + 1, to);
  let minutes = 0;
  if (to - at === 6 && bytes[at + 3] === COLON) minutes = twoDigits(bytes, at + 4, to);
  else if (to - at === 5) minutes = twoDigits(bytes, at + 3, to);
  else if (to - at !== 3) return NaN;
  if (hours > 23 || minutes > 59) return NaN;
  const seconds = hours * 3600 + minutes * 60;
  return first === MINUS ? -seconds : seconds;
}

function twoDigits(bytes: Uint8Array, at: number, to: number): number {
  return digitAt(bytes, at, to) * 10 + digitAt(bytes, at + 1, to);
}

function digitAt(bytes: Uint8Array, at: number, to: number): number {
  return at < to && isDigit(bytes[at]!) ? bytes[at]! - ZERO : NO_DIGIT;
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= ZERO + 9;
}
