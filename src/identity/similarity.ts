import { distance } from 'fastest-levenshtein';
import type { AddressParts } from './address-parts.js';
import type { NameWords } from './name-words.js';

/** Below this, two words are two words and not one with a slip of the pen. */
export const LIKE_WORD = 0.7;
/** What an initial is worth against the word it stands for. */
const INITIAL = 0.8;
/** Names of more words than this are compared as one text. */
const MOST_WORDS = 8;

/** How alike two texts are: 1 - edits / length of the longer one (Levenshtein 1966); 1 for two empty ones. */
export function textSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  return 1 - distance(a, b) / Math.max(a.length, b.length);
}

/** How alike two names are. */
export interface NameSimilarity {
  /** 0 to 1; NaN where the names share no script and cannot be compared */
  readonly similarity: number;
  /** true where a word of the shorter name has no like word in the other: two persons, as far as names tell */
  readonly contradicts: boolean;
}

const INCOMPARABLE: NameSimilarity = { similarity: NaN, contradicts: false };
const SAME: NameSimilarity = { similarity: 1, contradicts: false };

/**
 * How alike two names are: every word of the shorter one is laid beside its most similar word in the other.
 *
 * The similarity is the mean over the words laid side by side, by their letters, or that of the least similar pair where it is
 * below 0.7; times the share of all letters that stand in a pair. So a slip of the pen costs little, and another given name
 * everything, however long the family name. Chinese names are one word; where both names have Chinese characters, only these
 * are compared.
 */
export function nameSimilarity(a: NameWords, b: NameWords): NameSimilarity {
  if (a.key === b.key) return SAME;
  if (a.han !== '' && b.han !== '') return ofLeast(textSimilarity(a.han, b.han), 1);
  if (a.words.length === 0 || b.words.length === 0) return INCOMPARABLE;
  if (a.words.length > MOST_WORDS || b.words.length > MOST_WORDS) return ofLeast(textSimilarity(a.words.join(' '), b.words.join(' ')), 1);
  // Which name comes first must not matter, not even where pairs are equally alike.
  const inOrder = a.words.length === b.words.length ? a.key <= b.key : a.words.length < b.words.length;
  return inOrder ? wordsSimilarity(a.words, b.words) : wordsSimilarity(b.words, a.words);
}

function ofLeast(similarity: number, covered: number): NameSimilarity {
  return { similarity: similarity * covered, contradicts: similarity < LIKE_WORD };
}

/** Pairs are taken from the most similar down. */
function wordsSimilarity(few: readonly string[], many: readonly string[]): NameSimilarity {
  const taken = new Uint8Array(MOST_WORDS);
  const laid = new Uint8Array(MOST_WORDS);
  let least = 1;
  let sum = 0;
  let letters = 0;
  for (let round = 0; round < few.length; round++) {
    let best = -1;
    let at = 0;
    let to = 0;
    for (let i = 0; i < few.length; i++) {
      if (laid[i] === 1) continue;
      for (let j = 0; j < many.length; j++) {
        if (taken[j] === 1) continue;
        const similarity = wordSimilarity(few[i]!, many[j]!);
        // Of equal pairs the one with more letters.
        if (similarity > best || (similarity === best && few[i]!.length + many[j]!.length > few[at]!.length + many[to]!.length)) [best, at, to] = [similarity, i, j];
      }
    }
    laid[at] = taken[to] = 1;
    const size = few[at]!.length + many[to]!.length;
    least = Math.min(least, best);
    sum += best * size;
    letters += size;
  }
  const all = lettersOf(few) + lettersOf(many);
  return { similarity: (least < LIKE_WORD ? least : sum / letters) * (letters / all), contradicts: least < LIKE_WORD };
}

function wordSimilarity(a: string, b: string): number {
  if (a === b) return 1;
  if ((a.length === 1 || b.length === 1) && a[0] === b[0]) return INITIAL;
  return textSimilarity(a, b);
}

function lettersOf(words: readonly string[]): number {
  let letters = 0;
  for (const word of words) letters += word.length;
  return letters;
}

/** What is left of an address's similarity when one names more numbers than the other (a flat), and when numbers differ (another house). */
const MORE_NUMBERS = 0.9;
const OTHER_NUMBERS = 0.5;

/**
 * How alike two addresses are: the similarity of their letters, times 0.9 where one has all numbers of the other and more,
 * times 0.5 where numbers differ. Next door is another house, however alike the text.
 */
export function addressSimilarity(a: AddressParts, b: AddressParts): number {
  if (a.key === b.key) return 1;
  const letters = textSimilarity(a.text, b.text);
  return letters * (a.numbers.length <= b.numbers.length ? numbersFactor(a.numbers, b.numbers) : numbersFactor(b.numbers, a.numbers));
}

function numbersFactor(few: readonly string[], many: readonly string[]): number {
  const rest = many.slice();
  for (const number of few) {
    const at = rest.indexOf(number);
    if (at === -1) return OTHER_NUMBERS;
    rest.splice(at, 1);
  }
  return rest.length === 0 ? 1 : MORE_NUMBERS;
}
