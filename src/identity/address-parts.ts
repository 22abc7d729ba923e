import { plainText } from './name-words.js';
import { isPlaceholder } from './placeholder.js';

/** An address taken apart for comparison. */
export interface AddressParts {
  /** the letters, words one after the other, with the usual short forms for long ones; no digits */
  readonly text: string;
  /** the numbers, in the order they stand */
  readonly numbers: readonly string[];
  /** both as one text */
  readonly key: string;
}

/** Long forms and the short ones that stand for them. */
const SHORT: Readonly<Record<string, string>> = {
  street: 'st', strasse: 'str', road: 'rd', avenue: 'ave', boulevard: 'blvd', lane: 'ln', drive: 'dr', court: 'ct', place: 'pl', square: 'sq', apartment: 'apt', suite: 'ste', number: 'no', north: 'n', south: 's', east: 'e', west: 'w',
};

/** Digits of the longest number of a house, street or room; longer ones are postcodes. */
const HOUSE_DIGITS = 5;

/**
 * An address in letters and numbers; `null` where it names no house, street or room by number.
 *
 * A town or a district alone is home to thousands of one name, so it says nothing of who they are; nor do `unknown` or a
 * postcode of six digits.
 *
 * @example
 * addressParts('12 Main Street, Apt. 3');   // { text: 'mainstapt', numbers: ['12', '3'], … }
 * addressParts('北京市朝阳区建国路88号');     // { text: '北京市朝阳区建国路号', numbers: ['88'], … }
 */
export function addressParts(text: string): AddressParts | null {
  const words = plainText(text).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').map((word) => (Object.hasOwn(SHORT, word) ? SHORT[word]! : word));
  const whole = words.join(' ');
  const numbers = (whole.match(/\d+/g) ?? []).map((digits) => digits.replace(/^0+(?=\d)/, ''));
  const letters = whole.replace(/[\d ]+/g, '');
  if (isPlaceholder(text) || !numbers.some((digits) => digits.length <= HOUSE_DIGITS)) return null;
  return { text: letters, numbers, key: `${letters} ${numbers.join(',')}` };
}
