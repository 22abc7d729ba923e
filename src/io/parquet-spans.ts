import type { TextType } from './parquet-type.js';
import { firstNotUtf8 } from './utf8.js';

/** Texts in bytes: text i is `bytes[from[i] … to[i]]`, UTF-8. */
export interface TextSpans {
  readonly bytes: Uint8Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
}

/** Bytes that are not text, where text was expected. */
export class NotText extends RangeError {}

const DIGITS = new TextEncoder().encode('0123456789abcdef');
const UUID_LENGTH = 36;

/**
 * Where the texts of plainly encoded values stand; the bytes are shared, those of UUIDs written out.
 *
 * @throws RangeError where the bytes end early; {@link NotText} for a column not marked as text that is none
 */
export function readSpans(type: TextType, bytes: Uint8Array, start: number, count: number): TextSpans {
  if (type.is === 'uuid') return uuidSpans(bytes, start, count);
  if (start + 4 * count > bytes.length) throw new RangeError('the texts end early');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  let at = start;
  for (let i = 0; i < count; i++) {
    const begin = at + 4;
    at = begin + view.getUint32(at, true);
    from[i] = begin;
    to[i] = at;
    if (at > bytes.length) throw new RangeError('the texts end early');
    if (type.checked && firstNotUtf8(bytes, begin, at) < at) throw new NotText();
  }
  return { bytes, from, to };
}

/** 123e4567-e89b-12d3-a456-426614174000 */
function uuidSpans(bytes: Uint8Array, start: number, count: number): TextSpans {
  if (start + 16 * count > bytes.length) throw new RangeError('the values end early');
  const texts = new Uint8Array(UUID_LENGTH * count).fill(0x2d);
  let at = 0;
  for (let i = 0; i < 16 * count; i++) {
    const byte = bytes[start + i]!;
    texts[at++] = DIGITS[byte >> 4]!;
    texts[at++] = DIGITS[byte & 15]!;
    const place = i & 15;
    if (place === 3 || place === 5 || place === 7 || place === 9) at++;
  }
  const from = Int32Array.from({ length: count }, (_, i) => UUID_LENGTH * i);
  return { bytes: texts, from, to: from.map((begin) => begin + UUID_LENGTH) };
}
