import { checkWord } from '../core/index.js';
import type { CustomerLog, DayEntries } from './customer-log.js';
import type { MakeJudge } from './judge.js';
import { checkRule, entriesOf, levelsOf, ruleNumber } from './rule-options.js';
import type { OverdueRule } from './rules.js';

/** Days since the last purchase against the customer's own gaps; see {@link OverdueRule}. */
export const makeOverdue: MakeJudge<OverdueRule> = (where, rule, log) => {
  checkRule(where, rule, ['k', 'base', 'minGaps', 'fallback']);
  const k = ruleNumber(where, rule, 'k', rule.k, 2, 1e-9);
  const base = checkWord(where, 'overdue.base', rule.base ?? 'mean', ['mean', 'median', 'p90']);
  const minGaps = ruleNumber(where, rule, 'minGaps', rule.minGaps, 2, 1);
  const fallback = checkWord(where, 'overdue.fallback', rule.fallback ?? 'pooled', ['pooled', 'none']);
  const share = base === 'median' ? 0.5 : 0.9;
  const gaps = base === 'mean' ? undefined : ownGaps(entriesOf(where, rule, log), log);
  // The pooled quantile divided by k, so that k times it is the quantile itself.
  const pooled = fallback === 'pooled' && log.entries !== undefined ? pooledGapQuantile(log, 0.9) / k : NaN;
  const { first, last, purchaseDays, asOf } = log;
  return {
    kind: 'overdue', name: rule.name ?? 'overdue', worse: 'high', levels: levelsOf(where, rule, [k / 2, k, 1.5 * k], 'high'), unit: 'times the usual gap', replays: true,
    judge(c, verdict) {
      const count = purchaseDays[c]! - 1;
      verdict.value = asOf - last[c]!;
      verdict.extra = count;
      verdict.history = count >= minGaps ? 0 : 1;
      verdict.base = count < minGaps ? pooled : gaps === undefined ? (last[c]! - first[c]!) / count : quantileOf(gaps(c), share);
      verdict.limitB = verdict.base;
      verdict.score = verdict.value / verdict.base;
    },
  };
};

/**
 * Quantile of the gaps between neighbouring purchase days of all customers, in days; NaN where nobody bought on two days.
 *
 * Method: counting by length, then type 7. O(days).
 */
export function pooledGapQuantile(log: CustomerLog, share: number): number {
  const { entries } = log;
  if (entries === undefined) return NaN;
  let longest = 0;
  for (let c = 0; c < log.count; c++) longest = Math.max(longest, log.last[c]! - log.first[c]!);
  const counts = new Int32Array(longest + 1);
  let total = 0;
  for (let c = 0; c < log.count; c++) {
    if (log.purchaseDays[c]! < 2) continue;
    let before = -1;
    for (let i = entries.start[c]!; i < entries.end[c]!; i++) {
      if (entries.bought[i] === 0) continue;
      if (before !== -1) {
        counts[entries.days[i]! - before]!++;
        total++;
      }
      before = entries.days[i]!;
    }
  }
  if (total === 0) return NaN;
  const position = share * (total - 1);
  const below = Math.floor(position);
  const at = (rank: number): number => {
    let seen = 0, gap = 0;
    while ((seen += counts[gap]!) <= rank) gap++;
    return gap;
  };
  const [low, high] = [at(below), at(Math.min(below + 1, total - 1))];
  return low + (position - below) * (high - low);
}

/** The gaps of one customer, ascending, in an array used again. */
function ownGaps(entries: DayEntries, log: CustomerLog): (c: number) => Float64Array {
  const most = log.purchaseDays.reduce((a, b) => Math.max(a, b), 1);
  const buffer = new Float64Array(most);
  return (c) => {
    let before = NaN, n = 0;
    for (let i = entries.start[c]!; i < entries.end[c]!; i++) {
      if (entries.bought[i] === 0) continue;
      if (before === before) buffer[n++] = entries.days[i]! - before;
      before = entries.days[i]!;
    }
    return buffer.subarray(0, n).sort();
  };
}

/** Type-7 quantile of ascending values. */
export function quantileOf(sorted: Float64Array, share: number): number {
  const position = share * (sorted.length - 1);
  const k = Math.floor(position);
  const below = sorted[k]!;
  return below + (position - k) * (sorted[Math.min(k + 1, sorted.length - 1)]! - below);
}
