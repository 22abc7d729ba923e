/** Weights and check characters of the resident identity number (GB 11643-1999, ISO 7064 MOD 11-2). */
const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECKS = '10X98765432';

/**
 * A document number as it is compared: letters and digits only, in upper case, full width as half width.
 *
 * A Chinese resident identity number of the old form (15 digits) becomes the new one (18, GB 11643-1999), so that both
 * are one number. Fewer than four letters and digits, one of them repeated throughout, or none of them a digit (UNKNOWN,
 * none), tell nobody apart: such text is no number.
 *
 * @returns the number, or `null` where the text is none
 * @example
 * documentNumber('11010519491231002x');   // '11010519491231002X'
 * documentNumber('00000000');             // null
 */
export function documentNumber(text: string): string | null {
  const plain = text.normalize('NFKC').toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
  if (plain.length < 4 || !/\p{Nd}/u.test(plain) || /^(.)\1*$/u.test(plain)) return null;
  return /^\d{15}$/.test(plain) ? residentNumber(plain) : plain;
}

/** The 18 characters of a resident number of 15 digits; the digits themselves where they hold no date. */
function residentNumber(old: string): string {
  const [month, day] = [Number(old.slice(8, 10)), Number(old.slice(10, 12))];
  if (month < 1 || month > 12 || day < 1 || day > 31) return old;
  return withCheck(`${old.slice(0, 6)}19${old.slice(6)}`);
}

/** 17 digits of a resident number with their check character behind them. */
export function withCheck(digits: string): string {
  const sum = WEIGHTS.reduce((total, weight, i) => total + weight * Number(digits[i]), 0);
  return digits + CHECKS[sum % 11]!;
}
