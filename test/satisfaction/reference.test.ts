import { describe, expect, it } from 'vitest';
import { acsi, cronbachAlpha, csat, importancePerformance, kano, nps, satisfactionIndex, servqual, type SurveyResult } from '../../src/satisfaction/index.js';
import { shareLimits, type ShareInterval } from '../../src/math/index.js';
import { hasReference, referenceJson, referenceRows } from '../reference.js';

/** A reference CSV as columns; those named stay text. */
const columnsOf = (path: string, texts: readonly string[] = []): Record<string, number[] | string[]> => {
  const rows = referenceRows(path);
  return Object.fromEntries(Object.keys(rows[0]!).map((name) => [name, texts.includes(name) ? rows.map((row) => row[name]!) : rows.map((row) => Number(row[name]))]));
};
const close = (actual: unknown, expected: number): void => expect(Math.abs((actual as number) - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
const limits = (result: SurveyResult, row: number, [low, high]: readonly number[]): void => {
  close(result.table.cell('low', row), low!);
  close(result.table.cell('high', row), high!);
};

interface Ci { readonly wald: number[]; readonly wald_t_sample_variance: number[]; readonly adjusted_wald: number[] }
interface Wave { n: number; promoters: number; passives: number; detractors: number; nps: number; se_points: number; ci_90: Ci; ci_95: Ci }
interface Csat { threshold: number; n: number; share: number; wilson_95: number[]; wilson_cc_95: number[]; clopper_pearson_95: number[]; agresti_coull_95: number[]; successes: number }
interface Acsi { weights: number[]; n: number; index: number; se: number; ci_95_t: number[] }
interface Expected {
  nps: Record<string, Wave>; nps_all: Wave; nps_W1_to_W2: { difference: number; se: number; z: number; p_two_sided: number; ci_95: number[] };
  acsi_equal_weights: Acsi; 'acsi_weights_0.3885_0.3190_0.2925': Acsi; cronbach_alpha_CUSA: number;
  csat_CUSA1_top2_of_10: Csat; csat_CUSA1_8plus: Csat; csat_small_W3_9plus: Csat;
  item_means: Record<string, number>;
  item_sd_ddof1: Record<string, number>;
  ipa: { importance_values: Record<string, number>; performance_values: Record<string, number>; importance_cut: number; performance_cut: number; quadrants: Record<string, string> };
  servqual: {
    item_gaps: Record<string, number>; dimension_gaps: Record<string, number>; unweighted_score: number;
    weighted_score_per_respondent_then_mean: number; weighted_score_mean_weights: number;
    satisfaction_index_C_perceived_over_expected: { per_item_ratio_of_means: Record<string, number>; overall_ratio_of_means: number; overall_mean_of_ratios: number };
  };
}

describe.skipIf(!hasReference)('agrees with the reference', () => {
  const expected = hasReference ? referenceJson<Expected>('rfm/expected/satisfaction.json') : (undefined as unknown as Expected);
  const ltr = hasReference ? columnsOf('rfm/inputs/ltr.csv', ['wave']) : {};
  const mobi = hasReference ? columnsOf('rfm/inputs/mobi.csv') : {};
  const survey = hasReference ? columnsOf('rfm/inputs/servqual.csv') : {};
  const INTERVALS = [['adjusted-wald', 'adjusted_wald'], ['wald', 'wald'], ['t', 'wald_t_sample_variance']] as const;

  it.each([[0.9, 'ci_90'], [0.95, 'ci_95']] as const)('net promoter score of every wave and of all, by three intervals at %s', (level, ci) => {
    for (const [interval, name] of INTERVALS) {
      const byWave = nps(ltr, { wave: 'wave', interval, level });
      const check = (result: SurveyResult, row: number, wave: Wave): void => {
        expect(result.table.cell('n', row)).toBe(wave.n);
        close(result.table.cell('value', row), wave.nps);
        close(result.table.cell('standardError', row), wave.se_points);
        close(result.table.cell('promoters', row), wave.promoters / wave.n);
        close(result.table.cell('passives', row), wave.passives / wave.n);
        close(result.table.cell('detractors', row), wave.detractors / wave.n);
        limits(result, row, wave[ci][name]);
      };
      ['W1', 'W2', 'W3'].forEach((wave, row) => {
        expect(byWave.table.cell('wave', row)).toBe(wave);
        check(byWave, row, expected.nps[wave]!);
      });
      check(nps(ltr, { interval, level }), 0, expected.nps_all);
    }
  });

  it('the difference of two waves', () => {
    const { differences } = nps(ltr, { wave: 'wave', correction: 'none', interval: 'wald' });
    const { difference, se, z, p_two_sided: p, ci_95: ci } = expected.nps_W1_to_W2;
    expect([differences.cell('from', 0), differences.cell('to', 0)]).toEqual(['W1', 'W2']);
    for (const [name, value] of [['difference', difference], ['standardError', se], ['statistic', z], ['p', p], ['low', ci[0]!], ['high', ci[1]!]] as const) close(differences.cell(name, 0), value);
  });

  it.each(['csat_CUSA1_top2_of_10', 'csat_CUSA1_8plus', 'csat_small_W3_9plus'] as const)('%s by four intervals', (name) => {
    const { threshold, n, share, successes, ...ci } = expected[name];
    const w3 = (ltr['score'] as number[])?.filter((_, i) => ltr['wave']![i] === 'W3');
    for (const [interval, key] of [['wilson', 'wilson_95'], ['wilson-corrected', 'wilson_cc_95'], ['clopper-pearson', 'clopper_pearson_95'], ['agresti-coull', 'agresti_coull_95']] as const) {
      const result = name === 'csat_small_W3_9plus' ? csat(w3, { scale: [0, 10], threshold, interval }) : csat(mobi, { score: 'CUSA1', scale: [1, 10], threshold, interval });
      expect(result.table.cell('n', 0)).toBe(n);
      close(result.table.cell('value', 0), share);
      limits(result, 0, ci[key]);
      expect(shareLimits(successes, n, 0.95, interval satisfies ShareInterval)[0]).toBe(result.table.cell('low', 0));
    }
  });

  it.each(['acsi_equal_weights', 'acsi_weights_0.3885_0.3190_0.2925'] as const)('%s', (name) => {
    const { weights, n, index, se, ci_95_t: ci } = expected[name];
    const result = acsi(mobi, { items: ['CUSA1', 'CUSA2', 'CUSA3'], weights });
    expect(result.table.cell('n', 0)).toBe(n);
    close(result.table.cell('value', 0), index);
    close(result.table.cell('standardError', 0), se);
    limits(result, 0, ci);
  });

  it("Cronbach's alpha, item means and deviations", () => {
    const { table, items } = cronbachAlpha(mobi, { items: ['CUSA1', 'CUSA2', 'CUSA3'], samples: 100 });
    close(table.cell('value', 0), expected.cronbach_alpha_CUSA);
    expect(table.cell('low', 0)).toBeLessThan(expected.cronbach_alpha_CUSA);
    expect(table.cell('high', 0)).toBeGreaterThan(expected.cronbach_alpha_CUSA);
    items.toRows().forEach(({ item, mean, sd }) => {
      close(mean, expected.item_means[item as string]!);
      close(sd, expected.item_sd_ddof1[item as string]!);
    });
  });

  it('importance and performance, with the quadrants', () => {
    const { importance_values: importance, performance_values: performance, quadrants, importance_cut: x, performance_cut: y } = expected.ipa;
    const items = Object.keys(importance);
    const { table, cuts } = importancePerformance(mobi, { items, overall: ['CUSA1', 'CUSA2', 'CUSA3'] });
    close(cuts.cell('importanceCut', 0), x);
    close(cuts.cell('performanceCut', 0), y);
    expect(table.numRows).toBe(items.length);
    table.toRows().forEach((row) => {
      close(row['importance'], importance[row['item'] as string]!);
      close(row['performance'], performance[row['item'] as string]!);
      expect(row['quadrant']).toBe(quadrants[row['item'] as string]);
    });
  });

  const items = (dimension: string, n: number): string[] => Array.from({ length: n }, (_, i) => `${dimension}${i + 1}`);
  const dimensions = { tangibles: items('tan', 4), reliability: items('rel', 5), responsiveness: items('res', 4), assurance: items('ass', 4), empathy: items('emp', 5) };

  it('SERVQUAL gaps and both weighted scores', () => {
    const { item_gaps: gaps, dimension_gaps: byDimension, unweighted_score: unweighted, weighted_score_per_respondent_then_mean: weighted, weighted_score_mean_weights: meanWeights } = expected.servqual;
    const own = servqual(survey, { dimensions, importance: 'W_' });
    const scores = Object.fromEntries(own.table.toRows().map((row) => [row['dimension'], row['value']]));
    for (const [key, value] of Object.entries({ ...byDimension, unweighted, weighted })) close(scores[key], value);
    own.items.toRows().forEach((row) => close(row['value'], gaps[row['item'] as string]!));
    expect(own.items.numRows).toBe(22);
    const fixed = servqual(survey, { dimensions, importance: 'W_', weighting: 'mean-weights' });
    close(fixed.table.toRows().find((row) => row['dimension'] === 'weighted')!['value'], meanWeights);
  });

  it('the satisfaction index as a ratio of means and as a mean of ratios', () => {
    const { per_item_ratio_of_means: perItem, overall_ratio_of_means: ofMeans, overall_mean_of_ratios: ofRatios } = expected.servqual.satisfaction_index_C_perceived_over_expected;
    const names = Object.values(dimensions).flat();
    const columns = { perceived: names.map((name) => `P_${name}`), expected: names.map((name) => `E_${name}`) };
    const values = Object.fromEntries(satisfactionIndex(survey, columns).table.toRows().map((row) => [row['item'], row['value']]));
    for (const [item, value] of Object.entries(perItem)) close(values[`P_${item}`], value);
    close(values['all'], ofMeans);
    close(satisfactionIndex(survey, { ...columns, kind: 'mean-of-ratios' }).table.toRows().at(-1)!['value'], ofRatios);
  });

  it('Kano categories and coefficients', () => {
    interface Feature { counts: Record<string, number>; category_mode_tiebreak_M_O_A_I: string; better: number; worse: number }
    const { features } = referenceJson<{ features: Record<string, Feature> }>('rfm/expected/kano.json');
    const { table } = kano(columnsOf('rfm/inputs/kano.csv', ['feature', 'functional', 'dysfunctional']));
    expect(table.toRows().map((row) => row['feature'])).toEqual(Object.keys(features));
    table.toRows().forEach((row) => {
      const feature = features[row['feature'] as string]!;
      expect(Object.fromEntries(Object.keys(feature.counts).map((key) => [key, row[key]]))).toEqual(feature.counts);
      expect(row['category']).toBe(feature.category_mode_tiebreak_M_O_A_I);
      close(row['better'], feature.better);
      close(row['worse'], feature.worse);
    });
  });
});
