import { checkKeys, checkWord, optionInvalid } from '../core/index.js';
import { categoryColumn, Table, type Column } from '../columns/index.js';

/** One action, in money of one currency. */
export interface CampaignAction {
  readonly name: string;
  readonly kind: 'acquire' | 'keep' | 'cross-sell' | 'win-back';
  /** customers reached */
  readonly reach: number;
  /** share of those reached who do what they would not have done otherwise, 0 to 1 */
  readonly uplift: number;
  /** what the uplift may be: the range of the answer; the uplift itself when absent */
  readonly upliftRange?: readonly [low: number, high: number];
  /** margin each of them brings, over the time looked at */
  readonly margin: number;
  /** cost per customer reached; 0 by default */
  readonly costPerContact?: number;
  /** cost per customer who answers: the discount, the gift; 0 by default */
  readonly costPerResponse?: number;
  /** cost however many are reached; 0 by default */
  readonly fixedCost?: number;
}

/** In which language the answer speaks. */
export interface CampaignOptions {
  /** language of `label` and `kindLabel`, `'en'` by default */
  readonly labels?: 'en' | 'zh';
}

/**
 * What actions cost and return: profit, return on cost, and the uplift at which they break even.
 *
 * Uplift is what the action itself changes (against a control group), not everyone who bought. That keeping a customer
 * costs a fifth of winning one is no constant of nature: give both costs and see.
 *
 * @param actions one or more
 * @returns one row per action and last `all`: `action`, its `label`, `kind`, `kindLabel`, `reach`, `responses`, `cost`, `margin`, `profit`, `return`
 *   (profit / cost, missing without cost), `costPerGain` (cost / responses), `breakEvenUplift` (missing where a response
 *   earns nothing), `low`, `high` (profit over the range of uplift)
 * @throws ClienteleError `OPTION_INVALID`
 * @example
 * campaign([{ name: 'call lapsed', kind: 'win-back', reach: 1000, uplift: 0.05, margin: 200, costPerContact: 4 }]).row(0);
 * // { …, responses: 50, cost: 4000, margin: 10000, profit: 6000, return: 1.5, costPerGain: 80, breakEvenUplift: 0.02, … }
 */
export function campaign(actions: readonly CampaignAction[], options: CampaignOptions = {}): Table {
  checkKeys('campaign', options, ['labels']);
  const words = WORDS[checkWord('campaign', 'labels', options.labels ?? 'en', ['en', 'zh'])];
  if (!Array.isArray(actions) || actions.length === 0) throw optionInvalid('campaign', 'actions', actions, 'Give at least one action.');
  const rows = (actions as readonly CampaignAction[]).map(economics);
  const sum = (of: (row: Row) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const all: Row = {
    action: 'all', kind: undefined, reach: sum((r) => r.reach), responses: sum((r) => r.responses), cost: sum((r) => r.cost), margin: sum((r) => r.margin),
    breakEven: NaN, low: sum((r) => r.low), high: sum((r) => r.high),
  };
  const shown = [...rows, all];
  const number = (of: (row: Row) => number): Column => ({ type: 'number', data: Float64Array.from(shown, of) });
  const kinds = Int32Array.from(shown, (row) => (row.kind === undefined ? -1 : KINDS.indexOf(row.kind)));
  return new Table([
    ['action', categoryColumn(shown.map((row) => row.action))], ['label', categoryColumn([...rows.map((row) => row.action), words.all])],
    ['kind', { type: 'category', data: kinds, values: KINDS }], ['kindLabel', { type: 'category', data: kinds, values: words.kinds }],
    ['reach', number((r) => r.reach)], ['responses', number((r) => r.responses)], ['cost', number((r) => r.cost)], ['margin', number((r) => r.margin)],
    ['profit', number((r) => r.margin - r.cost)], ['return', number((r) => (r.cost > 0 ? (r.margin - r.cost) / r.cost : NaN))],
    ['costPerGain', number((r) => (r.responses > 0 ? r.cost / r.responses : NaN))], ['breakEvenUplift', number((r) => r.breakEven)],
    ['low', number((r) => r.low)], ['high', number((r) => r.high)],
  ]);
}

const KINDS = ['acquire', 'keep', 'cross-sell', 'win-back'] as const;
const WORDS = {
  en: { all: 'All', kinds: ['Acquire', 'Keep', 'Cross-sell', 'Win back'] },
  zh: { all: '合计', kinds: ['获取新客', '客户保持', '交叉销售', '客户赢回'] },
} as const;

interface Row {
  readonly action: string;
  readonly kind: CampaignAction['kind'] | undefined;
  readonly reach: number;
  readonly responses: number;
  readonly cost: number;
  readonly margin: number;
  readonly breakEven: number;
  readonly low: number;
  readonly high: number;
}

function economics(action: CampaignAction, i: number): Row {
  const at = `actions[${i}]`;
  checkKeys('campaign', action, ['name', 'kind', 'reach', 'uplift', 'upliftRange', 'margin', 'costPerContact', 'costPerResponse', 'fixedCost']);
  const { name, reach, uplift, margin, costPerContact = 0, costPerResponse = 0, fixedCost = 0, upliftRange = [uplift, uplift] } = action;
  if (typeof name !== 'string' || name === '') throw optionInvalid('campaign', `${at}.name`, name, 'Name the action.');
  checkWord('campaign', `${at}.kind`, action.kind, KINDS);
  for (const [key, value] of Object.entries({ reach, margin, costPerContact, costPerResponse, fixedCost })) if (!(typeof value === 'number' && value >= 0 && value < Infinity)) throw optionInvalid('campaign', `${at}.${key}`, value, 'Give a number from 0.');
  if (!(uplift >= 0 && uplift <= 1)) throw optionInvalid('campaign', `${at}.uplift`, uplift, 'Give a share from 0 to 1, such as 0.05 for 5 %.');
  const [low, high] = upliftRange;
  if (!(low >= 0 && low <= uplift && uplift <= high && high <= 1)) throw optionInvalid('campaign', `${at}.upliftRange`, upliftRange.join(', '), 'Give two shares from 0 to 1 with the uplift between them.');
  const profitAt = (share: number): number => reach * share * (margin - costPerResponse) - reach * costPerContact - fixedCost;
  const earned = reach * (margin - costPerResponse);
  return {
    action: name, kind: action.kind, reach, responses: reach * uplift, cost: reach * costPerContact + reach * uplift * costPerResponse + fixedCost, margin: reach * uplift * margin,
    breakEven: earned > 0 ? (reach * costPerContact + fixedCost) / earned : NaN, low: profitAt(low), high: profitAt(high),
  };
}
