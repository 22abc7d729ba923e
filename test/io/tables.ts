import fc from 'fast-check';
import { Table, textColumn, categoryColumn, validExcept, type Column } from '../../src/columns/index.js';

/** Text with what breaks formats: separators, quotes, line breaks, formula starts, other scripts, emoji, controls. */
export const awkwardText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.array(fc.constantFrom(',', ';', '\t', '|', '"', '\n', '\r', '=', '+', '-', '@', "'", ' ', 'a', '王', '😀', '\\', '\u0000', '\u001f', '\u2028'), { maxLength: 6 }).map((cs) => cs.join('')),
);

const valid = (n: number, gaps: readonly boolean[]): Uint8Array => validExcept(n, gaps.flatMap((gap, i) => (gap ? [i] : [])));

/** One column of each type, with gaps, `n` rows. */
export function anyTable(n: number): fc.Arbitrary<Table> {
  const rows = <T>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> => fc.array(one, { minLength: n, maxLength: n });
  const gaps = rows(fc.boolean());
  const int = fc.integer({ min: -2147483648, max: 2147483647 });
  const text = fc.option(awkwardText);
  return fc.record<Record<string, Column>>({
    number: rows(fc.oneof(fc.double(), fc.integer({ min: -1e9, max: 1e9 }).map((cents) => cents / 100))).map((cells) => ({ type: 'number', data: Float64Array.from(cells) })),
    integer: fc.tuple(rows(int), gaps).map(([cells, g]) => ({ type: 'integer', data: Int32Array.from(cells), valid: valid(n, g) })),
    date: fc.tuple(rows(int), gaps).map(([cells, g]) => ({ type: 'date', data: Int32Array.from(cells), valid: valid(n, g) })),
    minute: rows(int).map((cells) => ({ type: 'date', unit: 'minute', data: Int32Array.from(cells) })),
    hour: rows(fc.integer({ min: -1e6, max: 1e6 })).map((cells) => ({ type: 'date', unit: 'hour', data: Int32Array.from(cells) })),
    flag: fc.tuple(rows(fc.boolean()), gaps).map(([cells, g]) => ({ type: 'flag', data: Uint8Array.from(cells, Number), valid: valid(n, g) })),
    category: rows(text).map((cells) => categoryColumn(cells)),
    text: rows(text).map((cells) => textColumn(cells)),
  }).map((columns) => new Table(Object.entries(columns)));
}

/** Whole chunks joined. */
export function joined(chunks: Iterable<Uint8Array>): Uint8Array {
  return Buffer.concat([...chunks]);
}
