import { checkWord, optionInvalid } from '../core/index.js';
import { COMMA, POINT } from './bytes.js';
import { LONGEST_MARKED, parseMarkedNumber } from './parse-marked-number.js';
import { parseNumber } from './parse-number.js';

export type DecimalMark = '.' | ',';
export type ThousandsMark = ',' | '.' | ' ' | "'";

/** How numbers are written in a source. */
export interface NumberFormat {
  /** the byte of the decimal mark */
  readonly decimal: number;
  readonly thousands: ThousandsMark | undefined;
  readonly currencySign: string | undefined;
  /** the currency sign as UTF-8 */
  readonly signBytes: Uint8Array;
}

/**
 * Check the options `decimal`, `thousands` and `currencySign`.
 *
 * @throws ClienteleError `OPTION_INVALID`, also where decimal and thousands are the same mark
 */
export function numberFormat(where: string, options: { readonly decimal?: unknown; readonly thousands?: unknown; readonly currencySign?: unknown }): NumberFormat {
  const decimal = checkWord(where, 'decimal', options.decimal ?? '.', ['.', ','] as const);
  const thousands = options.thousands === undefined ? undefined : checkWord(where, 'thousands', options.thousands, [',', '.', ' ', "'"] as const);
  if (thousands === decimal) {
    throw optionInvalid(where, 'thousands', thousands, `It is also the decimal mark; for 1.234,50 pass decimal: ',' and thousands: '.'.`);
  }
  const sign = options.currencySign;
  if (sign !== undefined && (typeof sign !== 'string' || sign.trim() === '' || /^[\d+\-.,]|\d$/.test(sign.trim()))) {
    throw optionInvalid(where, 'currencySign', sign, "Give the text that stands before or behind amounts: '€', 'USD'.");
  }
  return formatOf(decimal, thousands, sign?.trim());
}

/** The format of checked marks. */
export function formatOf(decimal: DecimalMark, thousands?: ThousandsMark, currencySign?: string): NumberFormat {
  return { decimal: decimal === '.' ? POINT : COMMA, thousands, currencySign, signBytes: new TextEncoder().encode(currencySign ?? '') };
}

/**
 * The number that the bytes spell in a format; NaN where they spell none, infinite where it is too large.
 *
 * Most numbers are plain; only those that carry group marks or a currency sign are cleaned of them first.
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, format: NumberFormat): number {
  const plain = parseNumber(bytes, from, to, format.decimal);
  if (!Number.isNaN(plain) || (format.thousands === undefined && format.currencySign === undefined) || to - from > LONGEST_MARKED) return plain;
  return parseMarkedNumber(bytes, from, to, format);
}
