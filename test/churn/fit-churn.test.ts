import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/core/index.js';
import { explainChurn, fitChurn, loadChurnModel, scoreChurn, scoreChurnOne, type ChurnModel } from '../../src/churn/index.js';

// mtcars (Henderson & Velleman 1981): transmission by weight; R: glm(am ~ wt, binomial).
const wt = [2.62, 2.875, 2.32, 3.215, 3.44, 3.46, 3.57, 3.19, 3.15, 3.44, 3.44, 4.07, 3.73, 3.78, 5.25, 5.424, 5.345, 2.2, 1.615, 1.835, 2.465, 3.52, 3.435, 3.84, 3.845, 1.935, 2.14, 1.513, 3.17, 2.77, 3.57, 2.78];
const am = [1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1];

const made = (n: number): { churned: boolean[]; days: number[]; plan: string[] } => {
  const random = seededRandom(3);
  const days: number[] = [], plan: string[] = [], churned: boolean[] = [];
  for (let i = 0; i < n; i++) {
    days.push(Math.round(random.exponential() * 60));
    plan.push(['month', 'month', 'year', 'two'][random.below(4)]!);
    const eta = -2 + 0.02 * days[i]! + (plan[i] === 'month' ? 1 : plan[i] === 'two' ? -1 : 0);
    churned.push(random.uniform() < 1 / (1 + Math.exp(-eta)));
  }
  return { churned, days, plan };
};

