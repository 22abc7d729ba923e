import { orderByNumber } from '../columns/index.js';
import type { ChurnQuality } from './churn-model.js';

/**
 * How well chances tell who left.
 *
 * @param chance one per customer, 0 to 1
 * @param left 0 and 1, both there
 *
 * Method: AUC by mid-ranks (Mann-Whitney), so that ties count one half. O(n).
 */
export function churnQuality(chance: Float64Array, left: Uint8Array, by: ChurnQuality['by']): ChurnQuality {
  const n = chance.length;
  const order = orderByNumber(chance);
  let rankSum = 0, gone = 0, brier = 0;
  for (let from = 0; from < n;) {
    let to = from, here = 0;
    while (to < n && chance[order[to]!] === chance[order[from]!]) here += left[order[to++]!]!;
    rankSum += here * ((from + to + 1) / 2);
    gone += here;
    from = to;
  }
  for (let i = 0; i < n; i++) brier += (chance[i]! - left[i]!) ** 2;
  const auc = (rankSum - (gone * (gone + 1)) / 2) / (gone * (n - gone));
  const tenths = Math.min(10, n);
  const calibration = Array.from({ length: tenths }, (_, d) => {
    const rows = order.subarray(n - Math.floor(((d + 1) * n) / tenths), n - Math.floor((d * n) / tenths));
    const mean = (of: (row: number) => number): number => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
    return { customers: rows.length, predicted: mean((row) => chance[row]!), observed: mean((row) => left[row]!) };
  });
  return { by, auc, brier: brier / n, calibration };
}
