import { orderBest, takeColumn, TextBuilder, type Column, type TextColumn } from '../columns/index.js';
import type { CustomerLog } from './customer-log.js';
import { poissonLimit } from './frequency-drop.js';
import { clearVerdict, freshVerdict, type Judge, type Verdict } from './judge.js';
import { rankOf, SEVERITIES } from './severity.js';
import { reasonOf, STAGES, type Language } from './words.js';

/** What a rule did: customers judged by own habit, by others' habit, too little history; and findings by severity. */
export interface RuleCounts {
  judged: number;
  pooled: number;
  tooLittle: number;
  readonly found: Int32Array;
}

/** Findings as growing columns, customer after customer, rules in their order. */
export interface FoundRows {
  rows: number;
  customer: Int32Array;
  rule: Int32Array;
  rank: Int32Array;
  stage: Int32Array;
  history: Int32Array;
  atLeast: Int32Array;
  score: Float64Array;
  value: Float64Array;
  limit: Float64Array;
  base: Float64Array;
  extra: Float64Array;
  readonly counts: readonly RuleCounts[];
  readonly stages: readonly string[];
}

const INTEGERS = ['customer', 'rule', 'rank', 'stage', 'history', 'atLeast'] as const;
const DOUBLES = ['score', 'value', 'limit', 'base', 'extra'] as const;

/**
 * Hold every customer against every rule, in one pass: findings at or above a severity. Reasons are put into words later,
 * for what is listed.
 *
 * @param from rank of the least severity kept
 */
export function findRows(log: CustomerLog, judges: readonly Judge[], from: number): FoundRows {
  const stages = new Map<string, number>();
  const stageOf = (name: string): number => {
    const known = stages.get(name) ?? stages.size;
    stages.set(name, known);
    return known;
  };
  const places = judges.map(({ kind }) => Int32Array.from(STAGES[kind] ?? STAGES['own']!, stageOf));
  const counts: RuleCounts[] = judges.map(() => ({ judged: 0, pooled: 0, tooLittle: 0, found: new Int32Array(4) }));
  const found = noRows(Math.max(16, log.count), counts);
  const verdict = freshVerdict();
  for (let c = 0; c < log.count; c++) {
    for (let j = 0; j < judges.length; j++) {
      const judge = judges[j]!, own = counts[j]!;
      clearVerdict(verdict);
      judge.judge(c, verdict);
      if (verdict.score !== verdict.score) {
        own.tooLittle++;
        continue;
      }
      own.judged++;
      if (verdict.history === HELD_AGAINST_OTHERS.all || verdict.history === HELD_AGAINST_OTHERS.segment) own.pooled++;
      const said = judge.said?.get(c);
      const rank = said === undefined ? Math.max(verdict.atLeast, rankOf(verdict.score, judge.levels, judge.worse)) : SEVERITIES.indexOf(said.severity);
      if (rank === 0 && said === undefined) continue;
      own.found[rank]!++;
      if (rank < from) continue;
      const i = found.rows++;
      if (i === found.customer.length) grow(found);
      found.customer[i] = c;
      found.rule[i] = j;
      found.rank[i] = rank;
      found.stage[i] = said === undefined ? places[j]![rank - 1]! : stageOf(said.stage ?? said.severity);
      found.history[i] = verdict.history;
      found.atLeast[i] = verdict.atLeast;
      found.score[i] = verdict.score;
      found.value[i] = verdict.value;
      found.base[i] = verdict.base;
      found.extra[i] = verdict.extra;
      found.limit[i] = limitOf(verdict, judge.levels[Math.max(0, rank - 1)]!);
    }
  }
  return { ...found, stages: [...stages.keys()] };
}

/** Places in `history` of those not judged by their own habit. */
const HELD_AGAINST_OTHERS = { all: 1, segment: 3 } as const;

function limitOf({ limitA, limitB }: Verdict, level: number): number {
  if (limitB !== limitB) return poissonLimit(level, limitA);
  return limitA + (limitB === 0 ? 0 : limitB * level);
}

function noRows(room: number, counts: readonly RuleCounts[]): Omit<FoundRows, 'stages'> {
  const whole = (): Int32Array => new Int32Array(room);
  const real = (): Float64Array => new Float64Array(room);
  return { rows: 0, counts, customer: whole(), rule: whole(), rank: whole(), stage: whole(), history: whole(), atLeast: whole(), score: real(), value: real(), limit: real(), base: real(), extra: real() };
}

