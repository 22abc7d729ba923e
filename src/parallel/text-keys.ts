import { isMissing, readCodes, readSpans, refuseEncoding, type DataPage, type MissingWords, type PageSink, type TextSpans, type TextType } from '../io/index.js';
import { newKeys, type Keys } from './keyed-rows.js';

/** What became of the text ids of a row group. */
export interface TextKeys {
  readonly keys: Keys;
  /** rows so far */
  rows: number;
  /** where keys longer than four words stand, and bytes used of it */
  longKeys: Uint8Array;
  longUsed: number;
  /** bytes of the longest key */
  longest: number;
  /** rows without an id, ascending */
  absent: number[];
  /** whether a text stands for a missing id; such rows have no id either, and are not listed */
  missingWord: boolean;
  /** the dictionaries, as long as all ids were codes into them */
  coded: TextSpans[] | undefined;
}

/** Takes up the text ids of one row group after the other as keys, zeros where there is none. */
export interface KeySink extends PageSink {
  readonly found: TextKeys;
  /** Forget the row group before. */
  begin(): void;
}

/**
 * A sink for text ids. They become keys straight from their pages: neither their texts nor where these begin are kept.
 *
 * @param rows of the largest row group
 */
export function newKeySink(type: TextType, rows: number, missing: MissingWords): KeySink {
  const found: TextKeys = { keys: newKeys(rows), rows: 0, longKeys: new Uint8Array(0), longUsed: 0, longest: 0, absent: [], missingWord: false, coded: [] };
  let entries = newKeys(0);
  return {
    found,
    begin: () => void Object.assign(found, { rows: 0, longUsed: 0, longest: 0, absent: [], missingWord: false, coded: [] }),
    dictionary: (bytes, count) => {
      const texts = readSpans(type, bytes, 0, count);
      // A copy, since pages may lie in memory that is used again.
      found.coded?.push({ ...texts, bytes: texts.bytes.slice() });
      entries = newKeys(count);
      for (let i = 0; i < count; i++) putKey(found, entries, missing, texts.bytes, texts.from[i]!, texts.to[i]!, i);
    },
    page: (page) => {
      const codes = page.values === 0 ? NO_CODES : readCodes(page, entries.longer.length);
      if (codes !== undefined) takeCodes(found, page, codes, entries);
      else {
        found.coded = undefined;
        refuseEncoding(page);
        if (type.is === 'text') takeTexts(found, page, missing);
        else takeSpans(found, page, readSpans(type, page.bytes, page.from, page.values), missing);
      }
      found.rows += page.rows;
    },
  };
}

const NO_CODES = new Int32Array(0);

/** By the bytes of a key, 0 to 16: what of its four words lies behind its end. */
const BEHIND = Int32Array.from({ length: 17 * 4 }, (_, i) => {
  const left = (i >> 2) - (i & 3) * 4;
  return left >= 4 ? 0 : left <= 0 ? -1 : -1 << (left * 8);
});

/** Plain texts, each behind its length. */
function takeTexts(found: TextKeys, { bytes, from, rows, present }: DataPage, missing: MissingWords): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const cursor: TextCursor = { at: from, row: found.rows };
  const end = found.rows + rows;
  while (cursor.row < end) {
    const to = present === undefined ? Math.min(end, cursor.row + BATCH) : found.rows + endOfPresent(present, cursor.row - found.rows);
    takeUsual(found.keys, view, bytes, missing.begins, cursor, to);
    if (cursor.row === end) return;
    if (cursor.row < to) takeText(found, view, bytes, missing, cursor);
    else if (present?.[cursor.row - found.rows] === 0) noKey(found, cursor.row++);
  }
}

/** Texts taken in one call: called again and again, the loop is compiled once, and not anew when what comes behind it is seen. */
const BATCH = 1024;

interface TextCursor {
  at: number;
  row: number;
}

function endOfPresent(present: Int32Array, from: number): number {
  let to = from;
  while (to < present.length && to < from + BATCH && present[to] === 1) to++;
  return to;
}

/**
 * Take usual texts up to row `end`, and stop before another: of 1 to 16 bytes, none zero, surely no word for a missing one.
 *
 * Four bytes at a time, the zero-byte test on all of them.
 */
