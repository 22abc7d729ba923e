import { checkKeys, optionInvalid } from '../core/index.js';
import { table, type Table } from '../columns/index.js';
import { findingsOf } from './crisis-view.js';
import { SEVERITIES } from './severity.js';

/** What can be done about a warning. */
export type WarningAction = 'call' | 'offer' | 'service' | 'collect' | 'review' | 'let_go';

export interface RecommendActionOptions {
  /** share of money that is margin, 0 to 1; 0.3 by default: say your own */
  readonly margin?: number;
  /** chance that an action keeps the customer, 0 to 1; 0.2 by default: say your own, from tests against a control group */
  readonly saveRate?: number;
  /** cost of each action */
  readonly costs?: Partial<Readonly<Record<WarningAction, number>>>;
  /** money at stake from which a person calls rather than an offer is sent; 10 × the cost of a call / (margin × saveRate) by default */
  readonly callFrom?: number;
}

const COSTS: Readonly<Record<WarningAction, number>> = { call: 10, offer: 2, service: 15, collect: 5, review: 0, let_go: 0 };

/** Rules about plans and budgets: their subject may be a region, a product or a manager, whom nobody calls or lets go. */
const REVIEWED: readonly string[] = ['sales-progress', 'sales-expense-ratio', 'sales-expense-amount'];

/**
 * What to do about each warning, with the money behind it: call, offer, service, collect, review, or let go.
 *
 * Debts are collected; complaints, changes and dangerous times of life get service; the silent and shrinking get a call
 * where much is at stake and an offer where less; where the action costs more than margin × chance × money at stake, let go.
 * Where the money at stake is not known nobody is let go: the silent get an offer, the cheaper of the two, and gain and net are
 * missing; pass the order log to `warnings`, or name a `money` column, to know it.
 * Plans and budgets missed are reviewed, whatever is at stake: their subject may be a region or a product, so nobody is let go
 * and no gain is reckoned.
 *
 * @param found a table of warnings; not modified
 * @returns customer, rule, severity, action, cost, expectedGain, net, moneyAtStake, in the order given: one row a warning, so
 *   a customer with two has the money in both
 * @throws ClienteleError `VALUE_INVALID`, `OPTION_INVALID`
 * @example
 * recommendAction(warnings(orders).table, { margin: 0.4, saveRate: 0.15, costs: { call: 8 } });
 */
export function recommendAction(found: Table, options: RecommendActionOptions = {}): Table {
  const where = 'recommendAction';
  checkKeys(where, options, ['margin', 'saveRate', 'costs', 'callFrom']);
  const { margin = 0.3, saveRate = 0.2 } = options;
  for (const [name, value] of Object.entries({ margin, saveRate })) if (!(typeof value === 'number' && value > 0 && value <= 1)) throw optionInvalid(where, name, value, 'Give a share above 0 and at most 1.');
  checkKeys(where, options.costs ?? {}, Object.keys(COSTS));
  const costs = { ...COSTS, ...options.costs };
  for (const [name, value] of Object.entries(costs)) if (!(typeof value === 'number' && value >= 0 && value < Infinity)) throw optionInvalid(where, `costs.${name}`, value, 'Give a cost of 0 or more.');
  const callFrom = options.callFrom ?? (10 * costs.call) / (margin * saveRate);
  const rows = findingsOf(where, found).map((row) => {
    if (REVIEWED.includes(row.rule)) return { ...row, action: 'review' as WarningAction, cost: costs.review, gain: 0 };
    const debt = row.rule === 'receivables' || row.rule === 'credit-limit';
    const wanted: WarningAction = debt ? 'collect' : row.rule.startsWith('major-change') || row.rule === 'hazard' ? 'service' : row.moneyAtStake >= callFrom ? 'call' : 'offer';
    // Money owed is wanted whole; money that would be spent brings its margin.
    const gain = Math.max(0, row.moneyAtStake) * saveRate * (debt ? 1 : margin);
    const action: WarningAction = gain > costs[wanted] || Number.isNaN(row.moneyAtStake) ? wanted : 'let_go';
    return { ...row, action, cost: costs[action], gain: action === 'let_go' ? 0 : gain };
  });
  return table({
    customer: rows.map((r) => r.customer), rule: rows.map((r) => r.rule), severity: rows.map((r) => SEVERITIES[r.rank]!), action: rows.map((r) => r.action),
    cost: rows.map((r) => r.cost), expectedGain: rows.map((r) => r.gain), net: rows.map((r) => r.gain - r.cost), moneyAtStake: rows.map((r) => r.moneyAtStake),
  });
}
