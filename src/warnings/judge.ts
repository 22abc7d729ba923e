import type { Warning } from '../core/index.js';
import type { CustomerLog } from './customer-log.js';
import type { Levels, Severity } from './severity.js';
import type { Language } from './words.js';

/** What a rule says of one customer; one object is filled again and again. */
export interface Verdict {
  /** what levels are held against; NaN where there is too little history to judge */
  score: number;
  value: number;
  base: number;
  /** the limit is `limitA + limitB × level`, in the unit of value */
  limitA: number;
  limitB: number;
  /** whose habit it was held against: 0 own, 1 all customers', 2 given, 3 those of the segment */
  history: 0 | 1 | 2 | 3;
  /** lowest rank, where something beside the score says so (a run, a named segment) */
  atLeast: 0 | 1 | 2 | 3;
  /** what the words need besides */
  extra: number;
}

/** A rule made ready for one log. */
export interface Judge {
  readonly kind: string;
  readonly name: string;
  readonly worse: 'high' | 'low';
  readonly levels: Levels;
  /** unit of the score for people and sweeps: 'times the base', 'probability' … */
  readonly unit: string;
  readonly judge: (customer: number, verdict: Verdict) => void;
  /** words of a rule of one's own, kept while judging */
  readonly said?: ReadonlyMap<number, { readonly severity: Severity; readonly stage?: string; readonly reason: string }>;
  /** what ranks are called, for a segment rule */
  readonly segments?: Readonly<Record<Language, readonly string[]>>;
  /** false where the rule knows one date only, that of the tables it was given, and cannot be replayed at another */
  readonly replays: boolean;
  /** what a reader of its findings should know */
  readonly remarks?: readonly Warning[];
}

export function freshVerdict(): Verdict {
  return { score: NaN, value: NaN, base: NaN, limitA: 0, limitB: 1, history: 0, atLeast: 0, extra: NaN };
}

export function clearVerdict(verdict: Verdict): void {
  verdict.score = verdict.value = verdict.base = verdict.extra = NaN;
  verdict.limitA = 0;
  verdict.limitB = 1;
  verdict.history = 0;
  verdict.atLeast = 0;
}

/** How a rule is made ready: checked, its defaults filled, what it needs of all customers counted. */
export type MakeJudge<R> = (where: string, rule: R, log: CustomerLog) => Judge;
