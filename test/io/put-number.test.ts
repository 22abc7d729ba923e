import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { NUMBER_ROOM, putNumber } from '../../src/io/put-number.js';
import { NUMBER_WORDS_ROOM, putNumberWords } from '../../src/io/put-words.js';
import { DATE_ROOM, datePutter } from '../../src/io/put-date.js';
import { dateText } from '../../src/core/index.js';

function written(v: number): string {
  const out = new Uint8Array(NUMBER_ROOM + 2).fill(1);
  return Buffer.from(out.subarray(1, putNumber(out, 1, v))).toString('latin1');
}

function writtenByWords(v: number): string {
  const out = new Uint8Array(NUMBER_WORDS_ROOM + 1).fill(1);
  return Buffer.from(out.subarray(1, putNumberWords(out, new DataView(out.buffer), 1, v))).toString('latin1');
}

describe.each([['putNumber', written], ['putNumberWords', writtenByWords]] as const)('%s', (_, written) => {
  it('writes what String writes, at every edge of its paths', () => {
    const edges = [0, -0, 1, -1, 9, 10, 99, 100, 12.5, -12.5, 0.01, 0.1, 0.07, 1.005, 0.005, 1e-7, 999999999, 1e9, 1e9 + 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, -(2 ** 53), 1e15, 1e15 + 0.25,
      9999999999999.99, 99999999999999.98, 1e20, 1e21, 1e300, 5e-324, 1.7976931348623157e308, -2.2250738585072014e-308, 0.1 + 0.2, 99999999.99, 100000000.01, 99999999, 1e8, 1e8 + 1, 9999, 10000, 10000.5, 123456.07, -9999.99, 0.995, -0.0000012345678901234567, 1 / 3, 123456.78, 4.35, 8.41, 70368744177664.01];
    for (const v of edges) expect(written(v)).toBe(String(v));
  });
  it('writes what String writes for any double', () => fc.assert(fc.property(fc.double({ noNaN: true }), (v) => {
    expect(written(v)).toBe(String(v));
  }), { numRuns: 3000 }));
  it('writes what String writes for every count of hundredths below a hundred, and around each power of ten', () => {
    for (let n = 0; n < 1000; n++) expect(written(n / 100)).toBe(String(n / 100));
    for (let power = 10; power < 1e11; power *= 10) for (const n of [power - 1, power, power + 1]) for (const by of [1, 10, 100]) expect(written(-n / by)).toBe(String(-n / by));
  });
  it('writes what String writes for money in cents and its neighbours', () => fc.assert(fc.property(fc.maxSafeInteger(), fc.integer({ min: -2, max: 2 }), (cents, steps) => {
    const v = cents / 100 * (1 + steps * Number.EPSILON);
    expect(written(v)).toBe(String(v));
  }), { numRuns: 3000 }));
});

describe('datePutter', () => {
  it('writes what dateText writes, whatever it kept before', () => fc.assert(fc.property(fc.constantFrom('day' as const, 'hour' as const, 'minute' as const), fc.array(fc.oneof(fc.integer({ min: -2147483648, max: 2147483647 }), fc.integer({ min: 0, max: 3000 })), { minLength: 1 }), (unit, values) => {
    const put = datePutter(unit);
    for (const value of [...values, ...values]) {
      const out = new Uint8Array(DATE_ROOM + 1);
      expect(Buffer.from(out.subarray(1, put(out, 1, value))).toString('latin1')).toBe(dateText(value, unit));
    }
  })));
});
