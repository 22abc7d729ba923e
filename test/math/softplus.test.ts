import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { softplus } from '../../src/math/index.js';

describe('softplus', () => {
  it.each([
    // ln 2, ln(1 + e), ln(1 + 1/e); far below 0 it is e^y (Abramowitz & Stegun, table 4.4), far above y itself.
    [0, Math.LN2], [1, 1.3132616875182228], [-1, 0.31326168751822286], [-40, 4.248354255291589e-18], [-800, 0], [40, 40], [1000, 1000], [-Infinity, 0], [Infinity, Infinity], [NaN, NaN],
  ])('of %s is %s', (y, expected) => {
    if (Number.isFinite(expected) && expected !== 0) expect(softplus(y) / expected).toBeCloseTo(1, 15);
    else expect(softplus(y)).toBe(expected);
  });
  it('less that of the other sign is the number itself, and it rises', () => fc.assert(fc.property(fc.double({ min: -700, max: 700, noNaN: true }), fc.double({ min: 0, max: 10, noNaN: true }), (y, more) => {
    expect(Math.abs(softplus(y) - softplus(-y) - y)).toBeLessThanOrEqual(1e-13 * Math.max(1, Math.abs(y)));
    expect(softplus(y + more)).toBeGreaterThanOrEqual(softplus(y));
  })));
});
