import { orderBest, takeColumn, takeNumbers, TextBuilder, type Column, type TextColumn } from '../columns/index.js';
import type { CustomerLog } from './customer-log.js';
import { poissonLimit } from './frequency-drop.js';
import { clearVerdict, freshVerdict, type Judge, type Verdict } from './judge.js';
import { rankOf, SEVERITIES } from './severity.js';
import { STAGES, tellerOf, type Language, type Say } from './words.js';

/** What a rule did: customers judged by own habit, by others' habit, too little history; and findings by severity. */
export interface RuleCounts {
  judged: number;
  pooled: number;
  tooLittle: number;
  readonly found: Int32Array;
}

/** Findings as growing records, customer after customer, rules in their order. */
export interface FoundRows {
  rows: number;
  /** {@link RECORD} words a finding, and the same memory as doubles: what is written and read of it lies in one line of the cache */
  words: Int32Array<ArrayBuffer>;
  doubles: Float64Array<ArrayBuffer>;
  /** rank of each severity, by itself as well: it is asked for in another order first */
  rank: Uint8Array;
  readonly counts: readonly RuleCounts[];
  readonly stages: readonly string[];
}

const RECORD = 16;
/** Where in a record the doubles stand, and, in words, the whole numbers behind them. */
const AT = { score: 0, value: 1, limit: 2, base: 3, extra: 4 } as const;
const WORD = { customer: 10, rule: 11, rank: 12, stage: 13, history: 14, atLeast: 15 } as const;
const DOUBLES = Object.keys(AT) as (keyof typeof AT)[];
const WORDS = Object.keys(WORD) as (keyof typeof WORD)[];

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
      if (found.rows * RECORD === found.words.length) grow(found);
      found.rank[found.rows] = rank;
      const at = found.rows++ * RECORD;
      const { words, doubles } = found;
      words[at + WORD.customer] = c;
      words[at + WORD.rule] = j;
      words[at + WORD.rank] = rank;
      words[at + WORD.stage] = said === undefined ? places[j]![rank - 1]! : stageOf(said.stage ?? said.severity);
      words[at + WORD.history] = verdict.history;
      words[at + WORD.atLeast] = verdict.atLeast;
      doubles[at / 2 + AT.score] = verdict.score;
      doubles[at / 2 + AT.value] = verdict.value;
      doubles[at / 2 + AT.limit] = limitOf(verdict, judge.levels[Math.max(0, rank - 1)]!);
      doubles[at / 2 + AT.base] = verdict.base;
      doubles[at / 2 + AT.extra] = verdict.extra;
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
  const words = new Int32Array(room * RECORD);
  return { rows: 0, counts, words, doubles: new Float64Array(words.buffer), rank: new Uint8Array(room) };
}

function grow(found: Omit<FoundRows, 'stages'>): void {
  const words = new Int32Array(found.words.length * 2);
  words.set(found.words);
  found.words = words;
  found.doubles = new Float64Array(words.buffer);
  const rank = new Uint8Array(found.rank.length * 2);
  rank.set(found.rank);
  found.rank = rank;
}

/**
 * Row numbers by severity (worst first), money at stake (most first, unknown last), id as UTF-8 bytes, then rule.
 *
 * Method: the customers are sorted once; their rows, dealt out by severity in that order, need no sorting.
 */
export function rankedRows(log: CustomerLog, found: FoundRows): Int32Array {
  const { rows, words, rank } = found;
  const firstRow = new Int32Array(log.count + 1);
  const next = new Int32Array(SEVERITIES.length + 1);
  for (let i = 0; i < rows; i++) {
    firstRow[words[i * RECORD + WORD.customer]! + 1]!++;
    next[SEVERITIES.length - rank[i]!]!++;
  }
  for (let c = 0; c < log.count; c++) firstRow[c + 1]! += firstRow[c]!;
  for (let at = 1; at < next.length; at++) next[at]! += next[at - 1]!;
  const best = orderBest(log.stake.map((money) => (money === money ? money : -Infinity)), log.ids);
  const order = new Int32Array(rows);
  for (let b = 0; b < best.length; b++) {
    const c = best[b]!;
    for (let i = firstRow[c]!; i < firstRow[c + 1]!; i++) order[next[SEVERITIES.length - 1 - rank[i]!]!++] = i;
  }
  return order;
}

