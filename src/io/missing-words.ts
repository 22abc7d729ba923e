import { optionInvalid, valueText } from '../core/index.js';
import { afterSpaces, beforeSpaces, isSpace } from './bytes.js';

/** What stands for "no value" unless the option `missing` says otherwise. */
export const MISSING_WORDS: readonly string[] = ['', 'NA', 'N/A', 'NULL', 'null', 'NaN', 'nan', '\\N'];

/** Words for a missing value, ready to be compared with bytes. */
export interface MissingWords {
  readonly words: readonly Uint8Array[];
  /** 1 for the first bytes of the words: one look rules out nearly every field */
  readonly begins: Uint8Array;
  /** true where a word could also be read as a number or a date, such as `-999` */
  readonly likeNumbers: boolean;
}

/**
 * Prepare the option `missing`. An empty field is missing whether or not the list says so.
 *
 * @throws ClienteleError `OPTION_INVALID`
 */
export function missingWords(where: string, given: readonly string[] = MISSING_WORDS): MissingWords {
  if (!Array.isArray(given) || given.some((word) => typeof word !== 'string')) {
    throw optionInvalid(where, 'missing', given, `Give a list of words: missing: ['', 'NA', ${valueText('-999')}].`);
  }
  const encoder = new TextEncoder();
  const words = given.map((word) => encoder.encode(word.trim())).filter((word) => word.length > 0);
  const begins = new Uint8Array(256);
  for (const word of words) begins[word[0]!] = 1;
  return { words, begins, likeNumbers: given.some((word) => /\d/.test(word)) };
}

/**
 * True where the bytes `from … to` are no value: empty, nothing but spaces, or one of the words (spaces around it do
 * not count).
 */
export function isMissing(missing: MissingWords, bytes: Uint8Array, from: number, to: number): boolean {
  if (from >= to) return true;
  const first = bytes[from]!;
  if (missing.begins[first] === 0 && !isSpace(first)) return false;
  const start = afterSpaces(bytes, from, to);
  const end = beforeSpaces(bytes, start, to);
  if (start === end) return true;
  return missing.words.some((word) => sameBytes(word, bytes, start, end));
}

/** 1 for every byte a missing value can begin with: those of the words, and spaces. */
export function beginsOf({ begins }: MissingWords): Uint8Array {
  return begins.map((begin, byte) => (begin === 1 || isSpace(byte) ? 1 : 0));
}

function sameBytes(word: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (word.length !== to - from) return false;
  for (let i = 0; i < word.length; i++) if (word[i] !== bytes[from + i]) return false;
  return true;
}
