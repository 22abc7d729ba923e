import { describe, expect, it } from 'vitest';
import {
  discountedExpectedPurchases, expectedPurchases, expectedPurchasesOfNewCustomer, expectedSpend, fitBgBb, fitBgNbd, fitGammaGamma, fitMbgNbd, fitParetoNbd, logLikelihood, modelFrom,
  probabilityAlive, purchaseDistributionOfNewCustomer, type LifetimeModel as Model, type PurchaseKind,
} from '../../src/clv/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';
import { cdnow, expectedOf, numbers, worstError, worstOf } from './data.js';

const KINDS = { bgnbd: 'bg-nbd', mbgnbd: 'mbg-nbd', pareto_nbd: 'pareto-nbd' } as const;
const FITS = { bgnbd: fitBgNbd, mbgnbd: fitMbgNbd, pareto_nbd: fitParetoNbd } as const;
type Name = keyof typeof KINDS;
const NAMES = Object.keys(KINDS) as Name[];
const TEN_PERCENT = Math.log(1.1) / 52;

describe.skipIf(!hasReference)('fits meet the reference (clv, 40 digits): parameters 1e-6, log-likelihood 1e-6, standard errors 1e-4', () => {
  for (const set of ['cdnow-sample', 'cdnow-master'] as const) {
    it.each(NAMES)(`${set}: %s`, (name) => {
      const model = FITS[name](cdnow(set));
      const expected = expectedOf(set).models[name];
      expect(model.converged).toBe(true);
      expect(model.logLikelihood!).toBeGreaterThan(expected.loglik - 1e-6);
      expect(worstOf(model.params, expected.params)).toBeLessThan(1e-6);
      expect(worstOf(model.standardErrors!, expected.se)).toBeLessThan(1e-4);
      if (expected.cov_log_params !== undefined) expect(worstError(model.covarianceOfLogs!.flat(), expected.cov_log_params.flat())).toBeLessThan(1e-4);
    });
    it(`${set}: gamma-gamma`, () => {
      const model = fitGammaGamma(cdnow(set));
      const expected = expectedOf(set).models.gamma_gamma;
      expect(model.logLikelihood!).toBeGreaterThan(expected.loglik - 1e-6);
      expect(worstOf(model.params, expected.params)).toBeLessThan(1e-6);
      expect(worstOf(model.standardErrors!, expected.se)).toBeLessThan(1e-4);
    });
  }
  it('donations: BG/BB', () => {
    const rows = referenceRows('clv/donations-bgbb/recency_frequency.csv');
    const expected = referenceJson<{ params: Record<string, number>; se: Record<string, number>; loglik: number }>('clv/donations-bgbb/expected.json');
    const model = fitBgBb({ repeats: numbers(rows, 'frequency'), last: numbers(rows, 'recency'), periods: numbers(rows, 'n_periods'), weight: numbers(rows, 'customers') });
    expect(model.logLikelihood!).toBeGreaterThan(expected.loglik - 1e-6);
    expect(worstOf(model.params, expected.params)).toBeLessThan(1e-6);
    expect(worstOf(model.standardErrors!, expected.se)).toBeLessThan(1e-4);
  });
});

