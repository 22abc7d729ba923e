import { checkKeys, ClienteleError, optionInvalid, valueText, type Warning } from '../core/index.js';
import { asTable, compareText, numbersOf } from '../columns/index.js';
import { SEGMENT_LABELS } from '../transactions/index.js';
import { idOf, type CustomerLog } from './customer-log.js';
import type { Judge, MakeJudge } from './judge.js';
import { byCustomer, checkRule, inLogOrder, levelsOf, ruleNumber } from './rule-options.js';
import type { HazardRule, LowProbabilityAliveRule, OwnFinding, OwnRule, SegmentDowngradeRule } from './rules.js';
import { SEVERITIES } from './severity.js';

/** Fallen in rank between two dates; see {@link SegmentDowngradeRule}. */
export const makeSegmentDowngrade: MakeJudge<SegmentDowngradeRule> = (where, rule, log) => {
  checkRule(where, rule, ['before', 'after', 'order', 'into']);
  const { order, into = [] } = rule;
  if (!Array.isArray(order) || order.length < 2 || new Set(order).size < order.length) throw optionInvalid(where, 'segment-downgrade.order', JSON.stringify(order), 'List the segments from best to worst.');
  const unknown = into.find((segment) => !order.includes(segment));
  if (unknown !== undefined) throw optionInvalid(where, 'segment-downgrade.into', valueText(unknown), `Name segments of the order: ${order.join(', ')}.`);
  const segments = (input: SegmentDowngradeRule['before']): (string | undefined)[] => inLogOrder(log, byCustomer(where, rule, input, 'segment', (cell) => (cell === null ? undefined : String(cell))).values, undefined);
  const [was, is] = [segments(rule.before), segments(rule.after)];
  const places = new Map(order.map((segment, place) => [segment, place]));
  const ranks = (own: readonly (string | undefined)[]): Int32Array => Int32Array.from(own, (segment) => (segment === undefined ? -1 : places.get(segment) ?? -1));
  const [before, after] = [ranks(was), ranks(is)];
  const levels = levelsOf(where, rule, [0.5, 1.5, 2.5], 'high');
  return {
    kind: 'segment-downgrade', name: rule.name ?? 'segment-downgrade', worse: 'high', levels, unit: 'ranks fallen', segments: labelsOf(order), replays: false,
    remarks: unranked(where, rule, { was, is, places }),
    judge(c, verdict) {
      if (before[c] === -1 || after[c] === -1) return;
      verdict.history = 2;
      verdict.value = after[c]! + 1;
      verdict.base = before[c]! + 1;
      verdict.limitA = verdict.base;
      verdict.score = after[c]! - before[c]!;
      if (!(verdict.score > 0 && into.includes(order[after[c]!]!))) return;
      verdict.atLeast = 2;
      if (verdict.score > levels[1]) return;
      // A warning for where it fell, not for how far: the limit is the one it passed.
      verdict.limitA = verdict.base + (verdict.score > levels[0] ? levels[0] : 0);
      verdict.limitB = 0;
    },
  };
};

/** What people call the segments; those that no built-in map knows by their key. */
function labelsOf(order: readonly string[]): NonNullable<Judge['segments']> {
  const labels = order.map((key) => SEGMENT_LABELS.get(key) ?? { en: key, zh: key });
  return { en: labels.map(({ en }) => en), zh: labels.map(({ zh }) => zh) };
}

/** Segments given that have no place in the order: their customers cannot be compared, and are counted. */
function unranked(where: string, { rule, name = rule }: SegmentDowngradeRule, { was, is, places }: { was: readonly (string | undefined)[]; is: readonly (string | undefined)[]; places: ReadonlyMap<string, number> }): Warning[] {
  const without = new Set<string>();
  let customers = 0, compared = 0;
  was.forEach((segment, c) => {
    if (segment === undefined || is[c] === undefined) return;
    const lacking = [segment, is[c]].filter((own) => !places.has(own));
    for (const own of lacking) without.add(own);
    if (lacking.length > 0) customers++;
    else compared++;
  });
  const names = [...without].sort(compareText);
  if (names.length === 0) return [];
  const given = new Set([...was, ...is].filter((segment) => segment !== undefined));
  if (![...given].some((segment) => places.has(segment))) throw optionInvalid(where, `${rule}.order`, JSON.stringify([...places.keys()]), `None of the segments given stands in it: ${[...given].sort(compareText).join(', ')}. List them from best to worst.`);
  return [{ code: 'SEGMENTS_UNRANKED', message: `rule ${name}: ${names.join(', ')} ${names.length === 1 ? 'stands' : 'stand'} in no place of its order, so ${customers} of ${customers + compared} customers were not compared. Add ${names.length === 1 ? 'it' : 'them'} to the order, from best to worst, unless without a rank on purpose.` }];
}

