import { POINT } from './bytes.js';
import { formatOf, readNumber, type DecimalMark, type NumberFormat, type ThousandsMark } from './number-format.js';
import { type BadValue } from './refusals.js';

/** Why a text is not a number in the given format, with the option that would read it. */
export function explainNumber(text: string, format: NumberFormat): BadValue {
  const trimmed = text.trim();
  if (/^[+-]?(infinity|inf|nan|#?n\/a|#num!|#value!|#div\/0!)$/i.test(trimmed) || /^[+-]?[\d.,]+e[+-]?\d+$/i.test(trimmed)) {
    return { code: 'VALUE_INVALID', reason: 'is not a finite number', mend: 'Correct it at the source.' };
  }
  if (/^0x/i.test(trimmed)) return { code: 'VALUE_INVALID', reason: 'is not a decimal number', mend: 'Write it with decimal digits.' };
  const options = formatsReading(text, format);
  if (options.length > 0) return { code: 'VALUE_INVALID', reason: 'is not a number as written', mend: `If that is how the file writes numbers, pass ${options.join(', or ')}.` };
  if (/^\(.*\)$/.test(trimmed) || /\d-$/.test(trimmed)) return { code: 'VALUE_INVALID', reason: 'is not a number', mend: 'Write negative amounts with a minus sign in front: -12.50.' };
  return { code: 'VALUE_INVALID', reason: 'is not a number', mend: `Write digits with a decimal ${format.decimal === POINT ? 'point' : 'comma'}, such as ${format.decimal === POINT ? '12.50' : '12,50'}.` };
}

/** The options under which a text would be a number: one answer, or two where it could mean two. */
function formatsReading(text: string, format: NumberFormat): string[] {
  const sign = format.currencySign ?? currencySignOf(text);
  const bytes = new TextEncoder().encode(text);
  const answers = new Map<number, string>();      // by the number it would be: two ways to the same number are one answer
  for (const decimal of [String.fromCharCode(format.decimal), '.', ','] as readonly DecimalMark[]) {
    for (const thousands of [undefined, ',', '.', ' ', "'"] as readonly (ThousandsMark | undefined)[]) {
      if (thousands === decimal) continue;
      const value = readNumber(bytes, 0, bytes.length, formatOf(decimal, thousands, sign));
      if (!Number.isFinite(value) || answers.has(value)) continue;
      answers.set(value, [
        decimal.charCodeAt(0) === format.decimal ? '' : `decimal: '${decimal}'`,
        thousands === undefined || thousands === format.thousands ? '' : `thousands: ${thousands === "'" ? `"'"` : `'${thousands}'`}`,
        sign === undefined || sign === format.currencySign ? '' : `currencySign: '${sign}'`,
      ].filter((part) => part !== '').join(' and '));
    }
  }
  return [...answers.values()].filter((answer) => answer !== '');
}

/** What stands before or behind the digits. */
function currencySignOf(text: string): string | undefined {
  const match = /^\s*[+-]?\s*([^\d\s+\-.,']{1,8}\.?)?\s*[+-]?[\d.,' \u00a0\u2009\u202f\u2019]*\d\s*([^\d\s+\-.,']{1,8}\.?)?\s*$/.exec(text);
  return match?.[1] ?? match?.[2];
}