describe.skipIf(!hasReference)('answers at the reference parameters', () => {
  for (const set of ['cdnow-sample', 'cdnow-master'] as const) {
    const load = (name: Name): { model: Model<PurchaseKind>; customers: Record<string, Float64Array>; values: Record<string, number[]> } => {
      const values = referenceJson<Record<string, number[]>>(`clv/${set}/customers.json`);
      const weeks = (column: string): Float64Array => Float64Array.from(values[column]!, (d) => d / 7);
      const customers = { repeats: Float64Array.from(values['frequency']!), span: weeks('recency_days'), tenure: weeks('T_days'), meanRepeatSpend: Float64Array.from(values['monetary_value']!) };
      return { model: modelFrom(KINDS[name], expectedOf(set).models[name].params), customers, values };
    };
    it.each(NAMES)(`${set}: %s P(alive), expected purchases, log-likelihood within 1e-11`, (name) => {
      const { model, customers, values } = load(name);
      expect(worstError(probabilityAlive(model, customers), values[`${name}_p_alive`]!)).toBeLessThan(1e-11);
      for (const weeks of [10, 39, 52]) expect(worstError(expectedPurchases(model, customers, { horizon: { weeks } }), values[`${name}_cet_${weeks}`]!)).toBeLessThan(1e-11);
      expect(worstError(logLikelihood(model, customers), values[`${name}_loglik`]!, 1)).toBeLessThan(1e-12);
    });
    it(`${set}: Pareto/NBD discounted purchases to infinity 1e-11, of a year 1e-11`, () => {
      const { model, customers, values } = load('pareto_nbd');
      expect(worstError(discountedExpectedPurchases(model, customers, { horizon: Infinity, discountRate: TEN_PERCENT }), values['pareto_nbd_dert_10pct']!)).toBeLessThan(1e-11);
      expect(worstError(discountedExpectedPurchases(model, customers, { horizon: Infinity, discountRate: 0.0027 }), values['pareto_nbd_dert_0027']!)).toBeLessThan(1e-11);
      expect(worstError(discountedExpectedPurchases(model, customers, { horizon: 52, discountRate: TEN_PERCENT }), values['pareto_nbd_dect52_10pct']!)).toBeLessThan(1e-11);
    });
    it(`${set}: expected spend within 1e-12`, () => {
      const { customers, values } = load('bgnbd');
      const spend = modelFrom('gamma-gamma', expectedOf(set).models.gamma_gamma.params);
      expect(worstError(expectedSpend(spend, customers), values['gamma_gamma_expected_spend']!)).toBeLessThan(1e-12);
    });
    it(`${set}: BG/NBD and MBG/NBD discounted purchases within 1e-10`, () => {
      const expected = expectedOf(set);
      const all = cdnow(set);
      const rows = expected.subset_discounted.customer_id.map((id) => all.customer.indexOf(id));
      const customers = { repeats: rows.map((i) => all.repeats[i]!), span: rows.map((i) => all.span[i]!), tenure: rows.map((i) => all.tenure[i]!) };
      for (const name of ['bgnbd', 'mbgnbd'] as const) {
        const model = modelFrom(KINDS[name], expected.models[name].params);
        const dert = expected.subset_discounted[`${name}_dert_10pct`];
        if (dert !== undefined) expect(worstError(discountedExpectedPurchases(model, customers, { horizon: Infinity, discountRate: TEN_PERCENT }), dert)).toBeLessThan(1e-10);
        const dect = expected.subset_discounted[`${name}_dect52_10pct`];
        if (dect !== undefined) expect(worstError(discountedExpectedPurchases(model, customers, { horizon: 52, discountRate: TEN_PERCENT }), dect)).toBeLessThan(1e-10);
      }
    });
    it.each(NAMES)(`${set}: %s purchases of a new customer, expected and distributed, within 1e-11`, (name) => {
      const expected = expectedOf(set).models[name];
      const model = modelFrom(KINDS[name], expected.params);
      const { t_weeks, value } = expected.unconditional_expected_repeat_transactions!;
      expect(worstError(t_weeks.map((weeks) => expectedPurchasesOfNewCustomer(model, { horizon: { weeks } })), value)).toBeLessThan(1e-11);
      const { pmf } = expected;
      if (pmf !== undefined) expect(worstError(purchaseDistributionOfNewCustomer(model, { horizon: pmf.t_weeks, max: pmf.n.length - 1 }).subarray(0, pmf.n.length), pmf.value)).toBeLessThan(1e-11);
    });
  }

  it('donations: BG/BB within 1e-11', () => {
    const e = referenceJson<{ params: Record<string, number>; rows: Record<string, number[]>; pmf_x_in_n_periods: { n: number; x: number[]; value: number[] }; tracking: Record<string, number[]>; n_customers: number }>('clv/donations-bgbb/expected.json');
    const model = modelFrom('bg-bb', e.params);
    const { frequency, recency } = e.rows;
    const customers = { repeats: frequency!, last: recency!, periods: frequency!.map(() => 6) };
    expect(worstError(logLikelihood(model, customers), e.rows['loglik_per_customer']!)).toBeLessThan(1e-12);
    expect(worstError(probabilityAlive(model, customers), e.rows['p_alive_at_n']!)).toBeLessThan(1e-11);
    expect(worstError(probabilityAlive(model, customers, { at: 1 }), e.rows['p_alive_at_n_plus_1']!)).toBeLessThan(1e-11);
    for (const m of [1, 5, 10]) expect(worstError(expectedPurchases(model, customers, { horizon: m }), e.rows[`cet_${m}`]!)).toBeLessThan(1e-11);
    expect(worstError(discountedExpectedPurchases(model, customers, { horizon: Infinity, discountRate: 0.1 }), e.rows['dert_d_0.10']!)).toBeLessThan(1e-11);
    const pmf = purchaseDistributionOfNewCustomer(model, { horizon: e.pmf_x_in_n_periods.n, max: 6 });
    expect(worstError(pmf.subarray(0, 7), e.pmf_x_in_n_periods.value)).toBeLessThan(1e-11);
    const cumulative = e.tracking['period']!.map((k) => e.n_customers * expectedPurchasesOfNewCustomer(model, { horizon: k }));
    expect(worstError(cumulative, e.tracking['expected_cumulative']!)).toBeLessThan(1e-11);
  });
});

