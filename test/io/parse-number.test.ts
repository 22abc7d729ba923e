import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { explainNumber } from '../../src/io/explain-number.js';
import { formatOf, numberFormat, readNumber, type NumberFormat } from '../../src/io/number-format.js';
import { parseNumber } from '../../src/io/parse-number.js';

const encoder = new TextEncoder();
/** Padded on both sides, so that a parser that looks beyond its field is found out. */
const parse = (text: string, decimal = '.'): number => {
  const bytes = encoder.encode(`9${text}9`);
  return parseNumber(bytes, 1, bytes.length - 1, decimal.charCodeAt(0));
};
const read = (text: string, format: NumberFormat): number => readNumber(encoder.encode(text), 0, encoder.encode(text).length, format);

describe('parseNumber', () => {
  it.each(['0', '-0', '7', '+7', '-7', '12.50', '.5', '-.5', '5.', '007.10', '123456789', '1234567890', '12345678.9', '123456789.1', '1e3', '1E-3', '1.5e+10', '0.1', '0.30000000000000004',
    '9007199254740993', '4.35', '0.000001', '1e22', '1e23', '123456789012345e7', '2.2250738585072014e-308', '5e-324', '1.7976931348623157e308', '0.000000000000000000000000000001', '00000000000000000000001.5'])('reads %s as Number does', (text) => {
    expect(parse(text)).toBe(Number(text));
  });
  it.each(['', ' ', '.', '-', '+', '-.', 'e5', '1e', '1e+', '1,5', '1.2.3', '1-', '--1', '+-1', '0x10', '1_000', 'abc', '1a', 'a1', 'Infinity', '-Infinity', 'NaN', '1 2', '１２', '1e5.5', '12345678901.', 'e'])('reads %j as no number unless Number does', (text) => {
    const expected = /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(text) ? Number(text) : NaN;
    expect(parse(text)).toBe(expected);
  });
  it('is infinite where the text is too large, for the caller to refuse', () => {
    expect(parse('1e999')).toBe(Infinity);
    expect(parse('-1e999')).toBe(-Infinity);
    expect(parse('1e-99999999999')).toBe(0);
  });
  it('does not count spaces around the number', () => {
    expect(parse(' 12.5 ')).toBe(12.5);
    expect(parse('\t-3')).toBe(-3);
  });
  it('takes a comma for the decimal mark when told, and then no point', () => {
    expect(parse('12,50', ',')).toBe(12.5);
    expect(parse('1234567890,123456', ',')).toBe(1234567890.123456);
    expect(parse('1234567890123456789,5', ',')).toBe(1234567890123456789.5);
    expect(parse('12.50', ',')).toBeNaN();
  });

  const digits = (min: number, max: number): fc.Arbitrary<string> => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: min, maxLength: max });
  const decimals = fc.tuple(fc.constantFrom('', '-', '+'), digits(0, 25), fc.option(digits(0, 25)), fc.option(fc.tuple(fc.constantFrom('e', 'E'), fc.constantFrom('', '+', '-'), digits(1, 3))))
    .filter(([, whole, part]) => whole !== '' || (part ?? '') !== '')
    .map(([sign, whole, part, exponent]) => `${sign}${whole}${part === null ? '' : `.${part}`}${exponent === null ? '' : exponent.join('')}`);
  it('equals Number bit for bit over random decimals', () => fc.assert(fc.property(decimals, (text) => {
    expect(Object.is(parse(text), Number(text))).toBe(true);
  }), { numRuns: 5000 }));
  it('equals Number bit for bit over short decimals, as amounts are', () => fc.assert(fc.property(fc.integer({ min: -99999999, max: 99999999 }), fc.integer({ min: 0, max: 8 }), (n, k) => {
    const text = (n / 10 ** k).toFixed(k);
    expect(Object.is(parse(text), Number(text))).toBe(true);
  }), { numRuns: 3000 }));
  it('gives back every double that is printed', () => fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
    expect(Object.is(parse(String(value)), value === 0 ? 0 : value)).toBe(true);
  }), { numRuns: 3000 }));
  it('agrees with Number on what is no number, over random text', () => fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'0159.-+eE, x'), maxLength: 14 }), (text) => {
    const expected = text.trim() === '' || /[x,]/.test(text) ? NaN : Number(text);
    expect(Object.is(parse(text), expected)).toBe(true);
  }), { numRuns: 5000 }));
});

