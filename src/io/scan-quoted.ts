import { CR, LF, QUOTE } from './bytes.js';

/** What a quoted field holds besides text. */
export interface Quoted {
  /** line breaks in it, CRLF as one */
  breaks: number;
  /** whether `""` stands in it */
  doubled: boolean;
}

/**
 * The quote that closes a field.
 *
 * @param from behind the quote that opens it
 * @param end end of the bytes, where an LF stands
 * @param quoted filled
 * @returns the closing quote's place; `end` where there is none
 */
export function quotedEnd(bytes: Uint8Array, from: number, end: number, quoted: Quoted): number {
  let breaks = 0;
  let doubled = false;
  let i = from;
  for (; ; i++) {
    const byte = bytes[i]!;
    if (byte > QUOTE) continue;
    if (byte === QUOTE) {
      if (bytes[i + 1] !== QUOTE || i + 1 >= end) break;
      doubled = true;
      i++;
    } else if (byte === LF) {
      if (i >= end) break;
      breaks++;
    } else if (byte === CR && bytes[i + 1] !== LF) breaks++;
  }
  quoted.breaks = breaks;
  quoted.doubled = doubled;
  return i;
}

/** Make one quote of every two in field `k`, if its start is complemented, which marks such fields. */
export function closeUpQuotes(bytes: Uint8Array, from: Int32Array, to: Int32Array, k: number): void {
  if (from[k]! >= 0) return;
  const start = ~from[k]!;
  let put = start;
  for (let i = start; i < to[k]!; i++) {
    bytes[put++] = bytes[i]!;
    if (bytes[i] === QUOTE) i++;
  }
  from[k] = start;
  to[k] = put;
}