function takeUsual({ words, longer }: Keys, view: DataView, bytes: Uint8Array, begins: Uint8Array, cursor: TextCursor, end: number): void {
  let { at, row } = cursor;
  const last = bytes.length - 20;
  for (; row < end && at <= last; row++) {
    const length = view.getInt32(at, true);
    const begin = at + 4;
    const first = bytes[begin]!;
    if (length < 1 || length > 16 || first <= SPACE || begins[first] === 1) break;
    const b = length * 4;
    const k = row * 4;
    const o0 = BEHIND[b]!, o1 = BEHIND[b + 1]!, o2 = BEHIND[b + 2]!, o3 = BEHIND[b + 3]!;
    const w0 = view.getInt32(begin, true), w1 = view.getInt32(begin + 4, true), w2 = view.getInt32(begin + 8, true), w3 = view.getInt32(begin + 12, true);
    words[k] = w0 & ~o0;
    words[k + 1] = w1 & ~o1;
    words[k + 2] = w2 & ~o2;
    words[k + 3] = w3 & ~o3;
    longer[row] = ((zeroBytes(w0 | o0) | zeroBytes(w1 | o1) | zeroBytes(w2 | o2) | zeroBytes(w3 | o3)) & 0x80808080) === 0 ? 0 : -1;
    at = begin + length;
  }
  cursor.at = at;
  cursor.row = row;
}

/** The same for one text of any kind. */
function takeText(found: TextKeys, view: DataView, bytes: Uint8Array, missing: MissingWords, cursor: TextCursor): void {
  if (cursor.at + 4 > bytes.length) throw new RangeError('the texts end early');
  const begin = cursor.at + 4;
  cursor.at = begin + view.getUint32(cursor.at, true);
  putKey(found, found.keys, missing, bytes, begin, cursor.at, cursor.row++);
}

const SPACE = 32;

/** A high bit where a byte of the word is zero; other bits say nothing. */
function zeroBytes(word: number): number {
  return (word - 0x01010101) & ~word;
}

function takeCodes(found: TextKeys, { rows, present }: DataPage, codes: Int32Array, entries: Keys): void {
  const { words, longer } = found.keys;
  for (let i = 0, next = 0, row = found.rows; i < rows; i++, row++) {
    if (present !== undefined && present[i] === 0) {
      noKey(found, row);
      continue;
    }
    const code = codes[next++]!;
    const k = row * 4;
    const e = code * 4;
    words[k] = entries.words[e]!;
    words[k + 1] = entries.words[e + 1]!;
    words[k + 2] = entries.words[e + 2]!;
    words[k + 3] = entries.words[e + 3]!;
    longer[row] = entries.longer[code]!;
  }
}

function takeSpans(found: TextKeys, { rows, present }: DataPage, { bytes, from, to }: TextSpans, missing: MissingWords): void {
  for (let i = 0, next = 0, row = found.rows; i < rows; i++, row++) {
    if (present !== undefined && present[i] === 0) noKey(found, row);
    else putKey(found, found.keys, missing, bytes, from[next]!, to[next++]!, row);
  }
}

function noKey(found: TextKeys, row: number): void {
  found.absent.push(row);
  found.keys.words.fill(0, row * 4, row * 4 + 4);
  found.keys.longer[row] = 0;
}

/** One key of any length, into place `at`. */
function putKey(found: TextKeys, { words, longer }: Keys, missing: MissingWords, bytes: Uint8Array, from: number, to: number, at: number): void {
  if (to < from || to > bytes.length) throw new RangeError('the texts end early');
  const length = to - from;
  words.fill(0, at * 4, at * 4 + 4);
  longer[at] = 0;
  if (isMissing(missing, bytes, from, to)) {
    found.missingWord = true;
    return;
  }
  found.longest = Math.max(found.longest, length);
  for (let i = from; i < to; i++) if (bytes[i] === 0) longer[at] = -1;
  if (longer[at] === -1) return;
  if (length > 16) {
    words[at * 4] = keepLong(found, bytes, from, to);
    longer[at] = length;
  } else for (let i = 0; i < length; i++) words[at * 4 + (i >> 2)]! |= bytes[from + i]! << ((i & 3) * 8);
}

function keepLong(found: TextKeys, bytes: Uint8Array, from: number, to: number): number {
  const at = found.longUsed;
  found.longUsed += to - from;
  if (found.longUsed > found.longKeys.length) {
    const larger = new Uint8Array(Math.max(4096, found.longUsed * 2));
    larger.set(found.longKeys.subarray(0, at));
    found.longKeys = larger;
  }
  found.longKeys.set(bytes.subarray(from, to), at);
  return at;
}
