import { checkKeys, checkWord, ClienteleError, optionInvalid, valueText } from '../core/index.js';
import { categoryColumn, exactSum, numbersOf, showableResult, Table, type Column, type Showable } from '../columns/index.js';
import type { Profitability } from './profitability.js';

/** Something done with some customers. */
export interface WhatIfAction {
  /** for the answer: `'raise prices'` */
  readonly name: string;
  /** whom: those below 0 (`'unprofitable'`), everyone, or a flag per customer (1 = yes) */
  readonly who: 'unprofitable' | 'all' | ArrayLike<number | boolean>;
  /** prices change by this share: 0.05 raises revenue by 5 % at the same direct cost */
  readonly price?: number;
  /** cost to serve changes by this share: -0.3 serves at 30 % less */
  readonly service?: number;
  /** share of these customers' business that goes away because of it, 0 to 1; 0 by default */
  readonly lost?: number;
  /** stop trading with them: revenue, direct cost and the avoidable cost to serve go */
  readonly letGo?: boolean;
}

/** What does not change. */
export interface WhatIfOptions {
  /** share of the cost to serve that goes away when the business does, 0 to 1; 1 by default. The rest stays to be paid. */
  readonly avoidable?: number;
  /** language of `label`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/** The effect of each action and of all together. */
export interface WhatIf {
  /** one row per action by itself: `action`, its `label`, `customers`, `before`, `after` (profit of those customers), `change`, `total`; the last row `all` does them together, each customer the first action that names them */
  readonly actions: Table;
  readonly before: number;
  /** total profit with all actions */
  readonly after: number;
  /** profit per customer with all actions, in the order of the table */
  readonly profit: Float64Array;
}

/**
 * What would happen to the total profit: prices raised, service cut, customers let go.
 *
 * Nothing is assumed about how customers answer: say what business is lost by `lost`, and what cost stays by `avoidable`.
 * Letting unprofitable customers go looks best when all their cost goes with them, which it seldom does.
 *
 * @param result of `profitability`
 * @param actions in the order they take hold
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_LENGTH`
 * @example
 * whatIf(result, [{ name: 'standard service', who: 'unprofitable', service: -0.4 }]).after;
 *
 * O(customers × actions).
 */
export function whatIf(result: Pick<Profitability, 'table'>, actions: readonly WhatIfAction[], options: WhatIfOptions = {}): WhatIf & Showable {
  checkKeys('whatIf', options, ['avoidable', 'labels']);
  const labels = checkWord('whatIf', 'labels', options.labels ?? 'en', ['en', 'zh']);
  const avoidable = checkPart('avoidable', options.avoidable ?? 1);
  if (!Array.isArray(actions) || actions.length === 0) throw optionInvalid('whatIf', 'actions', actions, "Give at least one: { name: 'let go', who: 'unprofitable', letGo: true }.");
  const { table } = result;
  const [revenue, directCost, service, profit] = ['revenue', 'directCost', 'costToServe', 'profit'].map((name) => numbersOf('whatIf', table, name)) as [Float64Array, Float64Array, Float64Array, Float64Array];
  const chosen = actions.map((action: WhatIfAction, a) => checkAction(action, a, profit));
  const outcome = (action: WhatIfAction, i: number): number => {
    const { price = 0, service: change = 0, lost = 0, letGo = false } = action;
    const kept = letGo ? 0 : 1 - lost;
    const serving = service[i]! * (letGo ? 1 : 1 + change);
    return kept * (revenue[i]! * (1 + price) - directCost[i]!) - serving * (kept + (1 - kept) * (1 - avoidable));
  };
  const before = exactSum(profit);
  const single = actions.map((action: WhatIfAction, a) => effect(profit, before, (i) => (chosen[a]![i] === 1 ? outcome(action, i) : undefined)));
  const together = effect(profit, before, (i) => {
    const a = chosen.findIndex((mask) => mask[i] === 1);
    return a === -1 ? undefined : outcome(actions[a]!, i);
  });
  const rows = [...single, together];
  const number = (of: (row: Effect) => number): Column => ({ type: 'number', data: Float64Array.from(rows, of) });
  const names = actions.map((action: WhatIfAction) => action.name);
  const answer = new Table([
    ['action', categoryColumn([...names, 'all'])], ['label', categoryColumn([...names, labels === 'zh' ? '全部措施合计' : 'All together'])],
    ['customers', { type: 'integer', data: Int32Array.from(rows, (row) => row.customers) }],
    ['before', number((row) => row.before)], ['after', number((row) => row.after)], ['change', number((row) => row.after - row.before)], ['total', number((row) => row.total)],
  ]);
  return showableResult({ actions: answer, before, after: together.total, profit: together.profit }, { text: () => answer.toString(), html: () => answer.toHTML() });
}

interface Effect {
  readonly customers: number;
  readonly before: number;
  readonly after: number;
  readonly total: number;
  readonly profit: Float64Array;
}

function effect(profit: Float64Array, total: number, changed: (i: number) => number | undefined): Effect {
  const after = profit.slice();
  let customers = 0;
  const was: number[] = [];
  const is: number[] = [];
  for (let i = 0; i < profit.length; i++) {
    const now = changed(i);
    if (now === undefined) continue;
    customers++;
    was.push(profit[i]!);
    is.push(now);
    after[i] = now;
  }
  return { customers, before: exactSum(Float64Array.from(was)), after: exactSum(Float64Array.from(is)), total: customers === 0 ? total : exactSum(after), profit: after };
}

function checkAction(action: WhatIfAction, a: number, profit: Float64Array): Uint8Array {
  checkKeys('whatIf', action, ['name', 'who', 'price', 'service', 'lost', 'letGo']);
  if (typeof action.name !== 'string' || action.name === '') throw optionInvalid('whatIf', `actions[${a}].name`, action.name, 'Name the action.');
  for (const key of ['price', 'service'] as const) {
    const value = action[key];
    if (value !== undefined && !(value >= -1 && value < 100)) throw optionInvalid('whatIf', `actions[${a}].${key}`, value, 'Give a change as a share, -1 or more: 0.05 is 5 % more.');
  }
  if (action.lost !== undefined) checkPart(`actions[${a}].lost`, action.lost);
  if (action.letGo === true && (action.price !== undefined || action.service !== undefined || action.lost !== undefined)) throw optionInvalid('whatIf', `actions[${a}]`, valueText(action.name), 'letGo goes by itself.');
  const { who } = action;
  if (who === 'all') return new Uint8Array(profit.length).fill(1);
  if (who === 'unprofitable') return Uint8Array.from(profit, (own) => Number(own < 0));
  if (typeof who !== 'object' || who === null || who.length !== profit.length) {
    throw new ClienteleError('COLUMN_LENGTH', { where: 'whatIf', option: `actions[${a}].who` }, `the action ${valueText(action.name)} does not say for whom, or not for all ${profit.length} customers.`, "Use 'unprofitable', 'all', or one flag per customer.");
  }
  return Uint8Array.from({ length: profit.length }, (_, i) => (who[i] ? 1 : 0));
}

function checkPart(option: string, value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 1) return value;
  throw optionInvalid('whatIf', option, value, 'Give a share from 0 to 1.');
}
