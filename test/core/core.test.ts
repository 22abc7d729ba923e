import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkKeys, checkWhole, checkWord, civilDate, ClienteleError, dateExists, dateText, dayNumber, dayOfText, diagnosticsLines, isClienteleError, seededRandom, valueText, withWarnings, cleanDiagnostics } from '../../src/core/index.js';

describe('errors', () => {
  const error = new ClienteleError('VALUE_INVALID', { where: 'rfm', column: 'recency', row: 3 }, 'row 3 is NaN.', 'Fill it.');
  it('say where, what and how to mend', () => {
    expect(error.message).toBe('rfm: row 3 is NaN. Fill it.');
    expect(error).toMatchObject({ code: 'VALUE_INVALID', place: { column: 'recency', row: 3 }, name: 'ClienteleError' });
    expect(error).toBeInstanceOf(Error);
  });
  it('are known from any copy of the library', () => {
    const foreign = Object.defineProperty(new Error('x'), Symbol.for('clientele.error'), { value: true });
    expect([isClienteleError(error), isClienteleError(foreign), isClienteleError(new Error('x')), isClienteleError(null), isClienteleError('x')]).toEqual([true, true, false, false, false]);
  });
  it('cut long values and escape control characters', () => {
    expect(valueText('a\n"b"')).toBe('"a\\n\\"b\\""');
    expect(valueText('x'.repeat(1e6))).toHaveLength(80);
    expect(valueText(NaN)).toBe('NaN');
    expect([[], [1, 'a'], {}, Object.create(null), null, undefined].map(valueText)).toEqual(['[]', '[1,a]', 'an object', 'an object', 'null', 'undefined']);
    expect([Promise.resolve(1), { then: () => undefined }].map(valueText)).toEqual(['a promise (is an await missing?)', 'a promise (is an await missing?)']);
  });
});

describe('options', () => {
  it('pass when right and name themselves when wrong', () => {
    expect(checkWord('f', 'o', 'a', ['a', 'b'])).toBe('a');
    expect(checkWhole('f', 'bins', 5, 2, 20)).toBe(5);
    expect(() => checkWord('f', 'o', 'c', ['a', 'b'])).toThrow("f: option o is \"c\". Use one of: 'a', 'b'.");
    for (const bad of [1, 21, 2.5, NaN, '5', null]) expect(() => checkWhole('f', 'bins', bad, 2, 20)).toThrow('Give a whole number, 2 to 20.');
    expect(() => checkKeys('f', { bin: 5 }, ['bins'])).toThrow('f: there is no option "bin". Known options: bins.');
    expect(() => checkKeys('f', undefined, ['bins'], ['bins'])).toThrow('f: option bins is missing. Give it: { bins: … }.');
    expect(() => checkKeys('f', { bins: undefined }, ['bins'], ['bins'])).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', place: { where: 'f', option: 'bins' } }));
    for (const [none, what] of [[undefined, 'there are no options'], [null, 'the options are null'], [5, 'the options are 5'], ['bins', 'the options are "bins"']] as const) {
      expect(() => checkKeys('f', none as never, ['bins'])).toThrow(`f: ${what}. Give them as an object. Known options: bins.`);
    }
  });
});

describe('the calendar', () => {
  it('agrees with Date.UTC over 9999 years', () => fc.assert(fc.property(fc.integer({ min: -700_000, max: 2_900_000 }), (day) => {
    const date = new Date(day * 86_400_000);
    const civil = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const;
    expect(civilDate(day)).toEqual(civil);
    expect(dayNumber(...civil)).toBe(day);
  })));
  it('writes days, hours and minutes', () => {
    expect([dateText(0), dateText(-1), dateText(26, 'hour'), dateText(-1, 'minute')]).toEqual(['1970-01-01', '1969-12-31', '1970-01-02 02:00', '1969-12-31 23:59']);
    expect(dateText(dayNumber(12026, 3, 1))).toBe('+012026-03-01');
  });
  it('knows which days exist', () => {
    expect([dateExists(2024, 2, 29), dateExists(2023, 2, 29), dateExists(1900, 2, 29), dateExists(2000, 2, 29), dateExists(2024, 4, 31), dateExists(2024, 13, 1)]).toEqual([true, false, false, true, false, false]);
    expect(dayOfText('2024-02-30')).toBeUndefined();
    expect(dayOfText('2024-2-3')).toBeUndefined();
    expect(dateText(dayOfText('2024-02-29')!)).toBe('2024-02-29');
  });
});

describe('seededRandom', () => {
  it('gives the same numbers for the same seed, others for another', () => {
    const draw = (seed: number): number[] => Array.from({ length: 5 }, ((r) => () => r.uniform())(seededRandom(seed)));
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(() => seededRandom(-1)).toThrow('option seed is -1');
  });
  it('has the moments of its laws within five standard errors', () => {
    const random = seededRandom(42);
    const n = 200_000;
    const moments = (next: () => number): [mean: number, variance: number] => {
      let sum = 0, squares = 0;
      for (let i = 0; i < n; i++) {
        const x = next();
        sum += x;
        squares += x * x;
      }
      return [sum / n, squares / n - (sum / n) ** 2];
    };
    // law, mean, variance, kurtosis term for the error of the variance
    for (const [next, mean, variance, fourth] of [
      [random.uniform, 1 / 2, 1 / 12, 1 / 80], [random.normal, 0, 1, 3], [random.exponential, 1, 1, 9],
      [() => random.gamma(0.3), 0.3, 0.3, 3 * 0.09 + 6 * 0.3], [() => random.gamma(7), 7, 7, 3 * 49 + 42],
    ] as const) {
      const [m, v] = moments(next);
      expect(Math.abs(m - mean)).toBeLessThan(5 * Math.sqrt(variance / n));
      expect(Math.abs(v - variance)).toBeLessThan(5 * Math.sqrt((fourth - variance ** 2) / n));
    }
  });
  it('draws below n evenly', () => {
    const random = seededRandom(3);
    const counts = new Int32Array(7);
    for (let i = 0; i < 70_000; i++) counts[random.below(7)]!++;
    counts.forEach((count) => expect(Math.abs(count - 10_000)).toBeLessThan(5 * Math.sqrt(10_000 * (6 / 7))));
  });
});

describe('diagnostics', () => {
  it('say nothing when there is nothing to say, and all of it otherwise', () => {
    expect(diagnosticsLines(cleanDiagnostics(5))).toEqual([]);
    expect(diagnosticsLines({
      rows: { read: 10, used: 6, refused: 3, leftOut: { cancelled: 1 } }, customers: { seen: 4, kept: 3, leftOut: { 'no-purchase': 1 } },
      refused: [{ row: 2, line: 4, column: 'date', value: '"x"', reason: 'not a date' }, { row: 9, file: 'b.csv', line: 3, column: 'date', value: '"y"', reason: 'not a date' }], warnings: [{ code: 'W', message: 'm' }],
    })).toEqual(['10 rows read, 6 used, 3 refused, 1 left out (cancelled)', '  refused line 4, column "date", value "x": not a date', '  refused b.csv, line 3, column "date", value "y": not a date', '  … and 1 more refused rows', '4 customers seen, 3 kept, 1 left out (no-purchase)', 'W: m']);
  });
  it('repeat no warning', () => {
    const once = withWarnings(cleanDiagnostics(1), [{ code: 'W', message: 'm' }]);
    expect(withWarnings(once, [{ code: 'W', message: 'm' }])).toBe(once);
  });
});
