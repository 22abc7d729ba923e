import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  clv, discountedExpectedPurchases, discountedExpectedPurchasesOne, expectedPurchases, expectedPurchasesOfNewCustomer, expectedPurchasesOne, fitBgBb, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, fromBtyd,
  loadBgNbdModel, loadLifetimeModel, loadParetoNbdModel, logLikelihood, modelFrom, probabilityAlive, probabilityAliveOne, probabilityOfNoPurchase, purchaseDistribution, purchaseDistributionOne,
  type LifetimeModel as Model, type PurchaseKind,
} from '../../src/clv/index.js';
import { seededRandom } from '../../src/core/index.js';
import { exampleOrders, summarize } from '../../src/transactions/index.js';
import { smallShop } from './small-shop.js';

const KINDS = ['bg-nbd', 'mbg-nbd', 'pareto-nbd'] as const;
const positive = fc.double({ min: -2, max: 2, noNaN: true }).map((e) => 10 ** e);
const someModel = fc.tuple(fc.constantFrom(...KINDS), positive, positive, positive, positive).map(([kind, r, alpha, c, d]) => modelFrom(kind, kind === 'pareto-nbd' ? { r, alpha, s: c, beta: d } : { r, alpha, a: c, b: d }) as Model<PurchaseKind>);
const someCustomer = fc.tuple(fc.nat({ max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0.01, max: 300, noNaN: true })).map(([x, share, tenure]) => ({ repeats: x, span: x === 0 ? 0 : share * tenure, tenure }));

