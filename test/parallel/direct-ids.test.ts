import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { directIds, directPlace } from '../../src/parallel/direct-ids.js';

const BITS = 8;

describe('whole numbers close together', () => {
  it('have a place each, within the table of their partition', async () => {
    const close = fc.tuple(fc.integer({ min: -0x80000000, max: 0x7fffffff - 2000 }), fc.integer({ min: 0, max: 2000 }));
    await fc.assert(fc.asyncProperty(close, async ([lowest, range]) => {
      const ids = Int32Array.from({ length: range + 1 }, (_, i) => lowest + ((i * 7) % (range + 1)));
      ids[0] = lowest;
      ids[range] = lowest + range;
      const direct = (await directIds(ids, BITS))!;
      const places = Array.from({ length: range + 1 }, (_, i) => directPlace(lowest + i, direct.lowest, direct.mask));
      expect(new Set(places).size).toBe(range + 1);
      for (const place of places) {
        expect(place >>> direct.placeBits).toBeLessThan(1 << BITS);
        // The part below is the place whatever stands above.
        expect(place & ((1 << direct.placeBits) - 1)).toBe(directPlace(lowest + places.indexOf(place), direct.lowest, (1 << direct.placeBits) - 1));
      }
    }));
  });

  it.each([1, 2, 10, 256, 1000, 4096])('spread over the partitions where all are multiples of %i', async (step) => {
    const ids = Int32Array.from({ length: 4_000_000 / step }, (_, i) => i * step);
    const direct = (await directIds(Int32Array.from({ length: 4_000_000 }, (_, i) => ids[i % ids.length]!), BITS))!;
    const rows = new Int32Array(1 << BITS);
    for (const id of ids) rows[directPlace(id, direct.lowest, direct.mask) >>> direct.placeBits]!++;
    expect(Math.max(...rows)).toBeLessThanOrEqual(2 * Math.ceil(ids.length / (1 << BITS)) + 2);
  });

  it('are not found where they spread over more places than there are rows', async () => {
    expect(await directIds(Int32Array.of(0, 2), BITS)).toBeUndefined();
    expect(await directIds(Int32Array.of(-0x80000000, 0x7fffffff), BITS)).toBeUndefined();
    expect(await directIds(Int32Array.of(5), BITS)).toEqual({ lowest: 5, mask: 255, placeBits: 0 });
  });
});
