import { referenceJson, referenceRows } from '../reference.js';

/** Numbers of a CSV column. */
export const numbers = (rows: readonly Record<string, string>[], name: string): Float64Array => Float64Array.from(rows, (row) => Number(row[name]));

/** A CDNOW summary as plain columns in weeks. */
export function cdnow(set: 'cdnow-sample' | 'cdnow-master'): { customer: string[]; repeats: Float64Array; span: Float64Array; tenure: Float64Array; meanRepeatSpend: Float64Array } {
  const rows = referenceRows(`clv/${set}/summary.csv`);
  return {
    customer: rows.map((row) => row['customer_id']!),
    repeats: numbers(rows, 'frequency'),
    span: numbers(rows, 'recency_days').map((d) => d / 7),
    tenure: numbers(rows, 'T_days').map((d) => d / 7),
    meanRepeatSpend: numbers(rows, 'monetary_value'),
  };
}

export interface ReferenceFit {
  params: Record<string, number>;
  se: Record<string, number>;
  loglik: number;
  cov_log_params?: number[][];
  unconditional_expected_repeat_transactions?: { t_weeks: number[]; value: number[] };
  pmf?: { t_weeks: number; n: number[]; value: number[] };
}
export interface ReferenceSet {
  models: Record<'bgnbd' | 'mbgnbd' | 'pareto_nbd' | 'gamma_gamma', ReferenceFit>;
  tracking: Record<string, number[]>;
  subset_discounted: Record<string, number[]> & { customer_id: string[] };
  validation: Record<string, { predicted_total: number; actual_total: number; mae: number; rmse: number; bias_pct: number }>;
}
export const expectedOf = (set: string): ReferenceSet => referenceJson<ReferenceSet>(`clv/${set}/expected.json`);

/** Largest error of two columns relative to max(|expected|, floor); NaN anywhere gives NaN. */
export function worstError(actual: ArrayLike<number>, expected: ArrayLike<number>, floor = 0): number {
  if (actual.length !== expected.length) return NaN;
  let most = 0;
  for (let i = 0; i < expected.length; i++) {
    const scale = Math.max(Math.abs(expected[i]!), floor);
    const error = scale === 0 ? Math.abs(actual[i]!) : Math.abs(actual[i]! - expected[i]!) / scale;
    if (Number.isNaN(error)) return NaN;
    if (error > most) most = error;
  }
  return most;
}

/** Largest relative error over the entries of records. */
export const worstOf = (actual: Readonly<Record<string, number>>, expected: Readonly<Record<string, number>>): number => worstError(Object.keys(expected).map((k) => actual[k] ?? NaN), Object.values(expected));
