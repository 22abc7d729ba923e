import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import { gaussianMixture, loadGaussianMixtureModel, scoreGaussianMixture, type GaussianMixtureOptions } from '../../src/segmentation/index.js';
import { anyPoints, threeGroups } from './customers.js';

/** Three overlapping clouds, from whole-number arithmetic so that any language makes the same. */
function clouds(): { a: number[]; b: number[] } {
  let state = 1;
  const uniform = (): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state + 0.5) / 2 ** 32;
  };
  const hubs = [[0, 0, 1, 0.5], [3, 1, 0.6, 1.2], [0.5, 4, 1.5, 0.7]] as const;
  const rows = Array.from({ length: 300 }, (_, i) => {
    const [x, y, p, q] = hubs[i % 3]!;
    const u = uniform() + uniform() + uniform() + uniform() - 2;
    const v = uniform() + uniform() + uniform() + uniform() - 2;
    return [x + p * u, y + q * v + 0.4 * u] as const;
  });
  return { a: rows.map(([a]) => a), b: rows.map(([, b]) => b) };
}

const plain: Omit<GaussianMixtureOptions, 'k'> = { features: ['a', 'b'], scale: 'none' };
const thorough = { ...plain, tolerance: 1e-13, maxIterations: 20_000, starts: 12 } as const;

