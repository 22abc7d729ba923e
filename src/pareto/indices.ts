import type { CountedValues } from '../columns/index.js';
import { giniOf } from './gini.js';
import { hhiOf, normalizedHhi } from './hhi.js';
import { hooverOf } from './hoover.js';
import { theilOf } from './theil.js';

/** The usual indices of concentration; NaN where one is not defined. */
export interface ConcentrationIndices {
  readonly gini: number;
  /** Gini × n / (n - 1) */
  readonly giniSample: number;
  readonly hhi: number;
  /** HHI × 10,000 */
  readonly hhiPoints: number;
  readonly hhiNormalized: number;
  /** 1 / HHI: as many customers of equal size would be as concentrated */
  readonly effectiveNumber: number;
  readonly hoover: number;
  readonly theil: number;
}

/** All indices; without values (there are some below 0) all are NaN. */
export function indicesOf(counted: CountedValues | undefined, total: number): ConcentrationIndices {
  if (counted === undefined) return { gini: NaN, giniSample: NaN, hhi: NaN, hhiPoints: NaN, hhiNormalized: NaN, effectiveNumber: NaN, hoover: NaN, theil: NaN };
  const { values, counts, rows: n } = counted;
  const gini = giniOf(counted, total);
  const hhi = hhiOf(values, total, counts);
  return {
    gini,
    giniSample: n === 1 ? NaN : (gini * n) / (n - 1),
    hhi,
    hhiPoints: hhi * 10000,
    hhiNormalized: n === 1 ? NaN : normalizedHhi(hhi, n),
    effectiveNumber: 1 / hhi,
    hoover: hooverOf(values, total, counts, n),
    theil: theilOf(values, total, counts, n),
  };
}
