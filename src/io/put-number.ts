/** Most bytes {@link putNumber} writes: the longest a double can need, `-0.0000012345678901234567`. */
export const NUMBER_ROOM = 25;

const ZERO = 48;
const TEN_TO_9 = 1e9;
const WHOLE_LIMIT = 9007199254740992;      // 2^53: below it every whole number is exact
const CENTS_LIMIT = 1e15;                  // up to 15 digits a decimal number and its double are one to one

/**
 * Write a finite number as the same characters `String(v)` has, without making a string where that can be helped.
 *
 * Whole numbers are written digit by digit. For the others the nearest count of hundredths is tried: when dividing it
 * by 100 gives the number back, it is that number's shortest text (15 digits at most are one to one with doubles).
 * Only what is left goes through `String`.
 *
 * @param out where to write; must have {@link NUMBER_ROOM} bytes from `at`
 * @param v any number; not-finite ones come out as JavaScript names them
 * @returns the position behind the last byte written. O(digits).
 */
export function putNumber(out: Uint8Array, at: number, v: number): number {
  const size = v < 0 ? -v : v;
  if (size < WHOLE_LIMIT) {
    const whole = Math.floor(size);
    if (whole === size) return putWhole(out, v < 0 ? putSign(out, at) : at, whole);
    const hundredths = Math.round(size * 100);
    if (hundredths < CENTS_LIMIT && hundredths / 100 === size && hundredths > 0) {
      return putHundredths(out, v < 0 ? putSign(out, at) : at, hundredths);
    }
  }
  return putAscii(out, at, String(v));
}

/** Write a whole number 0 … 2^53 - 1 as decimal digits. */
export function putWhole(out: Uint8Array, at: number, n: number): number {
  if (n < TEN_TO_9) return putDigits(out, at, n | 0, digitCount(n));
  const high = Math.floor(n / TEN_TO_9);
  return putDigits(out, putDigits(out, at, high | 0, digitCount(high)), (n - high * TEN_TO_9) | 0, 9);
}

/** Write a count of hundredths as a decimal number without trailing zeros: 1250 as `12.5`. */
function putHundredths(out: Uint8Array, at: number, hundredths: number): number {
  const units = Math.floor(hundredths / 100);
  const rest = hundredths - units * 100;
  let end = putWhole(out, at, units);
  out[end++] = 46;
  const tens = Math.floor(rest / 10);
  out[end++] = ZERO + tens;
  if (rest !== tens * 10) out[end++] = ZERO + rest - tens * 10;
  return end;
}

/** Write characters below 128. */
export function putAscii(out: Uint8Array, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) out[at + i] = text.charCodeAt(i);
  return at + text.length;
}

/** Write bytes. */
export function putBytes(out: Uint8Array, at: number, bytes: Uint8Array): number {
  // Below some 32 bytes a loop beats the call of `set`.
  if (bytes.length > 32) out.set(bytes, at);
  else for (let i = 0; i < bytes.length; i++) out[at + i] = bytes[i]!;
  return at + bytes.length;
}

function putSign(out: Uint8Array, at: number): number {
  out[at] = 45;
  return at + 1;
}

/** Write `n` in exactly `count` digits, zeros in front. */
export function putDigits(out: Uint8Array, at: number, n: number, count: number): number {
  let rest = n;
  for (let i = at + count - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    out[i] = ZERO + rest - tens * 10;
    rest = tens;
  }
  return at + count;
}

function digitCount(n: number): number {
  if (n < 1e5) return n < 100 ? (n < 10 ? 1 : 2) : n < 1e3 ? 3 : n < 1e4 ? 4 : 5;
  return n < 1e7 ? (n < 1e6 ? 6 : 7) : n < 1e8 ? 8 : 9;
}