describe('gaussianMixture', () => {
  // GaussianMixture of scikit-learn 1.9.1 on the same points, tol 1e-13, best of 12 seeds.
  const SKLEARN = {
    full: { logLikelihood: [-1128.5611966151537, -901.33536753872, -756.7225462018906, -749.3757308412626], bic: [2285.6413056035885, 1865.4123422986581, 1610.4093944729366, 1629.9384585996177] },
    diagonal: { logLikelihood: [-1128.761228671407, -983.1004502464817, -810.0128271092904, -793.1649460034683], bic: [2280.337587241439, 2017.5349427648694, 1699.8786088637676, 1694.7017590254045] },
  };
  it.each(['full', 'diagonal'] as const)('agrees with scikit-learn for k = 1 to 4, covariances %s', (covariance) => {
    const { candidates } = gaussianMixture(clouds(), { ...thorough, covariance, k: [1, 2, 3, 4] });
    const columns = candidates.toColumns();
    for (const name of ['logLikelihood', 'bic'] as const) SKLEARN[covariance][name].forEach((value, i) => expect((columns[name] as number[])[i]).toBeCloseTo(value, 6));
  });

  it('finds the weights, means, covariances and memberships of scikit-learn, and takes k = 3 by BIC', () => {
    const found = gaussianMixture(clouds(), { ...thorough, k: [1, 2, 3, 4] });
    const expected = {
      weights: [0.33326425647458574, 0.3333333332393, 0.3334024102861142],
      means: [[2.9331106267241753, 0.9886173461623845], [0.5452537311486102, 4.006363875380219], [0.010947154728249944, 0.01919154698121041]],
      covariances: [[[0.1315549797735971, 0.12024677220017294], [0.12024677220017294, 0.5842746903852825]], [[0.6120971927815536, 0.20590487773964858], [0.20590487773964858, 0.2614207177154981]], [[0.35177742263451556, 0.1446899063234], [0.1446899063234, 0.13993573262537506]]],
    };
    expect(found.model.weights).toHaveLength(3);
    const close = (actual: unknown, wanted: unknown): void => (actual as number[]).flat(3).forEach((value, i) => expect(value).toBeCloseTo((wanted as number[]).flat(3)[i]!, 7));
    for (const name of ['weights', 'means', 'covariances'] as const) close(found.model[name], expected[name]);
    expect(found.probabilities[0]![1]).toBeCloseTo(0.999884925286984, 8);
    expect(found.probabilities[2]![1]).toBeCloseTo(0.00011507471279528851, 8);
    expect(found.aic).toBeCloseTo(1547.4450924037812, 6);
  });

  it('is one normal distribution for k = 1: mean and population covariance', () => {
    const { model } = gaussianMixture({ x: [0, 1, 2, 5] }, { k: 1, features: ['x'], scale: 'none', regularization: 1e-12 });
    expect(model.means[0]![0]).toBeCloseTo(2, 12);
    expect(model.covariances[0]![0]![0]).toBeCloseTo(3.5, 10);
  });

  it('finds three groups that are there, numbered by money and named in both languages', () => {
    const found = gaussianMixture(threeGroups(), { k: 3, labels: 'zh' });
    expect([...found.labels]).toEqual([...Array(40).fill(0), ...Array(40).fill(1), ...Array(40).fill(2)]);
    expect(found.table.row(0)).toMatchObject({ cluster: 0, segment: 'important_value', label: '重要价值客户' });
    expect(found.table.cell('probability', 0)).toBeCloseTo(1, 9);
  });

  it('gives a far customer memberships that are numbers, and one without a purchase none', () => {
    const found = gaussianMixture({ customer: ['p', 'a', 'b', 'c', 'd', 'e'], recency: [NaN, 1, 2, 300, 320, 280], frequency: [0, 9, 8, 1, 2, 1], monetary: [0, 90, 80, 5, 6, 7] }, { k: 2, regularization: 0.01 });
    expect(found.labels[0]).toBe(-1);
    expect(found.probabilities[0]![0]).toBeNaN();
    const far = scoreGaussianMixture(found.model, { customer: ['x'], recency: [1e9], frequency: [1e9], monetary: [1e12] });
    expect(far.probabilities[0]![0]! + far.probabilities[1]![0]!).toBeCloseTo(1, 12);
  });

  it('says when a component has no width, and when it stopped early', () => {
    const found = gaussianMixture({ x: [1, 1, 1, 1, 1, 1, 5, 6, 7, 8, 9, 10] }, { k: 2, features: ['x'], scale: 'none', maxIterations: 2, tolerance: 1e-12 });
    expect(found.diagnostics.warnings.map(({ code }) => code)).toEqual(['NOT_CONVERGED', 'COMPONENT_FLAT']);
  });

  it('says when one feature follows from others within a component, in any unit and order, and not when they only go together', () => {
    const { a, b } = clouds();
    const line = a.map((x) => 2 * x + 1), sum = a.map((x, i) => x - 3 * b[i]!);
    const said = (data: Record<string, number[]>, more: Partial<GaussianMixtureOptions> = {}): string[] => gaussianMixture(data, { k: 2, features: Object.keys(data), scale: 'zscore', starts: 1, ...more }).diagnostics.warnings
      .filter(({ code }) => code === 'COMPONENT_FLAT').map(({ message }) => message.split(' follow')[0]!);
    for (const scale of ['zscore', 'none'] as const) {
      expect(said({ a, line, b }, { scale })).toEqual(['a and line', 'a and line']);
      expect(said({ line, b, a }, { scale })).toEqual(['line and a', 'line and a']);
      expect(said({ a, b, sum }, { scale })).toEqual(['a and b and sum', 'a and b and sum']);
    }
    expect(said({ a, line: line.map((x, i) => x + (i % 2) / 10), b })).toEqual([]);
    expect(said({ a, line, b }, { covariance: 'diagonal' })).toEqual([]);
    expect(gaussianMixture({ a, line }, { k: 1, features: ['a', 'line'], scale: 'none' }).diagnostics.warnings[0]!.message).toContain('Leave line out');
  });

  it('says when a component is the likeliest of nobody', () => {
    const x = Array.from({ length: 60 }, (_, i) => (i * 7) % 5), y = Array.from({ length: 60 }, (_, i) => (i * 11) % 4);
    const found = gaussianMixture({ x, y }, { k: 8, features: ['x', 'y'], scale: 'none', regularization: 0.5, tolerance: 1e-9 });
    const empty = [...found.sizes].filter((size) => size === 0).length;
    expect(empty).toBeGreaterThan(0);
    expect(found.diagnostics.warnings.filter(({ code }) => code === 'CLUSTER_EMPTY').map(({ message }) => message)).toEqual([expect.stringContaining(empty === 1 ? 'one component is' : `${empty} components are`)]);
    expect(gaussianMixture(threeGroups(), { k: 3 }).diagnostics.warnings.map(({ code }) => code)).not.toContain('CLUSTER_EMPTY');
  });

  it('is one component of one customer, and refuses two by that number', () => {
    const one = gaussianMixture({ x: [3], y: [4] }, { k: 1, features: ['x', 'y'], scale: 'none' });
    one.model.means[0]!.forEach((mean, f) => expect(mean).toBeCloseTo([3, 4][f]!, 12));
    expect(one.diagnostics.warnings.map(({ code }) => code)).toEqual(['COMPONENT_FLAT', 'COMPONENT_FLAT']);
    expect(() => gaussianMixture({ x: [3], y: [4] }, { k: [1, 2], features: ['x', 'y'], scale: 'none' })).toThrow('option k is 2. There are only 1 different customers');
  });

  it('gives shares that add up to 1, likelier with every iteration, whatever the order of the rows', () => fc.assert(fc.property(anyPoints, (data) => {
    fc.pre(new Set(data.a.map((a, i) => `${a + 0},${data.b[i]! + 0}`)).size >= 3);
    const options: GaussianMixtureOptions = { ...plain, k: 3, regularization: 0.01, starts: 1, tolerance: 1e-9 };
    const found = gaussianMixture(data, options);
    data.a.forEach((_, i) => expect(found.probabilities.reduce((sum, own) => sum + own[i]!, 0)).toBeCloseTo(1, 9));
    const early = gaussianMixture(data, { ...options, maxIterations: 2 });
    expect(found.logLikelihood).toBeGreaterThanOrEqual(early.logLikelihood - 0.2);
    const backwards = gaussianMixture({ a: [...data.a].reverse(), b: [...data.b].reverse() }, options);
    expect(backwards.logLikelihood).toBe(found.logLikelihood);
    expect([...backwards.labels].reverse()).toEqual([...found.labels]);
  }), { numRuns: 40 }));

  it('scores as it fitted, through JSON', () => {
    const customers = threeGroups();
    const found = gaussianMixture(customers, { k: 3 });
    const model = loadGaussianMixtureModel(JSON.parse(JSON.stringify(found.model)));
    expect(model).toEqual(found.model);
    const again = scoreGaussianMixture(model, customers);
    expect([...again.labels]).toEqual([...found.labels]);
    expect(again.logLikelihood).toBeCloseTo(found.logLikelihood, 8);
    expect(scoreGaussianMixture(model, customers.take([])).table.numRows).toBe(0);
  });

  const good = JSON.parse(JSON.stringify(gaussianMixture(clouds(), { ...plain, k: 2 }).model)) as Record<string, unknown>;
  it.each([
    ['kind', { kind: 'kmeans' }], ['weights', { weights: [0.5, 0.6] }], ['means[1]', { means: [[1, 2], [1]] }], ['covariances', { covariances: [[[1, 0], [0, 1]]] }],
    ['covariances[1]', { covariances: [[[1, 0], [0, 1]], [[1, 2], [2, 1]]] }], ['covariance', { covariance: 'round' }], ['names', { names: [] }],
  ])('refuses a model with a wrong %s', (path, change) => {
    expect(() => loadGaussianMixtureModel({ ...good, ...change })).toThrow(expect.objectContaining({ code: 'MODEL_INVALID', place: expect.objectContaining({ option: path }) as object }));
  });

  it.each([
    [{}, 'k'], [{ k: [] }, 'k'], [{ k: [2, 2] }, 'k'], [{ k: 0 }, 'k'], [{ k: 301 }, 'k'], [{ k: 2, regularization: 0 }, 'regularization'], [{ k: 2, tolerance: -1 }, 'tolerance'],
    [{ k: 2, covariance: 'tied' }, 'covariance'], [{ k: 2, weights: 'w' }, 'weights'], [{ k: 2, labels: 'fr' }, 'labels'],
  ])('refuses %j by naming %s', (options, option) => {
    expect(() => gaussianMixture(clouds(), { ...plain, ...options } as never)).toThrow(expect.objectContaining({ code: 'OPTION_INVALID', place: expect.objectContaining({ option }) as object }));
  });
});
