import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newAppearanceNotes, orderedShare, STRETCH } from '../../src/parallel/appearances.js';
import { emptyPartition, noSpare, type Partition } from '../../src/parallel/partition.js';
import { APPEARS, CODE_BITS, DATES, PURCHASES, RECORD_DOUBLES, RECORD_WORDS } from '../../src/parallel/record-layout.js';

interface Known {
  readonly row: number;
  readonly purchases: number;
  /** bytes of the id, 1 … 16 */
  readonly length: number;
}

/** A partition of which only what counts here is known. */
function partitionOf(customers: readonly Known[]): Partition {
  const partition = emptyPartition(false, undefined, noSpare(), Math.max(1, customers.length));
  customers.forEach(({ row, purchases, length }, code) => {
    new Uint8Array(partition.records.buffer, code * RECORD_WORDS * 4, length).fill(97);
    partition.records[code * RECORD_WORDS + PURCHASES] = purchases;
    partition.records[code * RECORD_WORDS + DATES] = Math.min(1, purchases);
    partition.sums[code * RECORD_DOUBLES + APPEARS] = row;
  });
  return Object.assign(partition, { customers: customers.length });
}

const log = fc.constantFrom(1, 31, 32, STRETCH, STRETCH + 1, 10 * STRETCH, 100_000).chain((rows) => fc.record({
  rows: fc.constant(rows),
  partitions: fc.constantFrom(1, 3, 256),
  threads: fc.integer({ min: 1, max: 8 }),
  known: fc.uniqueArray(fc.record({ row: fc.nat(rows - 1), purchases: fc.integer({ min: 0, max: 3 }), length: fc.integer({ min: 1, max: 16 }) }), { selector: ({ row }) => row, maxLength: 300 }),
}));

describe('appearances', () => {
  it('place customers as sorting them by their first rows does, whoever knows which of them', () => {
    fc.assert(fc.property(log, ({ rows, partitions, threads, known }) => {
      const held = Array.from({ length: partitions }, (_, p) => known.filter((_, i) => (i * 7) % partitions === p));
      const totals = { seen: 0, kept: 0, purchases: 0, dates: 0 };
      const all = Array.from({ length: threads }, (_, thread) => {
        const notes = newAppearanceNotes(rows, true);
        held.forEach((customers, p) => {
          if (p % threads === thread) notes.note(p, partitionOf(customers), totals);
        });
        return notes.finish();
      });
      const expected = held.flatMap((customers, p) => customers.map((own, code) => ({ ...own, at: (p << CODE_BITS) | code }))).filter(({ purchases }) => purchases > 0).sort((a, b) => a.row - b.row);
      const shares = Array.from({ length: threads }, (_, thread) => orderedShare(all, thread, threads));
      expect(shares.flatMap(({ at }) => [...at])).toEqual(expected.map(({ at }) => at));
      for (const { place, keysFrom } of shares) expect(keysFrom).toBe(expected.slice(0, place).reduce((sum, { length }) => sum + length, 0));
      expect(shares.map(({ place }) => place)).toEqual(shares.map((_, s) => shares.slice(0, s).reduce((sum, { at }) => sum + at.length, 0)));
      expect(totals).toEqual({ seen: known.length, kept: expected.length, purchases: expected.reduce((sum, { purchases }) => sum + purchases, 0), dates: expected.length });
    }));
  });
  it('share many customers about equally', () => {
    const notes = newAppearanceNotes(1_000_000, false);
    notes.note(5, partitionOf(Array.from({ length: 50_000 }, (_, i) => ({ row: i * 20, purchases: 1, length: 3 }))), { seen: 0, kept: 0, purchases: 0, dates: 0 });
    const all = [notes.finish()];
    for (const { at, keysFrom } of [0, 1, 2, 3].map((thread) => orderedShare(all, thread, 4))) {
      expect(Math.abs(at.length - 12_500)).toBeLessThanOrEqual(STRETCH / 20 + 1);
      expect(keysFrom).toBe(0);
    }
  });
});
