import { optionInvalid, valueText } from '../core/index.js';
import { makeCusum, makeEwma, makeShewhart } from './chart-rules.js';
import type { CustomerLog } from './customer-log.js';
import { makeFrequencyDrop } from './frequency-drop.js';
import { makeHazard, makeLowProbabilityAlive, makeOwn, makeSegmentDowngrade } from './given-rules.js';
import type { Judge, MakeJudge } from './judge.js';
import { makeOverdue } from './overdue.js';
import type { WarningRule } from './rules.js';
import { makeSpendDrop } from './spend-drop.js';

const MAKERS: { readonly [K in WarningRule['rule']]: MakeJudge<Extract<WarningRule, { rule: K }>> } = {
  'overdue': makeOverdue, 'frequency-drop': makeFrequencyDrop, 'spend-drop': makeSpendDrop, 'segment-downgrade': makeSegmentDowngrade,
  'ewma': makeEwma, 'cusum': makeCusum, 'shewhart': makeShewhart, 'hazard': makeHazard, 'low-probability-alive': makeLowProbabilityAlive, 'own': makeOwn,
};

/**
 * The rules made ready for a log, in their order.
 *
 * @throws ClienteleError `OPTION_INVALID` for a rule that does not exist, a wrong field, or two rules of one name
 */
export function makeJudges(where: string, rules: readonly WarningRule[], log: CustomerLog): Judge[] {
  if (!Array.isArray(rules) || rules.length === 0) throw optionInvalid(where, 'rules', rules, 'Give a list of rules, or leave it out for the standard ones.');
  const judges = rules.map((rule: WarningRule) => {
    const kind: unknown = typeof rule === 'object' && rule !== null ? rule.rule : rule;
    if (typeof kind !== 'string' || !Object.hasOwn(MAKERS, kind)) throw optionInvalid(where, 'rules', valueText(kind), `Rules are: ${Object.keys(MAKERS).join(', ')}; write { rule: 'overdue' }.`);
    return (MAKERS[kind as WarningRule['rule']] as MakeJudge<WarningRule>)(where, rule, log);
  });
  const twice = judges.find(({ name }, i) => judges.findIndex((other) => other.name === name) < i);
  if (twice !== undefined) throw optionInvalid(where, 'rules', twice.name, 'Two rules have this name: give each a name of its own.');
  return judges;
}