describe('readNumber with marks', () => {
  it.each([
    ['1,234.50', formatOf('.', ','), 1234.5],
    ['-1,234,567', formatOf('.', ','), -1234567],
    ['1.234,50', formatOf(',', '.'), 1234.5],
    ['1 234,5', formatOf(',', ' '), 1234.5],
    ['1\u00a0234,5', formatOf(',', ' '), 1234.5],
    ['1\u202f234,5', formatOf(',', ' '), 1234.5],
    ["1'234.5", formatOf('.', "'"), 1234.5],
    ['1\u2019234.5', formatOf('.', "'"), 1234.5],
    ['999', formatOf('.', ','), 999],
    ['€5', formatOf('.', undefined, '€'), 5],
    ['5 €', formatOf('.', undefined, '€'), 5],
    ['-€1,234.50', formatOf('.', ',', '€'), -1234.5],
    ['€-1,234.50', formatOf('.', ',', '€'), -1234.5],
    ['USD 12', formatOf('.', undefined, 'USD'), 12],
    ['Rs.500', formatOf('.', undefined, 'Rs.'), 500],
    ['12.5', formatOf('.', undefined, '€'), 12.5],
  ])('reads %s', (text, format, expected) => {
    expect(read(text, format)).toBe(expected);
  });
  it.each([
    ['1,23', formatOf('.', ',')], ['1234,567', formatOf('.', ',')], ['1,2345', formatOf('.', ',')], [',123', formatOf('.', ',')], ['1,,234', formatOf('.', ',')],
    ['€', formatOf('.', undefined, '€')], ['--€5', formatOf('.', undefined, '€')], ['-€-5', formatOf('.', undefined, '€')], ['$5', formatOf('.', undefined, '€')], ['€Infinity', formatOf('.', undefined, '€')],
  ])('refuses %s: groups have three digits, and there is one sign', (text, format) => {
    expect(read(text, format)).toBeNaN();
  });
  it('reads what a locale writes', () => fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100), fc.constantFrom(['de-DE', ',', '.'] as const, ['en-US', '.', ','] as const, ['fr-FR', ',', ' '] as const, ['de-CH', '.', "'"] as const), (value, [locale, decimal, thousands]) => {
    const text = new Intl.NumberFormat(locale, { minimumFractionDigits: 2 }).format(value).replace('\u2212', '-');
    expect(read(text, formatOf(decimal, thousands))).toBe(value);
  })));
  it('reads what a locale writes with its currency', () => fc.assert(fc.property(fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100), fc.constantFrom(['de-DE', ',', '.', 'EUR', '€'] as const, ['en-US', '.', ',', 'USD', '$'] as const, ['fr-FR', ',', ' ', 'EUR', '€'] as const, ['ja-JP', '.', ',', 'CNY', '元'] as const, ['en-IE', '.', ',', 'GBP', '£'] as const), (value, [locale, decimal, thousands, currency, sign]) => {
    const text = new Intl.NumberFormat(locale, { style: 'currency', currency, minimumFractionDigits: 2 }).format(value).replace('\u2212', '-');
    expect(read(text, formatOf(decimal, thousands, sign))).toBe(text.includes(sign) ? value : NaN);
  })));
  it('refuses one mark for two things, and signs that are digits', () => {
    expect(() => numberFormat('readCsv', { decimal: ',', thousands: ',' })).toThrow("pass decimal: ',' and thousands: '.'");
    expect(() => numberFormat('readCsv', { decimal: ';' })).toThrow('option decimal');
    expect(() => numberFormat('readCsv', { currencySign: '5' })).toThrow('option currencySign');
  });
});

describe('explainNumber', () => {
  it.each([
    ['1,234', "pass thousands: ',', or decimal: ','."],
    ['12,50', "pass decimal: ','."],
    ['1.234,50', "pass decimal: ',' and thousands: '.'."],
    ['1 234', "pass thousands: ' '."],
    ['-€1,234.5', "pass thousands: ',' and currencySign: '€'."],
    ['(12.50)', 'minus sign in front'],
    ['12.50-', 'minus sign in front'],
    ['0x1F', 'decimal digits'],
    ['abc', 'such as 12.50'],
  ])('%s: %s', (text, mend) => {
    expect(explainNumber(text, formatOf('.')).mend).toContain(mend);
  });
  it.each(['Infinity', '-Infinity', 'NaN', '1e999', '#N/A', '#VALUE!'])('%s is not finite', (text) => {
    expect(explainNumber(text, formatOf('.')).reason).toBe('is not a finite number');
  });
});
