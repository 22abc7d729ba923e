import { describe, expect, it } from 'vitest';
import {
  discountedExpectedPurchasesOne, expectedPurchasesOne, expectedSpendOne, logLikelihood, logLikelihoodOne, modelFrom, probabilityAliveOne, probabilityOfNoPurchaseOne, purchaseDistributionOne,
} from '../../src/clv/index.js';
import { hasReference, referenceJson } from '../reference.js';

interface Case {
  params: Record<string, number>;
  frequency: number;
  recency: number;
  T: number;
  loglik: number | string;
  p_alive: number | string;
  cet: Record<string, number | string>;
  'dert_delta_0.0027'?: number | string;
  'dert_delta_0.00005'?: number | string;
}
interface SpendCase { params: Record<string, number>; frequency: number; mean_spend: number; loglik?: number; expected_spend: number | null }
type Stress = Record<'bgnbd' | 'mbgnbd' | 'pareto_nbd', Case[]> & { gamma_gamma: SpendCase[] };
const KINDS = { bgnbd: 'bg-nbd', mbgnbd: 'mbg-nbd', pareto_nbd: 'pareto-nbd' } as const;

/** Faults against the reference: relative error above `tolerance` with a floor of 1e-12 absolute, or not finite, or negative. */
function faults(pairs: readonly { what: string; actual: number; expected: number | string }[], tolerance = 1e-8): string[] {
  return pairs.filter(({ actual, expected }) => {
    const e = Number(expected);
    return !Number.isFinite(actual) || !(Math.abs(actual - e) <= Math.max(1e-12, tolerance * Math.abs(e)));
  }).map(({ what, actual, expected }) => `${what}: ${actual} instead of ${expected}`);
}

describe.skipIf(!hasReference)('numeric-stress: finite, not negative, within 1e-8 (80 digits); the anchors fail 20-30 % of these', () => {
  it.each(['bgnbd', 'mbgnbd', 'pareto_nbd'] as const)('%s', (name) => {
    const pairs: { what: string; actual: number; expected: number | string }[] = [];
    const negative: string[] = [];
    for (const c of referenceJson<Stress>('clv/numeric-stress/expected.json')[name]) {
      const model = modelFrom(KINDS[name], c.params);
      const record = { repeats: c.frequency, span: c.recency, tenure: c.T };
      const label = JSON.stringify([c.params, record]);
      const add = (what: string, actual: number, expected: number | string): void => {
        pairs.push({ what: `${what} ${label}`, actual, expected });
        if (actual < 0 && what !== 'loglik') negative.push(`${what} ${label}: ${actual}`);
      };
      add('loglik', logLikelihoodOne(model, record), c.loglik);
      add('alive', probabilityAliveOne(model, record), c.p_alive);
      for (const [t, value] of Object.entries(c.cet)) add(`cet ${t}`, expectedPurchasesOne(model, record, { horizon: Number(t) }), value);
      for (const rate of ['0.0027', '0.00005'] as const) {
        const value = c[`dert_delta_${rate}`];
        const actual = discountedExpectedPurchasesOne(model, record, { horizon: Infinity, discountRate: Number(rate) });
        if (value !== undefined) add(`dert ${rate}`, actual, value);
        else if (!Number.isFinite(actual) || actual < 0) negative.push(`dert ${rate} ${label}: ${actual}`);
      }
    }
    expect(faults(pairs)).toEqual([]);
    expect(negative).toEqual([]);
  });

  it('every other answer is finite and a probability, too', () => {
    for (const name of ['bgnbd', 'mbgnbd', 'pareto_nbd'] as const) {
      for (const c of referenceJson<Stress>('clv/numeric-stress/expected.json')[name]) {
        const model = modelFrom(KINDS[name], c.params);
        const record = { repeats: c.frequency, span: c.recency, tenure: c.T };
        for (const horizon of [0, 0.001, 39, 5200]) {
          const none = probabilityOfNoPurchaseOne(model, record, { horizon });
          const p = purchaseDistributionOne(model, record, { horizon, max: 8 });
          expect(p.every((value) => value >= 0 && value <= 1 + 1e-9)).toBe(true);
          expect(Math.abs(p.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-9);
          expect(Math.abs(p[0]! - none)).toBeLessThan(1e-10);
        }
        const later = probabilityAliveOne(model, record, { at: 520 });
        expect(later >= 0 && later <= probabilityAliveOne(model, record) + 1e-12).toBe(true);
      }
    }
  });

  it('gamma-gamma, NaN where there is no finite mean', () => {
    for (const c of referenceJson<Stress>('clv/numeric-stress/expected.json').gamma_gamma) {
      const model = modelFrom('gamma-gamma', c.params);
      const spend = expectedSpendOne(model, { repeats: c.frequency, meanRepeatSpend: c.mean_spend });
      if (c.expected_spend === null) expect(spend).toBeNaN();
      else expect(faults([{ what: 'spend', actual: spend, expected: c.expected_spend }], 1e-12)).toEqual([]);
      if (c.loglik !== undefined) expect(faults([{ what: 'loglik', actual: logLikelihood(model, { repeats: [c.frequency], meanRepeatSpend: [c.mean_spend] })[0]!, expected: c.loglik }], 1e-11)).toEqual([]);
    }
  });
});