/** Findings as columns, in ranked order. */
interface RankedColumns extends Readonly<Record<keyof typeof WORD, Int32Array>>, Readonly<Record<keyof typeof AT, Float64Array>> {}

/** So many records, 64 KB, are taken at a time, column by column: they stay in the second-level cache. */
const BLOCK = 1024;

function inOrder({ words, doubles }: FoundRows, order: Int32Array): RankedColumns {
  const whole = (): Int32Array => new Int32Array(order.length), real = (): Float64Array => new Float64Array(order.length);
  const ranked = { customer: whole(), rule: whole(), rank: whole(), stage: whole(), history: whole(), atLeast: whole(), score: real(), value: real(), limit: real(), base: real(), extra: real() };
  for (let from = 0; from < order.length; from += BLOCK) {
    const to = Math.min(order.length, from + BLOCK);
    for (const name of WORDS) takeWords(words, WORD[name], order, from, to, ranked[name]);
    for (const name of DOUBLES) takeDoubles(doubles, AT[name], order, from, to, ranked[name]);
  }
  return ranked;
}

function takeWords(words: Int32Array, at: number, order: Int32Array, from: number, to: number, taken: Int32Array): void {
  for (let k = from; k < to; k++) taken[k] = words[order[k]! * RECORD + at]!;
}

function takeDoubles(doubles: Float64Array, at: number, order: Int32Array, from: number, to: number, taken: Float64Array): void {
  for (let k = from; k < to; k++) taken[k] = doubles[order[k]! * (RECORD / 2) + at]!;
}

/** The columns of the findings in ranked order, money at stake and the reason in words among them. */
export function foundColumns(log: CustomerLog, judges: readonly Judge[], found: FoundRows, order: Int32Array, language: Language): [string, Column][] {
  const ranked = inOrder(found, order);
  const category = (data: Int32Array, values: readonly string[]): Column => ({ type: 'category', data, values });
  const numbers = (data: Float64Array): Column => ({ type: 'number', data });
  return [
    ['customer', takeColumn(log.ids, ranked.customer)],
    ['rule', category(ranked.rule, judges.map(({ name }) => name))], ['severity', category(ranked.rank, SEVERITIES)], ['stage', category(ranked.stage, found.stages)],
    ['value', numbers(ranked.value)], ['limit', numbers(ranked.limit)], ['base', numbers(ranked.base)], ['score', numbers(ranked.score)],
    ['history', category(ranked.history, HISTORIES)],
    ['reason', reasons(judges, ranked, language)],
    ['moneyAtStake', numbers(takeNumbers(log.stake, ranked.customer))],
  ];
}

/** Whose habit a finding is held against, by its place in `history`. */
const HISTORIES = ['own', 'pooled', 'given', 'segment'] as const;

function reasons(judges: readonly Judge[], { customer, rule, score, value, base, extra, history, atLeast }: RankedColumns, language: Language): TextColumn {
  const words = new TextBuilder(rule.length, 64);
  const say: Say = (pieces, ...texts) => words.addTemplate(pieces, texts);
  const tellers = judges.map((judge) => tellerOf(judge, language));
  const verdict = freshVerdict();
  for (let k = 0; k < rule.length; k++) {
    const judge = judges[rule[k]!]!, teller = tellers[rule[k]!];
    verdict.score = score[k]!;
    verdict.value = value[k]!;
    verdict.base = base[k]!;
    verdict.extra = extra[k]!;
    verdict.history = history[k]! as Verdict['history'];
    verdict.atLeast = atLeast[k]! as Verdict['atLeast'];
    const said = judge.said?.get(customer[k]!);
    if (said !== undefined || teller === undefined) words.addText(said?.reason ?? '');
    else teller(say, verdict, judge);
  }
  return words.finish();
}
