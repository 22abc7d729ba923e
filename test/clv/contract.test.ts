import { describe, expect, it } from 'vitest';
import { compareModels, discountedLifetime, fitBdw, fitSbg, likelihoodRatioTest, modelFrom, retentionRate, simpleLifetimeValue, survival } from '../../src/clv/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';
import { numbers, worstError, worstOf } from './data.js';

interface Fit {
  params: Record<string, number>;
  se: Record<string, number>;
  loglik: number;
  fit_on_periods: number | null;
  survival: number[];
  retention_rate: (number | null)[];
  'discounted_expected_lifetime_from_period_n_d_0.10': { n: number[]; value: number[] };
  'discounted_expected_residual_lifetime_before_renewal_d_0.10': { n: number[]; value: number[] };
}

describe.skipIf(!hasReference)('sBG meets the reference: parameters 1e-6, standard errors 1e-4, answers 1e-10', () => {
  const fits = hasReference ? referenceJson<{ fits: Record<string, Fit> }>('clv/sbg-retention/expected.json').fits : {};
  it.each(Object.keys(fits))('%s', (name) => {
    const expected = fits[name]!;
    const rows = referenceRows('clv/sbg-retention/survivors.csv').filter((row) => name.startsWith(row['cohort']!));
    const alive = [...numbers(rows, 'customers_alive')].slice(0, (expected.fit_on_periods ?? 12) + 1);
    const model = fitSbg({ alive });
    expect(model.converged).toBe(true);
    expect(model.logLikelihood!).toBeGreaterThan(expected.loglik - 1e-6);
    expect(worstOf(model.params, expected.params)).toBeLessThan(1e-6);
    expect(worstOf(model.standardErrors!, expected.se)).toBeLessThan(1e-4);

    const known = modelFrom('sbg', expected.params);
    const periods = expected.survival.length - 1;
    expect(worstError(survival(known, { periods }), expected.survival)).toBeLessThan(1e-12);
    expect(worstError(retentionRate(known, { periods }), expected.retention_rate.slice(1) as number[])).toBeLessThan(1e-12);
    for (const [field, count] of [['discounted_expected_lifetime_from_period_n_d_0.10', 'current'], ['discounted_expected_residual_lifetime_before_renewal_d_0.10', 'next-renewal']] as const) {
      const { n, value } = expected[field];
      expect(worstError(n.map((k) => discountedLifetime(known, { survived: k - 1, count, discountRate: 0.1 })), value)).toBeLessThan(1e-12);
    }
  });
});

describe('contractual models', () => {
  const alive = [1000, 631, 468, 382, 326, 289, 262, 241];
  it('counts and columns of single customers give the same fit', () => {
    const renewals: number[] = [], churned: number[] = [], weight: number[] = [];
    for (let k = 1; k < alive.length; k++) {
      renewals.push(k - 1);
      churned.push(1);
      weight.push(alive[k - 1]! - alive[k]!);
    }
    renewals.push(7);
    churned.push(0);
    weight.push(241);
    expect(fitSbg({ renewals, churned, weight }).params).toEqual(fitSbg({ alive }).params);
  });
  it('meets the published curve of the paper (Fader & Hardie 2007, Regular: alpha .704, beta 1.182, LL -1680.3)', () => {
    const model = fitSbg({ alive });
    expect(model.params['alpha']).toBeCloseTo(0.704, 3);
    expect(model.params['beta']).toBeCloseTo(1.182, 3);
    expect(model.logLikelihood).toBeCloseTo(-1680.265, 2);
  });
  it('BdW contains sBG: c = 1 gives its curve and lifetime, and its fit is never worse', () => {
    const sbg = modelFrom('sbg', { alpha: 0.7, beta: 1.2 });
    const bdw = modelFrom('bdw', { alpha: 0.7, beta: 1.2, c: 1 });
    expect(survival(bdw, { periods: 9 })).toEqual(survival(sbg, { periods: 9 }));
    const near = modelFrom('bdw', { alpha: 0.7, beta: 1.2, c: 1 + 1e-12 });
    expect(discountedLifetime(near, { survived: 2, count: 'current', discountRate: 0.1 })).toBeCloseTo(discountedLifetime(sbg, { survived: 2, count: 'current', discountRate: 0.1 }), 9);
    const free = fitBdw({ alive });
    const held = fitSbg({ alive });
    expect(free.converged).toBe(true);
    expect(free.logLikelihood!).toBeGreaterThanOrEqual(held.logLikelihood! - 1e-9);
    const test = likelihoodRatioTest(held, free);
    expect(test.degrees).toBe(1);
    expect(test.pValue).toBeGreaterThan(0);
    expect(compareModels([held, free]).numRows).toBe(2);
  });
  it('BdW finds the duration dependence that made the data', () => {
    const truth = modelFrom('bdw', { alpha: 0.5, beta: 3, c: 1.5 });
    const counts = survival(truth, { periods: 10 }).map((s) => 1e6 * s);
    expect(worstOf(fitBdw({ alive: counts }).params, truth.params)).toBeLessThan(1e-5);
  });
  it('BdW gradient and curvature agree with differences of the likelihood', () => {
    const model = fitBdw({ alive });
    const step = 1e-4;
    const at = (params: Record<string, number>): number => fitBdw({ alive }, { start: params, maxIterations: 1 }).logLikelihood!;
    for (const name of ['alpha', 'beta', 'c']) {
      const moved = (sign: number): Record<string, number> => ({ ...model.params, [name]: model.params[name]! * Math.exp(sign * step) });
      expect(Math.abs(at(moved(1)) - at(moved(-1))) / (2 * step) / 1000).toBeLessThan(1e-5);
    }
  });
  it('simple formula with and without the first margin', () => {
    expect(simpleLifetimeValue({ margin: 100, retentionRate: 0.8, discountRate: 0.1, firstMargin: 'excluded' })).toBeCloseTo(80 / 0.3, 10);
    expect(simpleLifetimeValue({ margin: 100, retentionRate: 0.8, discountRate: 0.1, firstMargin: 'included' })).toBeCloseTo(110 / 0.3, 10);
    expect(() => simpleLifetimeValue({ margin: 1, retentionRate: 1, discountRate: 0, firstMargin: 'excluded' })).toThrow('infinite');
  });
  it('refuses rising counts, nobody leaving, and yearly rates', () => {
    expect(() => fitSbg({ alive: [10, 11] })).toThrow('alive[1] is 11 after 10');
    expect(() => fitSbg({ alive: [10, 10, 10] })).toThrow('nobody left');
    expect(() => fitSbg({ renewals: [1.5], churned: [1] })).toThrow('renewals is 1.5');
    const model = modelFrom('sbg', { alpha: 1, beta: 1 });
    const yearly = { count: 'current', discountRateYearly: 0.1 } as unknown as { count: 'current'; discountRate: number };
    expect(() => discountedLifetime(model, yearly)).toThrow('discountRate per period');
  });
});
