import { isSpace, MINUS, PLUS, SPACE, ZERO } from './bytes.js';
import type { NumberFormat } from './number-format.js';
import { parseNumber } from './parse-number.js';

/** Longer fields are no marked numbers. */
export const LONGEST_MARKED = 200;

const plain = new Uint8Array(LONGEST_MARKED);

/**
 * A number with group marks, a currency sign, or both: `-€1,234.50`, `1.234,50 €`; NaN where the bytes spell none.
 *
 * The sign of the number stands first, or between currency sign and digits. Groups have three digits, the first one to
 * three. A space as group mark also stands for the no-break, thin and narrow spaces that programs write, `'` also for
 * the typographic apostrophe.
 *
 * Method: what remains without the marks is put into a buffer and read as a plain number. O(bytes).
 */
export function parseMarkedNumber(bytes: Uint8Array, from: number, to: number, { decimal, thousands, signBytes }: NumberFormat): number {
  let at = skipSpaces(bytes, from, to);
  let end = endSpaces(bytes, at, to);
  let put = 0;
  if (isSign(bytes[at]!)) {
    plain[put++] = bytes[at]!;
    at = skipSpaces(bytes, at + 1, end);
  }
  const sign = signBytes.length;
  if (sign > 0 && standsAt(signBytes, bytes, at, end)) at = skipSpaces(bytes, at + sign, end);
  else if (sign > 0 && standsAt(signBytes, bytes, end - sign, end) && end - sign >= at) end = endSpaces(bytes, at, end - sign);
  if (put === 0 && isSign(bytes[at]!)) plain[put++] = bytes[at++]!;
  const digits = put;

  let group = 0;            // digits since the last mark
  let marks = 0;
  while (at < end && bytes[at] !== decimal) {
    const length = thousands === undefined ? 0 : markLength(bytes, at, thousands);
    if (length === 0) {
      if (bytes[at]! < ZERO || bytes[at]! > ZERO + 9) break;      // an exponent, or nothing that is read
      plain[put++] = bytes[at++]!;
      group++;
      continue;
    }
    if (group === 0 || group > 3 || (marks > 0 && group !== 3)) return NaN;
    marks++;
    group = 0;
    at += length;
  }
  if (marks > 0 && group !== 3) return NaN;
  if (put === digits && bytes[at] !== decimal) return NaN;
  while (at < end) plain[put++] = bytes[at++]!;
  return parseNumber(plain, 0, put, decimal);
}

/** Length of the group mark at a place, 0 where there is none. */
function markLength(bytes: Uint8Array, at: number, thousands: string): number {
  if (thousands === ' ') return bytes[at] === SPACE ? 1 : wideSpace(bytes, at);
  if (bytes[at] === thousands.charCodeAt(0)) return 1;
  return thousands === "'" && bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && bytes[at + 2] === 0x99 ? 3 : 0;      // ’
}

/** Length of a no-break (C2 A0), thin (E2 80 89) or narrow (E2 80 AF) space; 0 where there is none. */
function wideSpace(bytes: Uint8Array, at: number): number {
  if (bytes[at] === 0xc2 && bytes[at + 1] === 0xa0) return 2;
  return bytes[at] === 0xe2 && bytes[at + 1] === 0x80 && (bytes[at + 2] === 0x89 || bytes[at + 2] === 0xaf) ? 3 : 0;
}

function skipSpaces(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const length = isSpace(bytes[at]!) ? 1 : wideSpace(bytes, at);
    if (length === 0) break;
    at += length;
  }
  return at;
}

function endSpaces(bytes: Uint8Array, from: number, to: number): number {
  let at = to;
  while (at > from) {
    if (isSpace(bytes[at - 1]!)) at--;
    else if (at - 2 >= from && wideSpace(bytes, at - 2) === 2) at -= 2;
    else if (at - 3 >= from && wideSpace(bytes, at - 3) === 3) at -= 3;
    else break;
  }
  return at;
}

function standsAt(sign: Uint8Array, bytes: Uint8Array, at: number, end: number): boolean {
  if (at < 0 || at + sign.length > end) return false;
  for (let k = 0; k < sign.length; k++) if (bytes[at + k] !== sign[k]) return false;
  return true;
}

function isSign(byte: number): boolean {
  return byte === MINUS || byte === PLUS;
}
