import { checkWord } from '../core/index.js';
import type { CustomerLog } from './customer-log.js';
import { ruleNumber } from './rule-options.js';
import type { FrequencyDropRule, SpendDropRule } from './rules.js';

/** The recent window of a customer, and what it is compared with. */
export interface RecentWindow {
  /** days (from, asOf] are recent */
  from: number;
  /** its length in days */
  length: number;
  /** earlier days (earlierFrom, earlierTo] */
  earlierFrom: number;
  earlierTo: number;
  /** how many windows the earlier days are; NaN where history is too short to judge */
  windows: number;
}

/** Finds the windows of a customer, into an object used again. */
export function windowFinder(where: string, rule: FrequencyDropRule | SpendDropRule, log: CustomerLog, standardGaps: number): { readonly find: (c: number, window: RecentWindow) => void; readonly lastYear: boolean } {
  const gaps = ruleNumber(where, rule, 'windowGaps', rule.windowGaps, standardGaps, 0.1);
  const days = rule.windowDays === undefined ? undefined : ruleNumber(where, rule, 'windowDays', rule.windowDays, 90, 1);
  const least = ruleNumber(where, rule, 'minWindows', rule.minWindows, 2, 1);
  const lastYear = checkWord(where, `${rule.rule}.against`, rule.against ?? 'own-history', ['own-history', 'last-year']) === 'last-year';
  const { first, last, purchaseDays, asOf } = log;
  return {
    lastYear,
    find(c, window) {
      const count = purchaseDays[c]! - 1;
      window.length = days ?? Math.max(1, count === 0 ? NaN : Math.round((gaps * (last[c]! - first[c]!)) / count));
      window.from = asOf - window.length;
      window.earlierTo = lastYear ? asOf - 365 : window.from;
      window.earlierFrom = lastYear ? window.earlierTo - window.length : first[c]!;
      // The day of the first purchase is what makes a customer one: it stands in no rate.
      window.windows = (window.earlierTo - window.earlierFrom) / window.length;
      if (lastYear ? !(window.earlierFrom >= first[c]!) || window.length > 365 : !(window.windows >= least)) window.windows = NaN;
    },
  };
}

export function freshWindow(): RecentWindow {
  return { from: 0, length: 0, earlierFrom: 0, earlierTo: 0, windows: NaN };
}
