import { checkWord } from '../core/index.js';
import { sortedQuantile } from '../columns/index.js';
import { moneyOf, wholeCents } from '../transactions/index.js';
import type { DayEntries } from './customer-log.js';
import type { MakeJudge, Verdict } from './judge.js';
import { freshWindow, windowFinder, type RecentWindow } from './recent-window.js';
import { checkRule, entriesOf, levelsOf } from './rule-options.js';
import type { SpendDropRule } from './rules.js';

const MOST_WINDOWS = 64;

/**
 * Net money in the recent window against what earlier history lets expect; see {@link SpendDropRule}.
 *
 * With the mean as base, z counts in the standard deviation that random orders of the customer's own sizes have (a
 * compound Poisson process), the uncertainty of the mean included; with median and trend in that of the earlier windows.
 */
export const makeSpendDrop: MakeJudge<SpendDropRule> = (where, rule, log) => {
  checkRule(where, rule, ['test', 'base', 'windowGaps', 'windowDays', 'minWindows', 'against']);
  const test = checkWord(where, 'spend-drop.test', rule.test ?? 'z', ['z', 'ratio']);
  const base = checkWord(where, 'spend-drop.base', rule.base ?? 'mean', ['mean', 'median', 'trend']);
  const entries = entriesOf(where, rule, log);
  const finder = windowFinder(where, rule, log, 8);
  const window = freshWindow();
  const sums = new Float64Array(MOST_WINDOWS);
  const expectation = { mean: NaN, sd: NaN };
  return {
    kind: 'spend-drop', name: rule.name ?? 'spend-drop', worse: 'low', levels: levelsOf(where, rule, test === 'z' ? [-1.5, -2, -2.5] : [0.85, 0.7, 0.4], 'low'),
    unit: test === 'z' ? 'standard deviations' : 'recent / expected', replays: true,
    judge(c, verdict) {
      finder.find(c, window);
      if (Number.isNaN(window.windows)) return;
      if (base === 'mean' || finder.lastYear) byRate(entries, c, window, expectation, verdict);
      else byWindows(entries, c, window, sums, base, expectation, verdict);
      const { mean, sd } = expectation;
      if (!(mean > 0)) return;
      verdict.base = mean;
      verdict.extra = window.length;
      verdict.limitA = test === 'z' ? mean : 0;
      verdict.limitB = test === 'z' ? sd : mean;
      verdict.score = test === 'ratio' ? verdict.value / mean : sd > 0 ? (verdict.value - mean) / sd : NaN;
    },
  };
};

interface Expectation {
  mean: number;
  sd: number;
}

function byRate(entries: DayEntries, c: number, window: RecentWindow, expectation: Expectation, verdict: Verdict): void {
  let cents = 0, rest = 0, earlier = 0, squares = 0;
  for (let i = entries.end[c]! - 1; i >= entries.start[c]!; i--) {
    const day = entries.days[i]!, money = entries.money[i]!;
    if (day > window.from) {
      const whole = wholeCents(money);
      if (whole === whole) cents += whole;
      else rest += money;
    } else if (day <= window.earlierTo && day > window.earlierFrom) {
      earlier += money;
      squares += money * money;
    } else if (day <= window.earlierFrom) break;
  }
  verdict.value = moneyOf(cents, rest);
  expectation.mean = earlier / window.windows;
  expectation.sd = Math.sqrt((squares / window.windows) * (1 + 1 / window.windows));
}

/** Whole windows backwards from the recent one: their median, or their line carried on to it. */
function byWindows(entries: DayEntries, c: number, window: RecentWindow, sums: Float64Array, base: 'median' | 'trend', expectation: Expectation, verdict: Verdict): void {
  const whole = Math.min(MOST_WINDOWS, Math.floor(window.windows));
  sums.fill(0, 0, whole);
  let cents = 0, rest = 0;
  for (let i = entries.end[c]! - 1; i >= entries.start[c]!; i--) {
    const back = Math.floor((window.from - entries.days[i]!) / window.length);
    if (back < 0) {
      const whole = wholeCents(entries.money[i]!);
      if (whole === whole) cents += whole;
      else rest += entries.money[i]!;
    } else if (back < whole) sums[back]! += entries.money[i]!;
    else break;
  }
  verdict.value = moneyOf(cents, rest);
  const own = sums.subarray(0, whole);
  expectation.mean = expectation.sd = NaN;
  if (base === 'median') {
    if (whole >= 2) expectation.sd = deviation(own, own.reduce((a, b) => a + b, 0) / whole, 0, 1);
    expectation.mean = sortedQuantile(own.sort(), 0.5);
  } else if (whole >= 4) lineOf(own, expectation);
}

/** Window `back` stands at time -1 - back; the line is carried on to time 0. */
function lineOf(sums: Float64Array, expectation: Expectation): void {
  const n = sums.length;
  const middle = -(n + 1) / 2;
  let mean = 0, xy = 0, xx = 0;
  for (let b = 0; b < n; b++) mean += sums[b]! / n;
  for (let b = 0; b < n; b++) {
    xy += (-1 - b - middle) * (sums[b]! - mean);
    xx += (-1 - b - middle) ** 2;
  }
  const slope = xy / xx;
  expectation.mean = mean - slope * middle;
  expectation.sd = deviation(sums, mean, slope, 2) * Math.sqrt(1 + 1 / n + (middle * middle) / xx);
}

function deviation(sums: Float64Array, mean: number, slope: number, parameters: number): number {
  const middle = -(sums.length + 1) / 2;
  let squares = 0;
  for (let b = 0; b < sums.length; b++) squares += (sums[b]! - mean - slope * (-1 - b - middle)) ** 2;
  return Math.sqrt(squares / (sums.length - parameters));
}
