import { checkWord } from '../core/index.js';
import { gammaQ } from '../math/index.js';
import type { MakeJudge } from './judge.js';
import { freshWindow, windowFinder } from './recent-window.js';
import { checkRule, entriesOf, levelsOf } from './rule-options.js';
import type { FrequencyDropRule } from './rules.js';

/** Purchase days in the recent window against their expected number; see {@link FrequencyDropRule}. */
export const makeFrequencyDrop: MakeJudge<FrequencyDropRule> = (where, rule, log) => {
  checkRule(where, rule, ['test', 'windowGaps', 'windowDays', 'minWindows', 'against']);
  const test = checkWord(where, 'frequency-drop.test', rule.test ?? 'poisson', ['poisson', 'ratio']);
  const entries = entriesOf(where, rule, log);
  const finder = windowFinder(where, rule, log, 5);
  const window = freshWindow();
  return {
    kind: 'frequency-drop', name: rule.name ?? 'frequency-drop', worse: 'low', levels: levelsOf(where, rule, test === 'poisson' ? [0.1, 0.05, 0.01] : [0.8, 0.6, 0.3], 'low'),
    unit: test === 'poisson' ? 'probability of so few' : 'recent / expected', replays: true,
    judge(c, verdict) {
      finder.find(c, window);
      if (Number.isNaN(window.windows)) return;
      let recent = 0, earlier = 0;
      for (let i = entries.end[c]! - 1; i >= entries.start[c]!; i--) {
        const day = entries.days[i]!;
        if (day > window.from) recent += entries.bought[i]!;
        else if (day <= window.earlierTo && day > window.earlierFrom) earlier += entries.bought[i]!;
        else if (day <= window.earlierFrom) break;
      }
      if (earlier === 0) return;
      const expected = earlier / window.windows;
      verdict.value = recent;
      verdict.base = expected;
      verdict.extra = window.length;
      if (test === 'poisson') {
        verdict.limitA = expected;
        verdict.limitB = NaN;
        verdict.score = poissonTail(recent, expected);
      } else {
        verdict.limitB = expected;
        verdict.score = recent / expected;
      }
    },
  };
};

/**
 * Chance of `count` or fewer events where `mean` are expected.
 *
 * Method: the sum itself for few events, the incomplete gamma function for many.
 */
export function poissonTail(count: number, mean: number): number {
  if (count > 30 || mean > 600) return gammaQ(count + 1, mean);
  let term = Math.exp(-mean), sum = term;
  for (let k = 1; k <= count; k++) sum += term *= mean / k;
  return Math.min(1, sum);
}

/** The fewest events that are not below a level of probability. */
export function poissonLimit(level: number, mean: number): number {
  let count = 0;
  while (poissonTail(count, mean) < level) count++;
  return count;
}
