import { compareTextRows, fitted, orderByNumber, TextBuilder, takeColumn, type Column } from '../columns/index.js';
import type { CustomerLog } from './customer-log.js';
import { poissonLimit } from './frequency-drop.js';
import { clearVerdict, freshVerdict, type Judge } from './judge.js';
import { rankOf, SEVERITIES } from './severity.js';
import { reasonOf, STAGES, type Language } from './words.js';

/** What a rule did: customers judged by own habit, by all customers', too little history; and findings by severity. */
export interface RuleCounts {
  judged: number;
  pooled: number;
  tooLittle: number;
  readonly found: Int32Array;
}

/** Findings as growing columns. */
export interface FoundRows {
  rows: number;
  customer: Int32Array;
  rule: Int32Array;
  rank: Int32Array;
  stage: Int32Array;
  score: Float64Array;
  value: Float64Array;
  limit: Float64Array;
  base: Float64Array;
  history: Int32Array;
  readonly reasons: TextBuilder;
  readonly counts: readonly RuleCounts[];
  readonly stages: readonly string[];
}

/**
 * Hold every customer against every rule, in one pass: findings at or above a severity.
 *
 * @param from rank of the least severity kept
 */
export function findRows(log: CustomerLog, judges: readonly Judge[], from: number, language: Language): FoundRows {
  const stages = new Map<string, number>();
  const stageOf = (name: string): number => {
    const known = stages.get(name) ?? stages.size;
    stages.set(name, known);
    return known;
  };
  const places = judges.map(({ kind }) => Int32Array.from(STAGES[kind] ?? STAGES['own']!, stageOf));
  const counts: RuleCounts[] = judges.map(() => ({ judged: 0, pooled: 0, tooLittle: 0, found: new Int32Array(4) }));
  const found: Omit<FoundRows, 'stages'> = {
    rows: 0, customer: new Int32Array(1024), rule: new Int32Array(1024), rank: new Int32Array(1024), stage: new Int32Array(1024), history: new Int32Array(1024),
    score: new Float64Array(1024), value: new Float64Array(1024), limit: new Float64Array(1024), base: new Float64Array(1024), reasons: new TextBuilder(1024, 64), counts,
  };
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
      if (verdict.history === 1) own.pooled++;
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
      found.score[i] = verdict.score;
      found.value[i] = verdict.value;
      found.base[i] = verdict.base;
      found.history[i] = verdict.history;
      const level = judge.levels[Math.max(0, rank - 1)]!;
      found.limit[i] = verdict.limitB === verdict.limitB ? verdict.limitA + (verdict.limitB === 0 ? 0 : verdict.limitB * level) : poissonLimit(level, verdict.limitA);
      found.reasons.addText(said?.reason ?? reasonOf(judge, verdict, language));
    }
  }
  return { ...found, stages: [...stages.keys()] };
}

function grow(found: Omit<FoundRows, 'stages'>): void {
  const twice = <A extends Int32Array | Float64Array>(data: A): A => {
    const larger = new (data.constructor as new (n: number) => A)(data.length * 2);
    larger.set(data);
    return larger;
  };
  for (const name of ['customer', 'rule', 'rank', 'stage', 'history'] as const) found[name] = twice(found[name]);
  for (const name of ['score', 'value', 'limit', 'base'] as const) found[name] = twice(found[name]);
}

/** Row numbers by severity (worst first), money at stake (most first, unknown last), id as UTF-8 bytes, then rule. */
export function rankedRows(log: CustomerLog, found: FoundRows): Int32Array {
  const n = found.rows;
  const stake = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const money = log.stake[found.customer[i]!]!;
    stake[i] = Number.isNaN(money) ? -Infinity : money;
  }
  const byMoney = orderByNumber(stake, 'descending');
  const order = orderByNumber(Float64Array.from(fitted(found.rank, n)), 'descending', byMoney);
  const tied = (a: number, b: number): boolean => found.rank[a] === found.rank[b] && stake[a] === stake[b];
  for (let from = 0; from < n;) {
    let to = from + 1;
    while (to < n && tied(order[from]!, order[to]!)) to++;
    if (to - from > 1) orderTies(log, found, order.subarray(from, to));
    from = to;
  }
  return order;
}

/** Rows of equal severity and money, in place: by id; rows of one customer keep the order of the rules. */
function orderTies(log: CustomerLog, found: FoundRows, rows: Int32Array): void {
  const { ids } = log;
  let one = true;
  for (let i = 1; one && i < rows.length; i++) one = found.customer[rows[i]!] === found.customer[rows[0]!];
  if (one) return;
  const id = (row: number): number => found.customer[row]!;
  const texts = ids.type === 'category' ? ids.values : [];
  const compare = idComparer(ids, texts);
  rows.set(Array.from(rows).sort((a, b) => compare(id(a), id(b)) || a - b));
}

function idComparer(ids: Column, texts: readonly string[]): (a: number, b: number) => number {
  if (ids.type === 'text') return (a, b) => compareTextRows(ids, a, b);
  const encoder = new TextEncoder();
  const bytes = (text: string): Uint8Array => encoder.encode(text);
  const text = (row: number): string => (ids.type === 'category' ? texts[ids.data[row]!]! : ids.type === 'number' || ids.type === 'integer' ? String(ids.data[row]) : '');
  return (a, b) => compareBytes(bytes(text(a)), bytes(text(b)));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  for (let i = 0; i < a.length && i < b.length; i++) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return a.length - b.length;
}

/** The columns of the findings in ranked order, money at stake among them. */
export function foundColumns(log: CustomerLog, judges: readonly Judge[], found: FoundRows, order: Int32Array): [string, Column][] {
  const numbers = (data: Float64Array): Column => ({ type: 'number', data: Float64Array.from(order, (i) => data[i]!) });
  const category = (data: Int32Array, values: readonly string[]): Column => ({ type: 'category', data: order.map((i) => data[i]!), values });
  return [
    ['customer', takeColumn(log.ids, order.map((i) => found.customer[i]!))],
    ['rule', category(found.rule, judges.map(({ name }) => name))], ['severity', category(found.rank, SEVERITIES)], ['stage', category(found.stage, found.stages)],
    ['value', numbers(found.value)], ['limit', numbers(found.limit)], ['base', numbers(found.base)], ['score', numbers(found.score)],
    ['history', category(found.history, ['own', 'pooled', 'given'])],
    ['reason', takeColumn(found.reasons.finish(), order)],
    ['moneyAtStake', { type: 'number', data: Float64Array.from(order, (i) => log.stake[found.customer[i]!]!) }],
  ];
}
