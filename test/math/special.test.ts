import { describe, expect, it } from 'vitest';
import {
  betaExpectation, betaI, chiSquareCdf, chiSquareQuantile, digamma, discountedPowerIntegral, gammaP, gammaQ, gaussLegendre, hypergeometric, logBeta, logGamma,
  logRising, normalCdf, normalQuantile, powerProductIntegral, studentCdf, studentQuantile, trigamma,
} from '../../src/math/index.js';
import { ORACLE } from './oracle.js';

/** Largest error relative to max(|expected|, floor) over the oracle's rows. */
function worst(rows: readonly (readonly number[])[], f: (...args: number[]) => number, floor = 0): number {
  let most = 0;
  for (const row of rows) {
    const expected = row[row.length - 1]!;
    const error = Math.abs(f(...row.slice(0, -1)) - expected) / Math.max(Math.abs(expected), floor);
    if (!(error <= most)) most = error;
    if (Number.isNaN(error)) return NaN;
  }
  if (process.env['SHOW_ACCURACY'] !== undefined) console.log(f.name, most);
  return most;
}

describe('special functions agree with mpmath', () => {
  it('logGamma to 1e-15, next to its zeros too', () => expect(worst(ORACLE.logGamma, logGamma)).toBeLessThan(1e-15));
  it('digamma to 2e-15', () => expect(worst(ORACLE.digamma, digamma, 1)).toBeLessThan(2e-15));
  it('trigamma to 1e-15', () => expect(worst(ORACLE.trigamma, trigamma)).toBeLessThan(1e-15));
  it('logRising to 1e-14', () => expect(worst(ORACLE.logRising, logRising)).toBeLessThan(1e-14));
  it('logBeta to 1e-14', () => expect(worst(ORACLE.logBeta, logBeta)).toBeLessThan(1e-14));
  it('hypergeometric to 1e-13', () => expect(worst(ORACLE.hypergeometric, hypergeometric)).toBeLessThan(1e-13));
  it('gammaP to 1e-13', () => expect(worst(ORACLE.gammaP, gammaP)).toBeLessThan(1e-13));
  it('gammaQ to 1e-13', () => expect(worst(ORACLE.gammaQ, gammaQ)).toBeLessThan(1e-13));
  it('betaI to 1e-13', () => expect(worst(ORACLE.betaI, betaI)).toBeLessThan(1e-13));
  it('normalCdf to 1e-12 in both tails', () => expect(worst(ORACLE.normalCdf.slice(1), normalCdf)).toBeLessThan(1e-12));
  it('normalQuantile to 1e-13, next to 0 to 1e-15 absolute', () => expect(worst(ORACLE.normalQuantile, normalQuantile, 0.03)).toBeLessThan(1e-13));
  it('chiSquareQuantile to 1e-12', () => expect(worst(ORACLE.chiSquareQuantile, chiSquareQuantile)).toBeLessThan(1e-12));
  it('studentCdf to 1e-12', () => expect(worst(ORACLE.studentCdf, studentCdf)).toBeLessThan(1e-12));
  it('studentQuantile to 1e-12', () => expect(worst(ORACLE.studentQuantile, studentQuantile)).toBeLessThan(1e-12));
});

describe('integrals agree with mpmath', () => {
  it('discountedPowerIntegral without end to 1e-13', () => {
    expect(worst(ORACLE.discountedPowerIntegral, (s, z) => discountedPowerIntegral(s!, z!, Infinity))).toBeLessThan(1e-13);
  });
  it('discountedPowerIntegral to a time to 1e-13', () => expect(worst(ORACLE.discountedPowerIntegralTo, discountedPowerIntegral)).toBeLessThan(1e-13));
  it('powerProductIntegral to 1e-13', () => expect(worst(ORACLE.powerProductIntegral, powerProductIntegral)).toBeLessThan(1e-13));
  it('betaExpectation to 1e-13', () => {
    const bounded = (a: number, b: number, R: number, w: number): number => betaExpectation(a, b, (p) => -Math.expm1(-R * Math.log1p(p * w)) / p, Math.min(1, 1 / ((R + 1) * w)), 1 / (R + 1));
    expect(worst(ORACLE.betaExpectation, bounded)).toBeLessThan(1e-13);
  });
  it('Gauss-Legendre is exact for polynomials of degree 2n - 1', () => {
    for (const n of [1, 2, 5, 24, 64]) {
      const { nodes, weights } = gaussLegendre(n);
      const moment = nodes.reduce((sum, x, i) => sum + weights[i]! * x ** (2 * n - 1), 0);
      expect(moment * 2 * n).toBeCloseTo(1, 13);
    }
  });
});

describe('distributions at their edges', () => {
  it('quantiles of 0 and 1 are the ends, outside is NaN', () => {
    expect([normalQuantile(0), normalQuantile(1), normalQuantile(-0.1)]).toEqual([-Infinity, Infinity, NaN]);
    expect([chiSquareQuantile(0, 2), chiSquareQuantile(1, 2)]).toEqual([0, Infinity]);
    expect(studentQuantile(0.5, 3)).toBe(0);
  });
  it('chiSquareCdf undoes chiSquareQuantile', () => {
    for (const k of [0.3, 1, 7, 300]) for (const p of [1e-6, 0.1, 0.5, 0.99]) expect(chiSquareCdf(chiSquareQuantile(p, k), k) / p).toBeCloseTo(1, 11);
  });
});