describe('fitChurn', () => {
  it('agrees with R glm on mtcars: 12.040 (4.510), -4.024 (1.436), residual deviance 19.176', () => {
    const model = fitChurn({ churned: am, wt }, { ridge: 0, folds: 0 });
    expect(model.intercept).toBeCloseTo(12.04, 3);
    expect(model.interceptError).toBeCloseTo(4.51, 2);
    expect(model.terms[0]!.coefficient).toBeCloseTo(-4.024, 3);
    expect(model.terms[0]!.standardError).toBeCloseTo(1.436, 2);
    expect(-2 * model.logLikelihood).toBeCloseTo(19.176, 3);
    expect(model.quality.by).toBe('training');
  });
  it('finds the law of made customers, with honest quality and calibration', () => {
    const model = fitChurn(made(6000));
    const of = (feature: string, value?: string): number => model.terms.find((t) => t.feature === feature && t.value === value)!.coefficient;
    expect(model.references).toEqual({ plan: 'month' });
    expect(of('days')).toBeCloseTo(0.02, 2);
    expect(Math.abs(of('plan', 'two') + 2)).toBeLessThan(0.35);
    expect(model.quality).toMatchObject({ by: 'cross-validated' });
    expect(model.quality.auc).toBeGreaterThan(0.7);
    for (const part of model.quality.calibration) expect(Math.abs(part.predicted - part.observed)).toBeLessThan(0.1);
    expect(model.quality.calibration.reduce((sum, part) => sum + part.customers, 0)).toBe(6000);
  });
  it('stays finite where a feature parts the customers completely, and says so', () => {
    const data = { churned: [0, 0, 0, 1, 1, 1], x: [1, 2, 3, 4, 5, 6] };
    const model = fitChurn(data);
    expect(Number.isFinite(model.terms[0]!.coefficient)).toBe(true);
    expect(model.diagnostics.warnings.map((w) => w.code)).toContain('LEAKAGE_SUSPECTED');
    expect(() => JSON.stringify(fitChurn(data, { ridge: 0 }))).not.toThrow();
  });
  it('without a ridge, names the group in which nobody left, and claims no maximum', () => {
    const plan = Array.from({ length: 300 }, (_, i) => ['month', 'year', 'gift', 'month'][i % 4]!);
    const churned = plan.map((own, i) => own !== 'gift' && i % (own === 'month' ? 2 : 5) === 0);
    const parted = fitChurn({ churned, plan, days: plan.map((_, i) => i % 7) }, { ridge: 0 });
    expect(parted.converged).toBe(false);
    expect(parted.diagnostics.warnings).toContainEqual({ code: 'SEPARATION', message: expect.stringMatching(/^plan = gift parts those who left .* Give a ridge above 0/) });
    const ridged = fitChurn({ churned, plan, days: plan.map((_, i) => i % 7) });
    expect([ridged.converged, ridged.diagnostics.warnings.map(({ code }) => code)]).toEqual([true, []]);
    // The commonest value is what others are compared with: where nobody left there, all others run away from it.
    expect(fitChurn({ churned: plan.map((own, i) => own !== 'month' && i % 3 === 0), plan }, { ridge: 0, folds: 0 }).diagnostics.warnings[0]!.message).toMatch(/^plan \(against month\) parts? those/);
    // Everybody left: the other side.
    expect(fitChurn({ churned: plan.map((own, i) => own === 'gift' || i % 2 === 0), plan }, { ridge: 0, folds: 0 }).diagnostics.warnings.map(({ code }) => code)).toContain('SEPARATION');
    // A hair's breadth of ridge lets the coefficient run as far as none.
    expect(fitChurn({ churned, plan }, { ridge: 1e-9, folds: 0 }).diagnostics.warnings.map(({ code }) => code)).toContain('SEPARATION');
  });
  it.each([
    ['completely, by a number', { churned: [0, 0, 0, 1, 1, 1], x: [1, 2, 3, 4, 5, 6] }],
    ['but for a tie at the border', { churned: [0, 0, 0, 1, 0, 1, 1, 1], x: [1, 2, 3, 4, 4, 5, 6, 7] }],
    ['by two numbers together', { churned: [0, 1, 0, 1, 0, 1, 0, 1], x: [1, 2, 2, 3, 3, 4, 4, 5], y: [2, 2, 3, 3, 4, 4, 5, 5] }],
  ] as const)('without a ridge, says so where customers are parted %s', (_, data) => {
    const model = fitChurn(data, { ridge: 0, folds: 0 });
    expect(model.converged).toBe(false);
    expect(model.diagnostics.warnings.map(({ code }) => code)).toContain('SEPARATION');
  });
  it.each([10, 1000, 100_000])('takes a group of %i of whom one left for what it is: far from the others, and not parted', (size) => {
    const group = Array.from({ length: 2 * size }, (_, i) => (i < size ? 'rare' : 'often'));
    const model = fitChurn({ churned: group.map((own, i) => (own === 'often' ? i % 2 === 0 : i === 0)), group }, { ridge: 0, folds: 0 });
    expect(model.converged).toBe(true);
    expect(model.diagnostics.warnings.map(({ code }) => code).filter((code) => code !== 'FEW_CHURNED')).toEqual([]);
    // Log-odds of one in `size` against one in two.
    expect(Math.abs(model.terms[0]!.coefficient)).toBeCloseTo(Math.log(size - 1), 6);
  });
  it('does not take features that repeat one another for parted ones', () => {
    const { churned, days } = made(400);
    const codes = fitChurn({ churned, days, again: days.map((d) => 2 * d + 1e-7 * (d % 3)) }, { ridge: 0, folds: 0 }).diagnostics.warnings.map(({ code }) => code);
    expect(codes).not.toContain('SEPARATION');
  });
  it('refuses what cannot be learned from', () => {
    expect(() => fitChurn({ churned: [0, 0], x: [1, 2] })).toThrow('nobody left');
    expect(() => fitChurn({ churned: [1, 1], x: [1, 2] })).toThrow('everybody left');
    expect(() => fitChurn({ churned: [0, 1], x: [1, 1] })).toThrow('no feature differs');
    expect(() => fitChurn({ churned: [0, 1], x: [1, NaN] })).toThrow('row 1: the value is missing');
    expect(() => fitChurn({ churned: [0, 1], x: ['a', null] })).toThrow("Fill it with a word of its own");
    expect(() => fitChurn({ churned: [0, 1], x: [1, 2] }, { features: ['churned'] })).toThrow('not churned itself');
  });
});

