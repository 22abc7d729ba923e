import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { principalComponents } from '../../src/segmentation/index.js';

describe('principalComponents', () => {
  it('finds the diagonal by hand', () => {
    // All variance lies on the diagonal.
    const { table, shares, loadings } = principalComponents({ a: [1, -1, 0], b: [1, -1, 0] }, { features: ['a', 'b'], scale: 'none' });
    expect(shares[0]).toBeCloseTo(1, 12);
    expect(shares[1]).toBeCloseTo(0, 12);
    expect((loadings.toColumns()['pc1'] as number[])[0]).toBeCloseTo(Math.SQRT1_2, 12);
    (table.toColumns()['pc1'] as number[]).forEach((value, i) => expect(value).toBeCloseTo([Math.SQRT2, -Math.SQRT2, 0][i]!, 12));
  });

  it('agrees with the roots of a 2 × 2 matrix', () => {
    // Population covariance [[10/6, 1], [1, 4/6]].
    const { shares } = principalComponents({ a: [2, -2, 1, -1, 0, 0], b: [1, -1, 1, -1, 0, 0] }, { features: ['a', 'b'], scale: 'none' });
    const [p, q, r] = [10 / 6, 1, 4 / 6];
    const root = Math.sqrt((p - r) ** 2 + 4 * q ** 2);
    expect(shares[0]).toBeCloseTo((p + r + root) / 2 / (p + r), 12);
  });

  it('keeps distances, and has directions of length 1 at right angles', () => fc.assert(fc.property(
    fc.array(fc.tuple(fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true }), fc.double({ min: -9, max: 9, noNaN: true })), { minLength: 4, maxLength: 30, size: 'max' }),
    (rows) => {
      const data = Object.fromEntries(['a', 'b', 'c'].map((name, f) => [name, rows.map((row) => row[f]!)]));
      const { table, shares, loadings } = principalComponents(data, { features: ['a', 'b', 'c'], scale: 'none', count: 3 });
      const turned = ['pc1', 'pc2', 'pc3'].map((name) => table.toColumns()[name] as number[]);
      const apart = (columns: readonly (readonly number[])[]): number => Math.hypot(...columns.map((column) => column[0]! - column[1]!));
      expect(apart(turned)).toBeCloseTo(apart(Object.values(data)), 8);
      const directions = ['pc1', 'pc2', 'pc3'].map((name) => loadings.toColumns()[name] as number[]);
      directions.forEach((one, i) => directions.forEach((other, j) => expect(one.reduce((sum, value, f) => sum + value * other[f]!, 0)).toBeCloseTo(i === j ? 1 : 0, 9)));
      if (shares.every((share) => !Number.isNaN(share))) expect([...shares].sort((x, y) => y - x)).toEqual([...shares]);
    },
  )));

  it('keeps the customer where there is one, to join by, and names every option', () => {
    const { table } = principalComponents({ customer: ['__proto__', 'b'], a: [1, -1], b: [1, -1] }, { features: ['a', 'b'], scale: 'none' });
    expect(table.names).toEqual(['customer', 'pc1', 'pc2']);
    expect(table.toColumns()['customer']).toEqual(['__proto__', 'b']);
    expect(principalComponents({ a: [1, -1], b: [1, -1] }, { features: ['a', 'b'], scale: 'none' }).table.names).toEqual(['pc1', 'pc2']);
    expect(() => principalComponents({ a: [1, 2] }, { features: ['a'], cuont: 2 } as never)).toThrow('Known options: features, scale, count.');
  });

  it('leaves customers without a purchase missing, and refuses more components than features', () => {
    const { table } = principalComponents({ recency: [NaN, 1, 5, 9], frequency: [0, 2, 3, 1], monetary: [0, 9, 5, 1] });
    expect(table.cell('pc1', 0)).toBeNull();
    expect(() => principalComponents({ x: [1, 2] }, { features: ['x'], count: 2 })).toThrow('option count is 2');
  });
});
