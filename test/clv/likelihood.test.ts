import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { bgBbLikelihood } from '../../src/clv/bg-bb-likelihood.js';
import { contractLikelihood } from '../../src/clv/contract-likelihood.js';
import { geometricLikelihood } from '../../src/clv/geometric-likelihood.js';
import { KERNEL_LENGTH, type LikelihoodGroup, type LikelihoodKernel } from '../../src/clv/likelihood.js';
import { mergeRows } from '../../src/clv/merge-rows.js';
import { paretoLikelihood } from '../../src/clv/pareto-likelihood.js';
import { maximizeNewton } from '../../src/math/index.js';

const none = new Float64Array(0);
const groupOf = (repeats: number[], span: number[], tenure: number[], weight: number[]): LikelihoodGroup => ({
  repeats: Float64Array.from(repeats), span: Float64Array.from(span), tenure: Float64Array.from(tenure), weight: Float64Array.from(weight), n: repeats.length,
  levels: Float64Array.from(repeats), level: Int32Array.from(repeats.keys()), levelWeight: Float64Array.from(weight), purchases: none, lifetime: none,
});
const inTime = groupOf([0, 2, 5, 30], [0, 10, 30, 39], [40, 40, 38, 39.5], [3, 2, 1, 1]);
const inPeriods = groupOf([0, 2, 5, 3], [0, 4, 6, 3], [6, 6, 6, 8], [3, 2, 1, 1]);
/** Where the kernel keeps the second derivative by i and j. */
const AT = [[5, 6, 7, 8], [6, 9, 10, 11], [7, 10, 12, 13], [8, 11, 13, 14]];

const KERNELS: readonly [string, LikelihoodKernel, LikelihoodGroup][] = [
  ['BG/NBD', (g, p, o) => geometricLikelihood(0, g, p, o), inTime],
  ['MBG/NBD', (g, p, o) => geometricLikelihood(1, g, p, o), inTime],
  ['Pareto/NBD', paretoLikelihood, inTime],
  ['BG/BB', bgBbLikelihood, inPeriods],
];

describe('first and second derivatives agree with central differences, relative to the parameters', () => {
  const someParams = fc.array(fc.double({ min: -1, max: 1.5, noNaN: true }).map((e) => 10 ** e), { minLength: 4, maxLength: 4 });
  it.each(KERNELS)('%s', (_, kernel, group) => fc.assert(fc.property(someParams, (params) => {
    const at = (p: readonly number[]): Float64Array => {
      const out = new Float64Array(KERNEL_LENGTH);
      kernel(group, Float64Array.from(p), out);
      return out;
    };
    const here = at(params);
    const size = 1 + Math.abs(here[0]!);
    for (let i = 0; i < 4; i++) {
      const step = 1e-5 * params[i]!;
      const above = at(params.map((v, k) => (k === i ? v + step : v))), below = at(params.map((v, k) => (k === i ? v - step : v)));
      expect((Math.abs((above[0]! - below[0]!) / (2 * step) - here[1 + i]!) * params[i]!) / size).toBeLessThan(1e-7);
      for (let j = 0; j < 4; j++) expect((Math.abs((above[1 + j]! - below[1 + j]!) / (2 * step) - here[AT[i]![j]!]!) * params[i]! * params[j]!) / size).toBeLessThan(1e-6);
    }
  }), { numRuns: 40 }));

  it('BdW', () => {
    const rows = { columns: [Float64Array.of(0, 1, 2, 5, 7), Float64Array.of(1, 1, 1, 1, 0)], weight: Float64Array.of(100, 50, 30, 10, 40), n: 5 };
    const at = (logs: readonly number[]): { value: number; gradient: Float64Array; hessian: Float64Array } => {
      const gradient = new Float64Array(3), hessian = new Float64Array(9);
      return { value: contractLikelihood(rows, Float64Array.from(logs, Math.exp), gradient, hessian), gradient, hessian };
    };
    const logs = [-0.4, 0.3, 0.35];
    const here = at(logs);
    for (let i = 0; i < 3; i++) {
      const above = at(logs.map((v, k) => (k === i ? v + 1e-4 : v))), below = at(logs.map((v, k) => (k === i ? v - 1e-4 : v)));
      expect(Math.abs((above.value - below.value) / 2e-4 - here.gradient[i]!)).toBeLessThan(1e-4);
      for (let j = 0; j < 3; j++) expect(Math.abs((above.gradient[j]! - below.gradient[j]!) / 2e-4 - here.hessian[3 * i + j]!)).toBeLessThan(1e-4);
    }
  });
});

describe('mergeRows', () => {
  it('merges equal rows in order of first appearance, leaves out NaN and weight 0, takes -0 as 0', () => {
    const merged = mergeRows([Float64Array.of(1, 2, 1, NaN, -0, 0, 9), Float64Array.of(5, 5, 5, 5, 3, 3, 9)], Float64Array.of(1, 1, 2, 1, 1, 1, 0));
    expect(merged.columns.map((column) => [...column])).toEqual([[1, 2, -0], [5, 5, 3]]);
    expect([...merged.weight]).toEqual([3, 1, 2]);
  });
  it('keeps every customer, whatever the rows', () => fc.assert(fc.property(fc.array(fc.nat({ max: 40 }), { maxLength: 3000 }), (values) => {
    const merged = mergeRows([Float64Array.from(values), Float64Array.from(values, (v) => v / 7)]);
    expect(merged.weight.reduce((a, b) => a + b, 0)).toBe(values.length);
    expect(merged.n).toBe(new Set(values).size);
  })));
});

describe('maximizeNewton', () => {
  it('climbs Rosenbrock\'s banana from its usual start', () => {
    const { at, converged } = maximizeNewton(([x, y], g, h) => {
      const u = y! - x! * x!;
      g.set([400 * x! * u + 2 * (1 - x!), -200 * u]);
      h.set([400 * u - 800 * x! * x! - 2, 400 * x!, 400 * x!, -200]);
      return -(100 * u * u + (1 - x!) ** 2);
    }, Float64Array.of(-1.2, 1));
    expect(converged).toBe(true);
    expect(at[0]).toBeCloseTo(1, 9);
    expect(at[1]).toBeCloseTo(1, 9);
  });
  it('a value that is not finite is a step too far', () => {
    const { at } = maximizeNewton(([x], g, h) => {
      g[0] = 1 / x! - 1;
      h[0] = -1 / (x! * x!);
      return x! > 0 ? Math.log(x!) - x! : NaN;
    }, Float64Array.of(4), { longestStep: 100 });
    expect(at[0]).toBeCloseTo(1, 9);
  });
});