describe('scoreChurn, scoreChurnOne, explainChurn, loadChurnModel', () => {
  const data = made(500);
  const model = fitChurn(data);
  it('one customer scores as in a table, also through JSON', () => {
    const saved = loadChurnModel(JSON.parse(JSON.stringify(model)));
    const table = scoreChurn(saved, data).toRows();
    for (const i of [0, 17, 499]) {
      const one = scoreChurnOne(model, { days: data.days[i]!, plan: data.plan[i]! });
      expect(one.probability).toBeCloseTo(table[i]!['probability'] as number, 13);
    }
    expect(saved).toEqual(model);
  });
  it('a value unseen, or a feature missing, is refused by name', () => {
    expect(() => scoreChurnOne(model, { days: 3, plan: 'weekly' })).toThrow('feature plan is "weekly", which the model has not seen');
    expect(() => scoreChurnOne(model, { plan: 'month' })).toThrow('feature days is undefined');
    expect(() => scoreChurn(model, { days: [1], plan: ['weekly'] })).toThrow('row 0');
  });
  it('tells odds in words, in both languages', () => {
    expect(explainChurn(model).toColumns()['words']).toContainEqual(expect.stringMatching(/^plan = two: odds of leaving 0\.\d+ times those of month/));
    expect(explainChurn(model, { labels: 'zh' }).toColumns()['words']).toContainEqual(expect.stringMatching(/流失几率/));
  });
  it('tells no odds of a term that parts those who left from those who stayed, and says why', () => {
    const plan = Array.from({ length: 300 }, (_, i) => ['month', 'year', 'gift', 'month'][i % 4]!);
    const churned = plan.map((own, i) => own !== 'gift' && i % (own === 'month' ? 2 : 5) === 0);
    const parted = fitChurn({ churned, plan, days: plan.map((_, i) => i % 7) }, { ridge: 0 });
    expect(parted.terms.map(({ value, separated }) => [value, separated])).toEqual([['gift', true], ['year', undefined], [undefined, undefined]]);
    for (const known of [parted, loadChurnModel(JSON.parse(JSON.stringify(parted)))]) {
      const [first, ...others] = explainChurn(known).toRows();
      expect(first).toEqual({ feature: 'plan', value: 'gift', oddsRatio: null, low: null, high: null, perSd: null, pValue: null, words: 'plan = gift parts those who left from those who stayed: its odds cannot be told' });
      expect(others.every((row) => Number.isFinite(row['oddsRatio']) && Number.isFinite(row['high']))).toBe(true);
      expect(explainChurn(known, { labels: 'zh' }).row(0)['words']).toBe('plan = gift 把已流失与未流失的客户完全分开：几率无法估计');
    }
    const byNumber = explainChurn(fitChurn({ churned: [0, 0, 0, 1, 1, 1], x: [1, 2, 3, 4, 5, 6] }, { ridge: 0, folds: 0 }));
    expect(byNumber.toRows()).toEqual([expect.objectContaining({ feature: 'x', oddsRatio: null, words: 'x parts those who left from those who stayed: its odds cannot be told' })]);
    // A ridge gives each a number.
    expect(explainChurn(fitChurn({ churned, plan })).toRows().every((row) => Number.isFinite(row['oddsRatio']))).toBe(true);
  });
  it('a damaged model is refused by field', () => {
    const broken = (change: (m: Record<string, unknown>) => void): unknown => {
      const copy = JSON.parse(JSON.stringify(model)) as Record<string, unknown>;
      change(copy);
      return copy;
    };
    expect(() => loadChurnModel(broken((m) => (m['version'] = 2)))).toThrow('field version of the model is 2');
    expect(() => loadChurnModel(broken((m) => (m['intercept'] = null)))).toThrow('field intercept');
    expect(() => loadChurnModel(broken((m) => (m['extra'] = 1)))).toThrow('field extra');
    expect(() => loadChurnModel(broken((m) => ((m['terms'] as ChurnModel['terms'][number][])[0] = { feature: 'days' } as never)))).toThrow('terms[0].coefficient');
    expect(() => loadChurnModel(broken((m) => ((m['terms'] as Record<string, unknown>[])[0]!['separated'] = 'yes')))).toThrow('terms[0].separated');
    expect(() => loadChurnModel(7)).toThrow(expect.objectContaining({ code: 'MODEL_INVALID' }));
  });
});
