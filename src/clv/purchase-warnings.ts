import type { Warning } from '../core/index.js';
import type { MergedRows } from './merge-rows.js';
import type { PurchaseKind, TimeUnit } from './model.js';

const FEW = 100;

/** What the data of a purchase model should make its user think about. */
export function purchaseWarnings(where: string, kind: PurchaseKind, merged: MergedRows, totals: { customers: number; tenure: number; longest: number }, timeUnit: TimeUnit): Warning[] {
  const warnings: Warning[] = [];
  let repeaters = 0;
  for (let i = 0; i < merged.n; i++) if (merged.columns[0]![i]! > 0) repeaters += merged.weight[i]!;
  const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;
  if (repeaters < FEW) {
    warnings.push({ code: 'FEW_REPEAT_CUSTOMERS', message: `${where}: only ${repeaters} customers bought again; with fewer than ${FEW} the parameters are rough. Look at the standard errors, or observe longer.` });
  }
  const once = totals.customers - repeaters;
  if (kind === 'bg-nbd' && once > 0) {
    warnings.push({ code: 'ALIVE_CERTAIN', message: `${where}: BG/NBD takes every one-time buyer (${once}, ${percent(once / totals.customers)}) as alive, P(alive) = 1, because it lets customers leave only after a repeat purchase. For lists by P(alive) use fitMbgNbd or fitParetoNbd.` });
  }
  const unit = timeUnitWarning(where, totals, timeUnit);
  return unit === undefined ? warnings : [...warnings, unit];
}

function timeUnitWarning(where: string, totals: { customers: number; tenure: number; longest: number }, timeUnit: TimeUnit): Warning | undefined {
  if (timeUnit === 'period') return undefined;
  const mean = totals.tenure / totals.customers;
  const longestPossible = { day: 36500, week: 5200, month: 1200, year: 100 }[timeUnit];
  if (totals.longest > longestPossible) {
    return { code: 'TIME_UNIT_SUSPECT', message: `${where}: the longest tenure is ${totals.longest} ${timeUnit}s, more than a century. Are the columns in another unit? Set timeUnit, or convert them.` };
  }
  if (mean < 2) {
    return { code: 'TIME_UNIT_SUSPECT', message: `${where}: the mean tenure is ${mean.toPrecision(2)} ${timeUnit}s. The model is fitted all the same, but a smaller timeUnit makes its parameters and horizons easier to read; are the columns in ${timeUnit}s?` };
  }
  return undefined;
}
