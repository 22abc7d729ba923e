import { isPlaceholder } from './placeholder.js';

/** A name taken apart for comparison. */
export interface NameWords {
  /** the Chinese characters (and kana, hangul), without anything between them; '' where there are none */
  readonly han: string;
  /** the other words, in alphabetical order, without titles */
  readonly words: readonly string[];
  /** both as one text: equal for names that differ in order, case, accents, spaces and titles only */
  readonly key: string;
  /** first letters, for blocks: those of the words, or the first Chinese character */
  readonly initials: string;
}

const TITLES = new Set(['mr', 'mrs', 'ms', 'miss', 'dr', 'prof', 'herr', 'frau', 'mme', 'sr', 'sra']);
const HAN_TITLES = /(先生|女士|小姐|太太)$/u;
/** Letters that keep their mark when accents are taken off. */
const PLAIN: Readonly<Record<string, string>> = { 'ß': 'ss', 'ø': 'o', 'æ': 'ae', 'œ': 'oe', 'ł': 'l', 'đ': 'd', 'ð': 'd', 'þ': 'th', 'ı': 'i' };

/**
 * A name in words: lower case, no accents, no titles, no order; `null` where no letter is left, and for a placeholder (unknown, 不详).
 *
 * @example
 * nameWords('Dr. SMITH, José')?.key;   // 'jose smith'
 * nameWords('张 伟 先生')?.key;          // '张伟'
 */
export function nameWords(text: string): NameWords | null {
  const plain = plainText(text);
  const han = (plain.match(CJK) ?? []).join('').replace(HAN_TITLES, '');
  const words = plain.replace(CJK, ' ').replace(/['’`]/g, '').split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '' && !TITLES.has(word)).sort();
  if ((han === '' && words.length === 0) || isPlaceholder(text)) return null;
  const key = [han, ...words].filter((part) => part !== '').join(' ');
  return { han, words, key, initials: han === '' ? words.map((word) => word[0]).join('') : [...han][0]! };
}

const CJK = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]+/gu;

/** Lower case, half width, without accents. */
export function plainText(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text)) return text.toLowerCase();
  return text.normalize('NFKC').toLowerCase().replace(/[ßøæœłđðþı]/g, (letter) => PLAIN[letter]!).normalize('NFD').replace(/\p{M}+/gu, '').normalize('NFC');
}
