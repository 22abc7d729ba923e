import { describe, expect, it } from 'vitest';
import { dayOfText } from '../../src/core/index.js';
import { table, type ColumnInput } from '../../src/columns/index.js';
import { abcXyz, xyz } from '../../src/pareto/index.js';
import { demandTrend } from '../../src/profit/index.js';
import { daysOf, daysOrMissing, NO_DAY } from '../../src/transactions/days-of.js';

const day = (text: string): number => dayOfText(text)!;
const read = (date: ColumnInput): number[] => [...daysOf('f', table({ date }))];

describe('daysOf', () => {
  it('reads dates, text and categories alike, and cuts hours to days', () => {
    const days = [day('2025-01-01'), day('2024-02-29')];
    expect(read({ type: 'date', data: Int32Array.from(days) })).toEqual(days);
    expect(read({ type: 'date', unit: 'hour', data: Int32Array.from(days, (d) => d * 24 + 23) })).toEqual(days);
    expect(read(['2025-01-01', '2024-02-29'])).toEqual(days);
    expect(read(['2025-01-01 13:00', '2024-02-29T23:59:59.5'])).toEqual(days);
    expect(read({ type: 'category', values: ['2024-02-29', '2025-01-01'], data: Int32Array.of(1, 0) })).toEqual(days);
    expect(read([])).toEqual([]);
  });
  it('refuses what is no day by row, a gap, and numbers', () => {
    expect(() => read(['2025-01-01', '2025-02-30'])).toThrow('f: column "date", row 1: "2025-02-30" is no day. Give existing days');
    for (const odd of ['', '2025-1-1', '2025-01-01x', '2025-01-01T00:00:00Z', '__proto__', '二零二五']) expect(() => read([odd])).toThrow('is no day');
    expect(() => read(['2025-01-01', null])).toThrow('row 1 has no date.');
    expect(() => read([20100, 20101])).toThrow('column "date" holds number, not dates');
    expect(() => daysOf('f', table({ day: ['2025-01-01'] }))).toThrow('column "date" is missing');
  });
  it('knows missing days, also where all are', () => {
    expect([...daysOrMissing('f', table({ paid: [null, '2025-01-01'] }), 'paid')]).toEqual([NO_DAY, day('2025-01-01')]);
    expect([...daysOrMissing('f', table({ paid: [null, null] }), 'paid')]).toEqual([NO_DAY, NO_DAY]);
    expect([...daysOrMissing('f', table({ paid: { type: 'date', data: Int32Array.of(7, 8), valid: Uint8Array.of(2) } }), 'paid')]).toEqual([NO_DAY, 8]);
  });
  it('lets analyses by period take text dates, with the same answer', () => {
    const text = ['2025-01-05', '2025-02-05', '2025-03-20', '2025-04-30'];
    const log = { product: ['a', 'a', 'b', 'b'], amount: [10, 12, 5, 1] };
    const dated = { ...log, date: { type: 'date' as const, data: Int32Array.from(text, day) } };
    expect(xyz({ ...log, date: text }).table.toRows()).toEqual(xyz(dated).table.toRows());
    expect(abcXyz({ ...log, date: text }).table.toRows()).toEqual(abcXyz(dated).table.toRows());
    expect(demandTrend({ ...log, date: text }, { asOf: '2025-04-30' }).forecasts.toRows()).toEqual(demandTrend(dated, { asOf: '2025-04-30' }).forecasts.toRows());
  });
});