/** Tenure in a dangerous band; see {@link HazardRule}. */
export const makeHazard: MakeJudge<HazardRule> = (where, rule, log) => {
  checkRule(where, rule, ['curve', 'daysPerUnit']);
  const unit = ruleNumber(where, rule, 'daysPerUnit', rule.daysPerUnit, 1, 1e-6);
  if (rule.curve === undefined) throw optionInvalid(where, 'hazard.curve', rule.curve, 'Pass the answer of hazardCurve, or a table with from, to and hazard.');
  const curve = asTable(where, rule.curve);
  const [from, to, hazard] = ['from', 'to', 'hazard'].map((name) => numbersOf(`${where}, rule hazard`, curve, name)) as [Float64Array, Float64Array, Float64Array];
  const highest = hazard.reduce((most, h) => Math.max(most, h), 0);
  if (!(highest > 0)) throw new ClienteleError('VALUE_INVALID', { where, column: 'hazard' }, 'the curve has no hazard above 0.', 'Pass the curve of customers of whom some left.');
  return {
    kind: 'hazard', name: rule.name ?? 'hazard', worse: 'high', levels: levelsOf(where, rule, [0.75, 0.999, Infinity], 'high'), unit: 'of the highest hazard', replays: true,
    judge(c, verdict) {
      const tenure = (log.asOf - log.first[c]!) / unit;
      const band = from.findIndex((start, b) => tenure >= start && !(tenure >= to[b]!));
      if (band === -1) return;
      verdict.history = 2;
      verdict.value = hazard[band]!;
      verdict.base = highest;
      verdict.extra = tenure;
      verdict.limitB = highest;
      verdict.score = hazard[band]! / highest;
    },
  };
};

/** A low P(alive); see {@link LowProbabilityAliveRule}. */
export const makeLowProbabilityAlive: MakeJudge<LowProbabilityAliveRule> = (where, rule, log) => {
  checkRule(where, rule, ['probabilities']);
  const chances = inLogOrder(log, byCustomer(where, rule, rule.probabilities, 'probability', (cell, row) => {
    if (cell === null || (typeof cell === 'number' && cell >= 0 && cell <= 1)) return cell ?? NaN;
    throw new ClienteleError('VALUE_INVALID', { where, column: 'probability', row, value: valueText(cell) }, `rule low-probability-alive, row ${row}: ${valueText(cell)} is no probability.`, 'Give numbers from 0 to 1.');
  }).values, NaN);
  return {
    kind: 'low-probability-alive', name: rule.name ?? 'low-probability-alive', worse: 'low', levels: levelsOf(where, rule, [0.5, 0.3, 0.1], 'low'), unit: 'probability', replays: false,
    judge(c, verdict) {
      verdict.history = 2;
      verdict.value = verdict.score = chances[c]!;
      verdict.base = 1;
    },
  };
};

/** A function of the user's; its score is the rank of the severity it gives. */
export const makeOwn: MakeJudge<OwnRule> = (where, rule, log) => {
  checkKeys(`${where}, rule own`, rule, ['rule', 'name', 'evaluate']);
  if (typeof rule.name !== 'string' || rule.name === '') throw optionInvalid(where, 'own.name', rule.name, 'Name the rule.');
  if (typeof rule.evaluate !== 'function') throw optionInvalid(where, 'own.evaluate', rule.evaluate, 'Give a function of a customer.');
  const said = new Map<number, OwnFinding>();
  const judge: Judge['judge'] = (c, verdict) => {
    const found = rule.evaluate(viewOf(log, c));
    verdict.history = 2;
    verdict.score = 0;
    if (found === undefined) return;
    const rank = SEVERITIES.indexOf(found.severity);
    if (rank === -1 || typeof found.reason !== 'string' || typeof found.value !== 'number') throw new ClienteleError('VALUE_INVALID', { where, option: rule.name, value: valueText(found.severity) }, `rule ${rule.name} answered without severity, value or reason.`, 'Return { severity, value, reason }, or nothing.');
    said.set(c, found);
    verdict.value = found.value;
    verdict.base = found.base ?? NaN;
    verdict.limitA = found.limit ?? NaN;
    verdict.limitB = 0;
    // Info is a finding too: it scores above content.
    verdict.score = rank + 1;
  };
  return { kind: 'own', name: rule.name, worse: 'high', levels: [1.5, 2.5, 3.5], unit: 'severity', said, judge, replays: true };
};

function viewOf(log: CustomerLog, c: number): Parameters<OwnRule['evaluate']>[0] {
  const { entries } = log;
  const [from, to] = entries === undefined ? [0, 0] : [entries.start[c]!, entries.end[c]!];
  return {
    customer: idOf(log, c), days: entries?.days.slice(from, to) ?? new Int32Array(0), money: entries?.money.slice(from, to) ?? new Float64Array(0),
    asOf: log.asOf, first: log.first[c]!, last: log.last[c]!, purchaseDays: log.purchaseDays[c]!,
  };
}
