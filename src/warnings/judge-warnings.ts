import { checkKeys, ClienteleError } from '../core/index.js';
import type { Column } from '../columns/index.js';
import type { Customers, Transactions } from '../transactions/index.js';
import { logOf } from './customer-log.js';
import { clearVerdict, freshVerdict } from './judge.js';
import { makeJudges } from './make-judges.js';
import { pooledGapQuantile } from './overdue.js';
import { STANDARD_RULES, type WarningRule } from './rules.js';
import { rankOf, type Levels } from './severity.js';

/** One rule's scores of all customers, content or not. */
export interface JudgedRule {
  readonly name: string;
  readonly kind: WarningRule['rule'];
  /** NaN where there is too little history; in the customers' order */
  readonly score: Float64Array;
  /** rank of the severity: 0 content or info, 1 watch, 2 warn, 3 critical */
  readonly rank: Uint8Array;
  readonly worse: 'high' | 'low';
  readonly levels: Levels;
  readonly unit: string;
  /** false for a rule made of tables that hold for one date only */
  readonly replays: boolean;
}

/** Every customer held against every rule: what `warnings` lists and `evaluateWarnings` judges. */
export interface JudgedCustomers {
  readonly customer: Column;
  readonly asOf: number;
  readonly last: Int32Array;
  readonly purchaseDays: Int32Array;
  /** net money of the 365 days to asOf */
  readonly moneyAtStake: Float64Array;
  /** 90 % quantile of all customers' gaps between purchase days, in days; NaN where nobody bought twice */
  readonly pooledGap: number;
  readonly rules: readonly JudgedRule[];
}

/**
 * Scores of every customer by every rule, also of those a rule is content with; for choosing limits of your own.
 *
 * @param data an order log, or summarized customers; not modified
 * @param options `rules`, `asOf` as for `warnings`
 * @returns columns in the customers' order (first appearance, those with a purchase by asOf)
 * @throws ClienteleError as `warnings`
 * @example
 * judgeWarnings(orders, { asOf: '2026-01-31' }).rules[0].score;   // times the usual gap
 */
export function judgeWarnings(data: Transactions | Customers, options: { readonly rules?: readonly WarningRule[]; readonly asOf?: string } = {}): JudgedCustomers {
  const where = 'judgeWarnings';
  checkKeys(where, options, ['rules', 'asOf']);
  const log = logOf(where, data, options.asOf, undefined);
  const judges = makeJudges(where, options.rules ?? STANDARD_RULES, log);
  const verdict = freshVerdict();
  const rules = judges.map((judge): JudgedRule => {
    const score = new Float64Array(log.count), rank = new Uint8Array(log.count);
    for (let c = 0; c < log.count; c++) {
      clearVerdict(verdict);
      judge.judge(c, verdict);
      score[c] = verdict.score;
      if (Number.isNaN(verdict.score)) continue;
      rank[c] = Math.max(verdict.atLeast, rankOf(verdict.score, judge.levels, judge.worse));
    }
    return { name: judge.name, kind: judge.kind as WarningRule['rule'], score, rank, worse: judge.worse, levels: judge.levels, unit: judge.unit, replays: judge.replays };
  });
  if (log.count === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'no customer bought by asOf.', 'Give a later asOf.');
  return { customer: log.ids, asOf: log.asOf, last: log.last, purchaseDays: log.purchaseDays, moneyAtStake: log.stake, pooledGap: pooledGapQuantile(log, 0.9), rules };
}