describe('answers of purchase models, for any parameters and customer', () => {
  it('P(alive) is a probability and falls with time to come', () => fc.assert(fc.property(someModel, someCustomer, (model, customer) => {
    const now = probabilityAliveOne(model, customer);
    const later = probabilityAliveOne(model, customer, { at: 10 });
    expect(now >= 0 && now <= 1 && later >= 0 && later <= now * (1 + 1e-12)).toBe(true);
  })));
  it('expected purchases begin at 0 and rise with the horizon', () => fc.assert(fc.property(someModel, someCustomer, (model, customer) => {
    const curve = [0, 0.1, 1, 10, 100, 1000].map((horizon) => expectedPurchasesOne(model, customer, { horizon }));
    expect(curve[0]).toBe(0);
    for (let k = 1; k < curve.length; k++) expect(curve[k]! >= curve[k - 1]! * (1 - 1e-11)).toBe(true);
  })));
  it('discounting lessens, and at rate 0 changes nothing', () => fc.assert(fc.property(someModel, someCustomer, (model, customer) => {
    const plain = expectedPurchasesOne(model, customer, { horizon: 52 });
    expect(Math.abs(discountedExpectedPurchasesOne(model, customer, { horizon: 52, discountRate: 1e-14 }) - plain)).toBeLessThanOrEqual(1e-10 * plain + 1e-300);
    expect(discountedExpectedPurchasesOne(model, customer, { horizon: 52, discountRate: 0 })).toBe(plain);
    expect(discountedExpectedPurchasesOne(model, customer, { horizon: 52, discountRate: 0.01 })).toBeLessThanOrEqual(plain * (1 + 1e-12));
  })));
  it('discounted purchases are the integral of the curve of expected purchases, by parts', () => fc.assert(fc.property(someModel, someCustomer, (model, customer) => {
    const rate = 0.05, horizon = 20, steps = 400;
    // d·∫ e^(-dt) E(t) dt + e^(-dh) E(h), by Simpson
    let sum = 0;
    for (let k = 0; k <= steps; k++) {
      const t = (horizon * k) / steps;
      sum += (k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2) * Math.exp(-rate * t) * expectedPurchasesOne(model, customer, { horizon: t });
    }
    const byParts = (rate * sum * horizon) / steps / 3 + Math.exp(-rate * horizon) * expectedPurchasesOne(model, customer, { horizon });
    const direct = discountedExpectedPurchasesOne(model, customer, { horizon, discountRate: rate });
    expect(Math.abs(byParts - direct)).toBeLessThanOrEqual(2e-3 * direct + 1e-12);
  }), { numRuns: 20 }));
  it('the distribution sums to 1 and has the expected mean where more than its last count is rare', () => fc.assert(fc.property(someModel, someCustomer, (model, customer) => {
    const p = purchaseDistributionOne(model, customer, { horizon: 2, max: 300 });
    expect(Math.abs(p.reduce((a, b) => a + b, 0) - 1)).toBeLessThan(1e-10);
    if (p[301]! > 1e-16) return;
    const mean = p.reduce((sum, value, n) => sum + value * n, 0);
    const expected = expectedPurchasesOne(model, customer, { horizon: 2 });
    expect(Math.abs(mean - expected)).toBeLessThanOrEqual(1e-9 * (1 + expected));
  }), { numRuns: 60 }));
  it('BG/BB: the distribution sums to 1 and has the expected mean', () => {
    const model = modelFrom('bg-bb', { alpha: 1.2, beta: 0.75, gamma: 0.66, delta: 2.8 });
    for (const m of [1, 5, 12]) {
      const p = purchaseDistributionOne(model, { repeats: 3, last: 5, periods: 6 }, { horizon: m, max: m });
      expect(p.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
      expect(p.reduce((sum, value, n) => sum + value * n, 0)).toBeCloseTo(expectedPurchasesOne(model, { repeats: 3, last: 5, periods: 6 }, { horizon: m }), 12);
    }
    // 200 periods are summed, 201 integrated.
    const curve = [200, 201].map((horizon) => expectedPurchasesOne(model, { repeats: 3, last: 5, periods: 6 }, { horizon }));
    expect(curve[1]! - curve[0]!).toBeGreaterThan(0);
    expect(curve[1]! - curve[0]!).toBeLessThan(0.1);
  });
  it('the published customer: x = 2, t_x = 30.43, T = 38.86, 39 weeks: 1.226 (Fader, Hardie & Lee 2005)', () => {
    const model = modelFrom('bg-nbd', { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 });
    expect(expectedPurchasesOne(model, { repeats: 2, span: 30.43, tenure: 38.86 }, { horizon: 39 })).toBeCloseTo(1.226, 3);
  });
  it('the published customer 1516: 25.46 purchases in a year, P(alive) .9979 (Fader & Hardie, note 009)', () => {
    const model = modelFrom('pareto-nbd', { r: 0.5532, alpha: 10.578, s: 0.6061, beta: 11.669 });
    const customer = { repeats: 26, span: 30.86, tenure: 31 };
    expect(probabilityAliveOne(model, customer)).toBeCloseTo(0.9979, 4);
    expect(expectedPurchasesOne(model, customer, { horizon: { weeks: 52 } })).toBeCloseTo(25.46, 1);
  });
  it('BG/NBD without end: finite above a = 1, refused below', () => {
    const leaves = modelFrom('bg-nbd', { r: 1, alpha: 4, a: 3, b: 3 });
    expect(expectedPurchasesOfNewCustomer(leaves, { horizon: Infinity })).toBeCloseTo(5 / 2, 12);
    expect(expectedPurchasesOfNewCustomer(leaves, { horizon: 1e9 })).toBeCloseTo(5 / 2, 6);
    expect(() => expectedPurchasesOfNewCustomer(modelFrom('bg-nbd', { r: 1, alpha: 4, a: 0.9, b: 3 }), { horizon: Infinity })).toThrow('Give a finite horizon, or a discount rate');
  });
});

describe('fits', () => {
  const shop = smallShop(600, 11);
  it.each([['bg-nbd', fitBgNbd], ['mbg-nbd', fitMbgNbd], ['pareto-nbd', fitParetoNbd]] as const)('%s: zero gradient, the same by weights, units and order', (_, fit) => {
    const model = fit(shop);
    expect(model.converged).toBe(true);
    expect(Math.max(...Object.values(model.gradient!).map(Math.abs))).toBeLessThan(1e-9);
    expect(logLikelihood(model, shop).reduce((a, b) => a + b, 0)).toBeCloseTo(model.logLikelihood!, 7);

    const days = fit({ repeats: shop.repeats, span: shop.span.map((t) => 7 * t), tenure: shop.tenure.map((t) => 7 * t) }, { timeUnit: 'day' });
    expect(days.params['alpha']! / 7).toBeCloseTo(model.params['alpha']!, 5);
    const twice = fit({ ...shop, weight: new Float64Array(600).fill(2) });
    expect(twice.params['r']).toBeCloseTo(model.params['r']!, 7);
    expect(twice.standardErrors!['r']! * Math.SQRT2).toBeCloseTo(model.standardErrors!['r']!, 6);
    const reversed = fit({ repeats: shop.repeats.slice().reverse(), span: shop.span.slice().reverse(), tenure: shop.tenure.slice().reverse() });
    expect(reversed.params['r']).toBeCloseTo(model.params['r']!, 7);
  });
  it('a start far away or hardly possible still arrives', () => {
    const model = fitParetoNbd(shop);
    for (const start of [{ r: 20, alpha: 0.01, s: 20, beta: 0.01 }, { r: 0.01, alpha: 1000, s: 0.01, beta: 1000 }]) {
      const again = fitParetoNbd(shop, { start });
      expect(again.converged).toBe(true);
      expect(again.logLikelihood).toBeCloseTo(model.logLikelihood!, 6);
    }
  });
  it('a penalty draws parameters down', () => {
    const free = fitBgNbd(shop), held = fitBgNbd(shop, { penalty: 0.01 });
    expect(held.params['b']!).toBeLessThan(free.params['b']!);
    expect(held.logLikelihood!).toBeLessThan(free.logLikelihood!);
    expect(held.penalty).toBe(0.01);
  });
  it('stopping early is said, not thrown', () => {
    const model = fitBgNbd(shop, { maxIterations: 2 });
    expect(model.converged).toBe(false);
    expect(model.diagnostics.warnings.map((w) => w.code)).toContain('NOT_CONVERGED');
  });
  it('warns of one-time buyers alive for certain, few repeaters, and a doubtful unit', () => {
    const codes = (model: Model): string[] => model.diagnostics.warnings.map((w) => w.code);
    expect(codes(fitBgNbd(shop))).toContain('ALIVE_CERTAIN');
    expect(codes(fitMbgNbd(shop))).toEqual([]);
    expect(codes(fitMbgNbd(smallShop(60, 1)))).toContain('FEW_REPEAT_CUSTOMERS');
    expect(codes(fitMbgNbd(shop, { timeUnit: 'year' }))).not.toContain('TIME_UNIT_SUSPECT');
    expect(codes(fitMbgNbd({ repeats: shop.repeats, span: shop.span.map((t) => t * 7), tenure: shop.tenure.map((t) => t * 7) }, { timeUnit: 'year' }))).toContain('TIME_UNIT_SUSPECT');
  });
  it('warns when totals are passed for means', () => {
    const totals = fitGammaGamma({ repeats: shop.repeats, meanRepeatSpend: shop.meanRepeatSpend.map((m, i) => m * shop.repeats[i]!) });
    expect(totals.diagnostics.warnings.map((w) => w.code)).toContain('SPEND_CORRELATED');
    expect(fitGammaGamma(shop).diagnostics.warnings.map((w) => w.code)).not.toContain('SPEND_CORRELATED');
    expect(fitGammaGamma(shop).diagnostics.rows.leftOut).toEqual({ 'no-repeats': shop.repeats.filter((x) => x === 0).length });
  });
  it('warns of repeat customers without spend, and names the first', () => {
    const free = fitGammaGamma({ customer: shop.customer, repeats: shop.repeats, meanRepeatSpend: shop.meanRepeatSpend.map((m, i) => (i % 50 === 3 ? -1 : m)) });
    const first = shop.customer[[...shop.repeats.keys()].find((i) => i % 50 === 3 && shop.repeats[i]! > 0)!]!;
    expect(free.diagnostics.warnings.find((w) => w.code === 'SPEND_NOT_POSITIVE')?.message).toContain(`the first customer "${first}"`);
  });
  it('progress is told, and throwing from it stops the fit', () => {
    let steps = 0;
    fitBgNbd(shop, { onProgress: () => steps++ });
    expect(steps).toBeGreaterThan(2);
    expect(() => fitBgNbd(shop, { onProgress: () => { throw new Error('enough'); } })).toThrow('enough');
  });
});

describe('data that hold too little', () => {
  const random = seededRandom(4);
  const alike = { repeats: new Float64Array(500), span: new Float64Array(500), tenure: new Float64Array(500).fill(40) };
  for (let i = 0; i < 500; i++) {
    for (let t = random.exponential() * 5; t < 40; t += random.exponential() * 5) {
      alike.repeats[i]!++;
      alike.span[i] = t;
    }
  }
  it.each([['customers all alike who never leave', alike], ['two customers', { repeats: [1, 0], span: [3, 0], tenure: [10, 12] }], ['10,000 purchases', { repeats: [10000, 0, 5000], span: [3000, 0, 2000], tenure: [3000, 3000, 2500] }]])('%s: finite, JSON-safe, and said', (_, data) => {
    for (const fit of [fitBgNbd, fitMbgNbd, fitParetoNbd]) {
      const model = fit(data);
      expect(loadLifetimeModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
      expect(model.diagnostics.warnings.length).toBeGreaterThan(0);
      for (const values of [probabilityAlive(model, data), expectedPurchases(model, data, { horizon: 10 })]) expect(values.every((v) => Number.isFinite(v) && v >= 0)).toBe(true);
    }
  });
  it('customers of a roster who never bought are counted, and answered by NaN', () => {
    const customers = summarize(exampleOrders({ customers: 80, seed: 1 }), { roster: ['nobody'] });
    const model = fitMbgNbd(customers);
    expect(model.diagnostics.rows).toEqual({ read: 81, used: 80, refused: 0, leftOut: { 'no-purchase': 1 } });
    expect(model.customers).toBe(80);
    const alive = probabilityAlive(model, customers);
    expect(alive[80]).toBeNaN();
    expect(alive.subarray(0, 80).every((p) => p >= 0 && p <= 1)).toBe(true);
    expect(clv(customers, { purchases: model, spend: fitGammaGamma(customers), horizon: 52, discountRateYearly: 0.1, margin: 1 }).cell('clv', 80)).toBeNull();
  });
  it('days of summarized customers become the unit of the model', () => {
    const customers = summarize(exampleOrders({ customers: 200, seed: 1 }));
    const days = customers.toColumns();
    const weeks = (name: string): number[] => (days[name] as number[]).map((d) => d / 7);
    const plain = fitMbgNbd({ repeats: days['repeats'] as Float64Array, span: weeks('span'), tenure: weeks('tenure') });
    expect(fitMbgNbd(customers).params).toEqual(plain.params);
  });
});

describe('refusals name the customer and the cure', () => {
  const good = { customer: ['a', 'b', 'c'], repeats: [2, 0, 1], span: [5, 0, 3], tenure: [10, 10, 10] };
  it.each([
    [{ ...good, span: [11, 0, 3] }, 'customer "a" (row 0): span 11 is above tenure 10'],
    [{ ...good, repeats: [2, -1, 1] }, 'customer "b" (row 1): repeats is -1'],
    [{ ...good, repeats: [2, 0, 1.5] }, 'customer "c" (row 2): repeats is 1.5'],
    [{ ...good, tenure: [10, NaN, 10] }, 'customer "b" (row 1): tenure is NaN'],
    [{ ...good, span: [5, 2, 3] }, 'customer "b" (row 1): span is 2 without a repeat purchase'],
    [{ ...good, repeats: [0, 0, 0], span: [0, 0, 0], tenure: [9, 10, 11] }, 'none of the 3 customers bought a second time'],
    [{ repeats: [1, 1], span: [1, 1], tenure: [2, 2] }, 'only one distinct customer'],
    [{ frequency: [1], recency: [1], T: [2] }, 'frequency → repeats, recency → span'],
    [{ repeats: [1], span: [1] }, 'column "tenure" is missing'],
  ])('%j', (customers, message) => expect(() => fitBgNbd(customers as never)).toThrow(message));
  it('options that are unknown or wrong', () => {
    expect(() => fitBgNbd(good, { maxiter: 3 } as object)).toThrow('there is no option "maxiter"');
    expect(() => fitBgNbd(good, { timeUnit: 'period' })).toThrow("Use one of: 'day', 'week', 'month', 'year'");
    expect(() => fitMbgNbd(good, { covariates: { purchases: ['x'] } })).toThrow('takes no covariates');
    expect(() => fitBgNbd(good, { start: { q: 1 } })).toThrow('The parameters are r, alpha, a, b');
    expect(() => fitBgBb({ repeats: [3, 0], last: [2, 0], periods: [4, 4] })).toThrow('at most one purchase in each');
    const model = modelFrom('bg-nbd', { r: 1, alpha: 1, a: 1, b: 1 });
    expect(() => expectedPurchases(model, good, { horizon: -1 })).toThrow('option horizon is -1');
    expect(() => expectedPurchases(model, good, { horizon: { week: 3 } as never })).toThrow('{ days | weeks | months | years: n }');
    expect(() => discountedExpectedPurchases(model, good, { horizon: 3 })).toThrow('either discountRateYearly or discountRate');
    expect(() => discountedExpectedPurchases(modelFrom('bg-bb', { alpha: 1, beta: 1, gamma: 1, delta: 1 }), { repeats: [1], last: [1], periods: [1] }, { horizon: 3, discountRateYearly: 0.1 })).toThrow('give discountRate per period');
    expect(() => modelFrom('bg-nbd', { r: 1, alpha: -1, a: 1, b: 1 })).toThrow('parameter alpha is -1');
  });
});

describe('models are data', () => {
  const shop = smallShop(300, 2);
  it('survive JSON and answer the same', () => {
    const model = fitParetoNbd(shop);
    const back = loadParetoNbdModel(JSON.parse(JSON.stringify(model)));
    expect(back).toEqual(model);
    expect(probabilityAlive(back, shop)).toEqual(probabilityAlive(model, shop));
    expect(loadLifetimeModel(JSON.parse(JSON.stringify(fitGammaGamma(shop)))).kind).toBe('gamma-gamma');
  });
  it.each([
    ['kind', 'pareto-nbd', 'field kind is "pareto-nbd"'],
    ['version', 2, 'field version is 2'],
    ['params', { r: 1, alpha: 1, a: 1 }, 'parameter b is missing'],
    ['timeUnit', 'fortnight', 'field timeUnit is "fortnight"'],
    ['covariance', [[1]], 'field covariance'],
    ['converged', 'yes', 'field converged is "yes"'],
    ['diagnostics', undefined, 'field diagnostics is undefined'],
    ['extra', 1, 'field extra is 1'],
  ])('a changed field is refused: %s', (field, value, message) => {
    const saved = { ...JSON.parse(JSON.stringify(fitBgNbd(shop))) as object, [field]: value };
    expect(() => loadBgNbdModel(saved)).toThrow(message);
  });
  it('columns of other tools are renamed, and single customers answer as columns do', () => {
    const model = fitBgNbd(shop);
    const renamed = fromBtyd({ customer: shop.customer, frequency: shop.repeats, recency: shop.span, T: shop.tenure, monetary_value: shop.meanRepeatSpend });
    expect(expectedPurchases(model, renamed, { horizon: 10 })).toEqual(expectedPurchases(model, shop, { horizon: 10 }));
    const one = { repeats: shop.repeats[4]!, span: shop.span[4]!, tenure: shop.tenure[4]! };
    expect(expectedPurchases(model, shop, { horizon: 10 })[4]).toBeCloseTo(expectedPurchasesOne(model, one, { horizon: 10 }), 13);
    const table = purchaseDistribution(model, shop, { horizon: 10, max: 3 });
    expect(table.names).toEqual(['customer', 'p0', 'p1', 'p2', 'p3', 'pMore']);
    expect(table.cell('p0', 4)).toBeCloseTo(probabilityOfNoPurchase(model, shop, { horizon: 10 })[4]!, 12);
  });
});
