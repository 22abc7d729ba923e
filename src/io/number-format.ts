import { checkWord, optionInvalid } from '../core/index.js';
import { decodeUtf8 } from '../columns/index.js';
import { COMMA, POINT } from './bytes.js';
import { parseNumber } from './parse-number.js';

export type DecimalMark = '.' | ',';
export type ThousandsMark = ',' | '.' | ' ' | "'";

/** How numbers are written in a source. */
export interface NumberFormat {
  /** the byte of the decimal mark */
  readonly decimal: number;
  readonly thousands: ThousandsMark | undefined;
  readonly currencySign: string | undefined;
  /** a number in groups of three digits, and the mark between them; absent without `thousands` */
  readonly groups: { readonly whole: RegExp; readonly mark: RegExp } | undefined;
}

/** Spaces and apostrophes that files use between groups of digits: no-break, thin and narrow spaces; the typographic apostrophe. */
const GROUP_SPACES = '[ \u00a0\u2009\u202f]';
const GROUP_MARKS: Readonly<Record<ThousandsMark, string>> = { ',': ',', '.': '\\.', ' ': GROUP_SPACES, "'": "['\u2019]" };

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
  const mark = thousands === undefined ? undefined : GROUP_MARKS[thousands];
  const groups = mark === undefined ? undefined : { whole: new RegExp(`^\\d{1,3}(?:${mark}\\d{3})+(?:${decimal === '.' ? '\\.' : ','}\\d*)?$`), mark: new RegExp(mark, 'g') };
  return { decimal: decimal === '.' ? POINT : COMMA, thousands, currencySign, groups };
}

/**
 * The number that the bytes spell in a format; NaN where they spell none, infinite where it is too large.
 *
 * Plain numbers are read from their bytes; only those that carry group marks or a currency sign go through text
 * (about 400 ns against 15).
 */
export function readNumber(bytes: Uint8Array, from: number, to: number, format: NumberFormat): number {
  const plain = parseNumber(bytes, from, to, format.decimal);
  if (!Number.isNaN(plain) || (format.thousands === undefined && format.currencySign === undefined) || to - from > 200) return plain;
  return readMarkedNumber(decodeUtf8(bytes.subarray(from, to)), format);
}

/** A number with group marks and a currency sign: `-€1,234.50`, `1.234,50 €`. Groups have three digits. */
function readMarkedNumber(text: string, { decimal, groups, currencySign }: NumberFormat): number {
  let rest = text.trim();
  let sign = '';
  const takeSign = (): void => {
    if (sign === '' && /^[+-]/.test(rest)) {
      sign = rest[0]!;
      rest = rest.slice(1).trimStart();
    }
  };
  takeSign();
  if (currencySign !== undefined) {
    if (rest.startsWith(currencySign)) rest = rest.slice(currencySign.length).trimStart();
    else if (rest.endsWith(currencySign)) rest = rest.slice(0, -currencySign.length).trimEnd();
    takeSign();
  }
  if (groups?.whole.test(rest) === true) rest = rest.replace(groups.mark, '');
  if (!/^[\d.,]/.test(rest)) return NaN;
  const bytes = new TextEncoder().encode(sign + rest);
  return parseNumber(bytes, 0, bytes.length, decimal);
}