describe.skipIf(!hasReference)('static covariates', () => {
  interface CovariateSet { models: Record<'pareto_nbd' | 'bgnbd', { params: Record<string, number>; se: Record<string, number>; loglik: number; customers: Record<string, (number | string)[]> }> }
  const renamed = (o: Record<string, number>): Record<string, number> => Object.fromEntries(Object.entries(o).map(([k, v]) => [k.replace('life.', 'lifetime.').replace('trans.', 'purchases.'), v]));
  const covariates = { purchases: ['first_qty_ge2', 'first_spend_hundreds'], lifetime: ['first_qty_ge2'] };
  const data = (): Record<string, Float64Array | string[]> => {
    const rows = referenceRows('clv/cdnow-sample/covariates.csv');
    return { ...cdnow('cdnow-sample'), first_qty_ge2: numbers(rows, 'first_qty_ge2'), first_spend_hundreds: numbers(rows, 'first_spend_hundreds') };
  };
  it.each(['pareto_nbd', 'bgnbd'] as const)('%s: parameters 1e-6, standard errors 1e-4, answers 1e-11', (name) => {
    const expected = referenceJson<CovariateSet>('clv/cdnow-sample/expected-covariates.json').models[name];
    const customers = data();
    const model = FITS[name](customers, { covariates });
    expect(model.logLikelihood!).toBeGreaterThan(expected.loglik - 1e-6);
    expect(worstOf(model.params, renamed(expected.params))).toBeLessThan(1e-6);
    expect(worstOf(model.standardErrors!, renamed(expected.se))).toBeLessThan(1e-4);

    const known = modelFrom(KINDS[name], renamed(expected.params), { covariates });
    const ids = customers['customer'] as string[];
    const at = (expected.customers['customer_id'] as string[]).map((id) => ids.indexOf(id));
    const pick = (values: Float64Array): number[] => at.map((i) => values[i]!);
    expect(worstError(pick(probabilityAlive(known, customers)), expected.customers['p_alive'] as number[])).toBeLessThan(1e-11);
    expect(worstError(pick(expectedPurchases(known, customers, { horizon: 39 })), expected.customers['cet_39'] as number[])).toBeLessThan(1e-11);
    const dert = expected.customers['dert_10pct'] as number[] | undefined;
    if (dert !== undefined) expect(worstError(pick(discountedExpectedPurchases(known, customers, { horizon: Infinity, discountRate: TEN_PERCENT })), dert)).toBeLessThan(1e-11);
  });
});
