import { checkWord } from '../core/index.js';
import { sortedQuantile, type Cell } from '../columns/index.js';
import type { CustomerLog, DayEntries } from './customer-log.js';
import type { MakeJudge } from './judge.js';
import { byCustomer, checkRule, entriesOf, inLogOrder, levelsOf, ruleNumber } from './rule-options.js';
import type { OverdueRule } from './rules.js';

/** Days since the last purchase against the customer's own gaps; see {@link OverdueRule}. */
export const makeOverdue: MakeJudge<OverdueRule> = (where, rule, log) => {
  checkRule(where, rule, ['k', 'base', 'minGaps', 'fallback', 'segments']);
  const k = ruleNumber(where, rule, 'k', rule.k, 2, 1e-9);
  const base = checkWord(where, 'overdue.base', rule.base ?? 'mean', ['mean', 'median', 'p90']);
  const minGaps = ruleNumber(where, rule, 'minGaps', rule.minGaps, 2, 1);
  const fallback = checkWord(where, 'overdue.fallback', rule.fallback ?? 'pooled', ['pooled', 'none']);
  const share = base === 'median' ? 0.5 : 0.9;
  const gaps = base === 'mean' ? undefined : ownGaps(entriesOf(where, rule, log), log);
  const others = fallback === 'pooled' ? othersGaps(where, rule, log) : noOthers;
  const { first, last, purchaseDays, asOf } = log;
  return {
    kind: 'overdue', name: rule.name ?? 'overdue', worse: 'high', levels: levelsOf(where, rule, [k / 2, k, 1.5 * k], 'high'), unit: 'times the usual gap', replays: rule.segments === undefined,
    judge(c, verdict) {
      const count = purchaseDays[c]! - 1;
      verdict.value = asOf - last[c]!;
      verdict.extra = count;
      if (count >= minGaps) verdict.base = gaps === undefined ? (last[c]! - first[c]!) / count : sortedQuantile(gaps(c), share);
      else {
        const { gap, history } = others(c);
        verdict.history = history;
        // Divided by k, so that k times it is the quantile itself.
        verdict.base = gap / k;
      }
      verdict.limitB = verdict.base;
      verdict.score = verdict.value / verdict.base;
    },
  };
};

/** Whose gaps stand in for a customer with too few of their own: their 90 % quantile. */
type OthersGap = (c: number) => { readonly gap: number; readonly history: 1 | 3 };

const NONE = { gap: NaN, history: 1 } as const;
const noOthers: OthersGap = () => NONE;

/** So many gaps a segment needs for a 90 % quantile of its own. */
const LEAST_SEGMENT_GAPS = 10;

function othersGaps(where: string, rule: OverdueRule, log: CustomerLog): OthersGap {
  const all = { gap: pooledGapQuantile(log, 0.9), history: 1 } as const;
  if (rule.segments === undefined) return () => all;
  const names = new Map<string, number>();
  const codeOf = (cell: Cell): number => {
    if (cell === null) return -1;
    const name = String(cell);
    if (!names.has(name)) names.set(name, names.size);
    return names.get(name)!;
  };
  const segment = inLogOrder(log, byCustomer(where, rule, rule.segments, 'segment', codeOf).values, -1);
  const own = gapCounts(log, names.size, (c) => segment[c]!).map((counts) => (counts.reduce((a, b) => a + b, 0) < LEAST_SEGMENT_GAPS ? all : { gap: countedQuantile(counts, 0.9), history: 3 } as const));
  return (c) => (segment[c] === -1 ? all : own[segment[c]!]!);
}

/** Quantile of the gaps between neighbouring purchase days of all customers, in days; NaN where nobody bought on two days. */
export function pooledGapQuantile(log: CustomerLog, share: number): number {
  return countedQuantile(gapCounts(log, 1, () => 0)[0]!, share);
}

/** How many gaps of each length there are in each group of customers; -1 is none. O(days). */
function gapCounts(log: CustomerLog, groups: number, groupOf: (c: number) => number): Int32Array[] {
  const { entries } = log;
  let longest = 0;
  for (let c = 0; c < log.count; c++) longest = Math.max(longest, log.last[c]! - log.first[c]!);
  const counts = Array.from({ length: groups }, () => new Int32Array(longest + 1));
  if (entries === undefined) return counts;
  const { start, end, days, bought } = entries;
  for (let c = 0; c < log.count; c++) {
    const group = groupOf(c);
    if (log.purchaseDays[c]! < 2 || group === -1) continue;
    const own = counts[group]!;
    // The first purchase day begins no gap.
    let before = log.first[c]!;
    for (let i = start[c]!; i < end[c]!; i++) {
      if (bought[i] === 0 || days[i] === before) continue;
      own[days[i]! - before]!++;
      before = days[i]!;
    }
  }
  return counts;
}

/** {@link sortedQuantile} of whole numbers counted by size, which need no sorting; NaN where there are none. */
function countedQuantile(counts: Int32Array, share: number): number {
  const total = counts.reduce((a, b) => a + b, 0);
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
