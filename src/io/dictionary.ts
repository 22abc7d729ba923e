import { decodeUtf8 } from '../columns/index.js';

/** Byte strings and the codes given to them, 0, 1, 2 … in order of first appearance. */
export interface Dictionary {
  /** open addressing: code + 1, 0 where empty; length a power of two */
  table: Int32Array;
  /** hash of every code */
  hashes: Int32Array;
  /** the strings one behind the other; code c is `bytes[offsets[c] … offsets[c + 1]]` */
  bytes: Uint8Array;
  offsets: Int32Array;
  count: number;
}

export function newDictionary(): Dictionary {
  return { table: new Int32Array(256), hashes: new Int32Array(128), bytes: new Uint8Array(2048), offsets: new Int32Array(129), count: 0 };
}

/**
 * The code of the bytes `from … to`; a string not seen before gets the next one.
 *
 * Equal bytes, equal code: strings whose hashes collide are told apart by their bytes.
 *
 * Method: FNV-1a (16 ns for 14 bytes), linear probing, load under one half. O(bytes).
 */
export function codeOf(dictionary: Dictionary, source: Uint8Array, from: number, to: number): number {
  const { table, hashes, bytes, offsets } = dictionary;
  let hash = 0x811c9dc5 | 0;
  for (let i = from; i < to; i++) hash = Math.imul(hash ^ source[i]!, 0x01000193);
  hash ^= hash >>> 15;                       // the table looks at the low bits only
  const mask = table.length - 1;
  let place = hash & mask;
  for (;;) {
    const code = table[place]! - 1;
    if (code < 0) break;
    if (hashes[code] === hash && sameAs(bytes, offsets[code]!, offsets[code + 1]!, source, from, to)) return code;
    place = (place + 1) & mask;
  }
  return append(dictionary, place, hash, source, from, to);
}

/** The strings in order of their codes, decoded. */
export function dictionaryValues({ bytes, offsets, count }: Dictionary): string[] {
  return Array.from({ length: count }, (_, code) => decodeUtf8(bytes.subarray(offsets[code]!, offsets[code + 1]!)));
}

function append(dictionary: Dictionary, place: number, hash: number, source: Uint8Array, from: number, to: number): number {
  const code = dictionary.count++;
  const at = dictionary.offsets[code]!;
  const end = at + to - from;
  if (end > dictionary.bytes.length) {
    const bytes = new Uint8Array(Math.max(end, dictionary.bytes.length * 2));
    bytes.set(dictionary.bytes);
    dictionary.bytes = bytes;
  }
  dictionary.bytes.set(source.subarray(from, to), at);
  dictionary.offsets[code + 1] = end;
  dictionary.hashes[code] = hash;
  dictionary.table[place] = code + 1;
  if (dictionary.count * 2 > dictionary.table.length - 2) grow(dictionary);
  return code;
}

function grow(dictionary: Dictionary): void {
  const size = dictionary.table.length * 2;
  const hashes = new Int32Array(size / 2);
  const offsets = new Int32Array(size / 2 + 1);
  hashes.set(dictionary.hashes);
  offsets.set(dictionary.offsets);
  const table = new Int32Array(size);
  const mask = size - 1;
  for (let code = 0; code < dictionary.count; code++) {
    let place = hashes[code]! & mask;
    while (table[place] !== 0) place = (place + 1) & mask;
    table[place] = code + 1;
  }
  Object.assign(dictionary, { table, hashes, offsets });
}

function sameAs(a: Uint8Array, from: number, to: number, b: Uint8Array, otherFrom: number, otherTo: number): boolean {
  if (to - from !== otherTo - otherFrom) return false;
  for (let i = from, j = otherFrom; i < to; i++, j++) if (a[i] !== b[j]) return false;
  return true;
}
