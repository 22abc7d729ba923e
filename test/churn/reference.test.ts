import { describe, expect, it } from 'vitest';
import { churnDistribution, churnRate, kaplanMeier, logRank } from '../../src/churn/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';

interface Curve { stratum: string[]; time: number[]; n_risk: number[]; n_event: number[]; n_censor: number[]; surv: number[]; cumhaz: number[]; std_err_surv: number[];
  lower_log: (number | null)[]; upper_log: (number | null)[]; lower_loglog: (number | null)[]; upper_loglog: (number | null)[]; lower_plain: (number | null)[]; upper_plain: (number | null)[] }
interface Strata { curve: Curve; summary: Record<'rmean' | 'se_rmean' | 'median' | 'median_lower' | 'median_upper' | 'records' | 'events', (number | null)[]>;
  quantiles: { probs: number[]; values: (number | null)[] | Record<string, (number | null)[]> };
  logrank?: { chisq: number; df: number; p: number; observed: number[]; expected: number[]; groups: string[] }; peto_rho1?: { chisq: number; p: number } }

const telco = (): Record<string, Float64Array | string[]> => {
  const rows = referenceRows('rfm/inputs/telco.csv');
  const number = (name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));
  const text = (name: string): string[] => rows.map((row) => row[name]!);
  return { tenure: number('tenure'), churned: number('churn'), contract: text('contract'), internet_service: text('internet_service'), revenueStart: number('monthly_charges') };
};
const near = (actual: unknown, expected: readonly (number | null)[], what: string): void => {
  const values = [...(actual as ArrayLike<number | null> & Iterable<number | null>)];
  expect(values.length, what).toBe(expected.length);
  expected.forEach((e, i) => {
    const a = values[i] as number;
    if (e === null) expect(a === null || Number.isNaN(a), `${what}[${i}] is ${a}, expected none`).toBe(true);
    else expect(Math.abs(a - e), `${what}[${i}]: ${a} against ${e}`).toBeLessThanOrEqual(1e-9 * Math.max(1e-3, Math.abs(e)));
  });
};

describe.skipIf(!hasReference)('survival of the telco customers against R survival 3.5-3, reference, 1e-9', () => {
  it.each([['overall', undefined], ['by_contract', 'contract'], ['by_internet_service', 'internet_service']] as const)('%s: curve, limits on three scales, medians, restricted means, quantiles', (name, by) => {
    const expected = referenceJson<Record<string, Strata>>('rfm/expected/survival.json')[name]!;
    for (const [limits, key] of [['log', 'log'], ['log-log', 'loglog'], ['plain', 'plain']] as const) {
      const found = kaplanMeier(telco(), { time: 'tenure', limits, ...(by === undefined ? {} : { by }) });
      const curve = found.curve.toColumns();
      expect(curve['stratum']).toEqual(expected.curve.stratum);
      near(curve['time'], expected.curve.time, 'time');
      near(curve['atRisk'], expected.curve.n_risk, 'atRisk');
      near(curve['events'], expected.curve.n_event, 'events');
      near(curve['censored'], expected.curve.n_censor, 'censored');
      near(curve['survival'], expected.curve.surv, 'survival');
      near(curve['cumulativeHazard'], expected.curve.cumhaz, 'cumulativeHazard');
      near(curve['standardError'], expected.curve.std_err_surv, 'standardError');
      near(curve['low'], expected.curve[`lower_${key}`], `low ${limits}`);
      near(curve['high'], expected.curve[`upper_${key}`], `high ${limits}`);
    }
    const summary = kaplanMeier(telco(), { time: 'tenure', ...(by === undefined ? {} : { by }) }).summary.toColumns();
    near(summary['median'], expected.summary.median, 'median');
    near(summary['medianLow'], expected.summary.median_lower, 'medianLow');
    near(summary['medianHigh'], expected.summary.median_upper, 'medianHigh');
    near(summary['restrictedMean'], expected.summary.rmean, 'restrictedMean');
    near(summary['restrictedMeanError'], expected.summary.se_rmean, 'restrictedMeanError');
    near(summary['events'], expected.summary.events, 'events');
    const { values } = expected.quantiles;
    const perStratum = Array.isArray(values) ? [values] : Object.values(values);
    ['lost10', 'lost25', 'lost50'].forEach((column, q) => near(summary[column], perStratum.map((own) => own[q]!), column));
  });

  it.each(['contract', 'internet_service'])('log-rank and Peto test by %s', (by) => {
    const expected = referenceJson<Record<string, Strata>>('rfm/expected/survival.json')[`by_${by}`]!;
    const found = logRank(telco(), { by, time: 'tenure' });
    near([found.chiSquare], [expected.logrank!.chisq], 'chi-square');
    expect(found.degrees).toBe(expected.logrank!.df);
    near(found.groups.toColumns()['observed'], expected.logrank!.observed, 'observed');
    near(found.groups.toColumns()['expected'], expected.logrank!.expected, 'expected');
    expect(found.groups.toColumns()['group']).toEqual(expected.logrank!.groups);
    if (expected.logrank!.p > 0) expect(found.pValue / expected.logrank!.p).toBeCloseTo(1, 9);
    else expect(found.log10PValue).toBeLessThan(-500);
    near([logRank(telco(), { by, time: 'tenure', rho: 1 }).chiSquare], [expected.peto_rho1!.chisq], 'Peto');
  });
});

describe.skipIf(!hasReference)('churn rates of the telco customers against pandas, reference, 1e-9', () => {
  interface Rates { customers: number; churned: number; logo_churn: number; mrr: number; mrr_churned: number; revenue_churn: number }
  const expected = hasReference ? referenceJson<{ overall: Rates; by_contract: Record<string, Rates>; share_of_churn_by_contract: Record<string, number> }>('rfm/expected/churn_rates_telco.json') : undefined;
  it('customers and revenue', () => {
    const found = churnRate(telco());
    expect([found.customers, found.lost]).toEqual([expected!.overall.customers, expected!.overall.churned]);
    near([found.rate, found.revenue!, found.lostRevenue!, found.grossRevenueRate!], [expected!.overall.logo_churn, expected!.overall.mrr, expected!.overall.mrr_churned, expected!.overall.revenue_churn], 'rates');
    expect(found.diagnostics.warnings.map((w) => w.code)).toEqual(['CONTRACTION_UNKNOWN']);
  });
  it('by contract', () => {
    for (const row of churnDistribution(telco(), { by: 'contract', value: 'revenueStart' }).toRows()) {
      const own = expected!.by_contract[String(row['group'])]!;
      near([row['customers'], row['churned'], row['rate'], row['value'], row['valueChurned'], row['valueRate'], row['shareOfChurn']] as number[],
        [own.customers, own.churned, own.logo_churn, own.mrr, own.mrr_churned, own.revenue_churn, expected!.share_of_churn_by_contract[String(row['group'])]!], String(row['group']));
    }
  });
});