function grow(found: Omit<FoundRows, 'stages'>): void {
  const twice = <A extends Int32Array | Float64Array>(data: A): A => {
    const larger = new (data.constructor as new (n: number) => A)(data.length * 2);
    larger.set(data);
    return larger;
  };
  for (const name of INTEGERS) found[name] = twice(found[name]);
  for (const name of DOUBLES) found[name] = twice(found[name]);
}

/**
 * Row numbers by severity (worst first), money at stake (most first, unknown last), id as UTF-8 bytes, then rule.
 *
 * Method: the customers found are sorted once; their rows, dealt out by severity in that order, need no sorting.
 */
export function rankedRows(log: CustomerLog, found: FoundRows): Int32Array {
  const { rows, customer, rank } = found;
  const firstRow = new Int32Array(Math.min(rows, log.count) + 1);
  let customers = 0;
  for (let i = 0; i < rows; i++) if (i === 0 || customer[i] !== customer[i - 1]) firstRow[customers++] = i;
  firstRow[customers] = rows;
  const who = new Int32Array(customers), stake = new Float64Array(customers);
  for (let k = 0; k < customers; k++) {
    who[k] = customer[firstRow[k]!]!;
    const money = log.stake[who[k]!]!;
    stake[k] = money === money ? money : -Infinity;
  }
  const best = orderBest(stake, takeColumn(log.ids, who));
  const next = new Int32Array(SEVERITIES.length + 1);
  for (let i = 0; i < rows; i++) next[SEVERITIES.length - rank[i]!]!++;
  for (let at = 1; at < next.length; at++) next[at]! += next[at - 1]!;
  const order = new Int32Array(rows);
  for (let b = 0; b < customers; b++) {
    const k = best[b]!;
    for (let i = firstRow[k]!; i < firstRow[k + 1]!; i++) order[next[SEVERITIES.length - 1 - rank[i]!]!++] = i;
  }
  return order;
}

/** The columns of the findings in ranked order, money at stake and the reason in words among them. */
export function foundColumns(log: CustomerLog, judges: readonly Judge[], found: FoundRows, order: Int32Array, language: Language): [string, Column][] {
  const numbers = (data: Float64Array): Column => ({ type: 'number', data: takeDoubles(data, order) });
  const category = (data: Int32Array, values: readonly string[]): Column => ({ type: 'category', data: takeIntegers(data, order), values });
  const customer = takeIntegers(found.customer, order);
  return [
    ['customer', takeColumn(log.ids, customer)],
    ['rule', category(found.rule, judges.map(({ name }) => name))], ['severity', category(found.rank, SEVERITIES)], ['stage', category(found.stage, found.stages)],
    ['value', numbers(found.value)], ['limit', numbers(found.limit)], ['base', numbers(found.base)], ['score', numbers(found.score)],
    ['history', category(found.history, HISTORIES)],
    ['reason', reasons(judges, found, order, language)],
    ['moneyAtStake', { type: 'number', data: takeDoubles(log.stake, customer) }],
  ];
}

/** Whose habit a finding is held against, by its place in `history`. */
const HISTORIES = ['own', 'pooled', 'given', 'segment'] as const;

function reasons(judges: readonly Judge[], found: FoundRows, order: Int32Array, language: Language): TextColumn {
  const words = new TextBuilder(order.length, 64);
  const verdict = freshVerdict();
  for (let k = 0; k < order.length; k++) {
    const i = order[k]!;
    const judge = judges[found.rule[i]!]!;
    verdict.score = found.score[i]!;
    verdict.value = found.value[i]!;
    verdict.base = found.base[i]!;
    verdict.extra = found.extra[i]!;
    verdict.history = found.history[i]! as Verdict['history'];
    verdict.atLeast = found.atLeast[i]! as Verdict['atLeast'];
    words.addText(judge.said?.get(found.customer[i]!)?.reason ?? reasonOf(judge, verdict, language));
  }
  return words.finish();
}

function takeDoubles(data: Float64Array, order: Int32Array): Float64Array {
  const taken = new Float64Array(order.length);
  for (let k = 0; k < order.length; k++) taken[k] = data[order[k]!]!;
  return taken;
}

function takeIntegers(data: Int32Array, order: Int32Array): Int32Array {
  const taken = new Int32Array(order.length);
  for (let k = 0; k < order.length; k++) taken[k] = data[order[k]!]!;
  return taken;
}
