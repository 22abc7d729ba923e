import { checkKeys, checkWord, cleanDiagnostics, ClienteleError, optionInvalid, valueText, withWarnings, type Diagnostics, type Warning } from '../core/index.js';
import { asTable, matchRows, orderBest, ranksOf, shareCount, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { readCriterion, type Criterion, type Normalization, type ReadCriterion } from './criterion.js';
import { rankable, scoreBy, type ScreenMethod } from './score-by.js';
import { defaultTiers, tierCodes, tierTable, type Tier } from './tiers.js';
import { weightsOf } from './weights.js';

/** How customers are screened. */
export interface ScreenOptions {
  /**
   * `'weighted'` (default): the weighted sum of normalized criteria; `'topsis'`: nearness to the best and distance from the worst,
   * of criteria normalized by `'vector'` where they do not say otherwise
   */
  readonly method?: ScreenMethod;
  /** share of customers that is selected, above 0 to 1; 0.2 by default, rounded up */
  readonly top?: number;
  /** tiers by share of customers, best first, with what each gets; three by default: the top, then 30 %, then the rest */
  readonly tiers?: readonly Tier[];
  /** the last screening: its table with `customer` and `rank`, to see who moved */
  readonly last?: Table;
  readonly labels?: 'en' | 'zh';
}

/** Customers judged by several criteria at once. */
export interface Screening {
  /** per customer, in the order given: `customer`, the criteria, `score`, `rank`, `selected`, `tier`, `label`, and with `last` also `lastRank`, `movement`; one without any value has no score, stands last and is never selected */
  readonly table: Table;
  /** per tier: customers, mean score, policy */
  readonly tiers: Table;
  readonly criteria: readonly { readonly column: string; readonly direction: 'high' | 'low'; readonly weight: number; readonly normalization: Normalization }[];
  readonly method: ScreenMethod;
  readonly diagnostics: Diagnostics;
}

/**
 * Screen customers by several criteria: each normalized, turned so that better is higher, weighted, added up and ranked.
 *
 * A criterion of weight 0 changes nothing; one that is the same for all ranks nobody, with a warning. Equal scores stand by id. A score compares customers of one table only: ranges
 * are those of the table, so screen again in time with the last table to see who moved.
 *
 * @param customers any table or plain columns. Not modified.
 * @param criteria at least one
 * @throws ClienteleError `OPTION_INVALID`, also where weights do not sum to 1; `COLUMN_MISSING` for an unknown criterion;
 *   `VALUE_INVALID` naming column and row of a gap, or the column of a `'robust'` criterion that has no interquartile range
 * @example
 * screen({ customer: ['a', 'b'], sales: [100, 50], overdue: [30, 0] }, [
 *   { column: 'sales', direction: 'high', weight: 0.7 }, { column: 'overdue', direction: 'low', weight: 0.3 },
 * ]).table.row(0);   // { customer: 'a', sales: 100, overdue: 30, score: 0.7, rank: 1, selected: true, tier: 'key', … }
 *
 * Source: simple additive weighting; TOPSIS, Hwang & Yoon (1981). O(customers × criteria).
 */
export function screen(customers: TableInput, criteria: readonly Criterion[], options: ScreenOptions = {}): Screening & Showable {
  checkKeys('screen', options, ['method', 'top', 'tiers', 'last', 'labels']);
  const method = checkWord('screen', 'method', options.method ?? 'weighted', ['weighted', 'topsis']);
  const labels = checkWord('screen', 'labels', options.labels ?? 'en', ['en', 'zh']);
  const { top = 0.2 } = options;
  if (!(top > 0 && top <= 1)) throw optionInvalid('screen', 'top', top, 'Give a share above 0 and at most 1, such as 0.2.');
  const source = asTable('screen', customers);
  const { read, weights } = readCriteria('screen', source, criteria, usualNormalization(method));
  const score = scoreBy(method, read, weights);
  const ids = source.has('customer') ? source.column('customer') : undefined;
  const ranks = ranksOf(orderBest(rankable(score), ids));
  const selected = shareCount(top, ranks.length, 'ceil');
  const tiers = options.tiers ?? defaultTiers(top);
  const codes = tierCodes('screen', ranks, tiers);
  const names = tiers.map((tier) => (typeof tier.label === 'string' ? tier.label : tier.label?.[labels] ?? tier.key));
  const columns = [...new Set(read.map(({ column }) => column))].filter((name) => !OWN.includes(name));
  const table = new Table([
    ...(ids === undefined ? [] : [['customer', ids] as [string, Column]]),
    ...columns.map((name): [string, Column] => [name, source.column(name)]),
    ['score', { type: 'number', data: score }],
    ['rank', { type: 'integer', data: ranks }],
    ['selected', { type: 'flag', data: Uint8Array.from(ranks, (rank, i) => Number(rank <= selected && !Number.isNaN(score[i]!))) }],
    ['tier', { type: 'category', data: codes, values: tiers.map(({ key }) => key) }],
    ['label', { type: 'category', data: codes, values: names }],
    ...(options.last === undefined ? [] : movement(ids, ranks, options.last)),
  ]);
  const summary = tierTable(tiers, names, codes, score, labels);
  const used = read.map(({ column, direction, normalization }, c) => ({ column, direction, weight: weights[c]!, normalization }));
  const result = { table, tiers: summary, criteria: used, method, diagnostics: withWarnings(cleanDiagnostics(source.numRows), criteriaWarnings(read, weights, score)) };
  return showableResult(result, { text: () => `${summary.toString()}\n\n${table.sortBy('rank').toString()}`, html: () => `${summary.toHTML()}${table.sortBy('rank').toHTML()}` });
}

const OWN = ['customer', 'score', 'rank', 'selected', 'tier', 'label', 'lastRank', 'movement'];

/** What a method's criteria are normalized by where they do not say. Hwang & Yoon's TOPSIS takes vectors of length 1. */
export function usualNormalization(method: ScreenMethod): Normalization {
  return method === 'topsis' ? 'vector' : 'min-max';
}

/**
 * Criteria read from a table, and their weights.
 *
 * @throws ClienteleError as `screen`
 */
export function readCriteria(where: string, source: Table, criteria: readonly Criterion[], usual: Normalization = 'min-max'): { read: ReadCriterion[]; weights: Float64Array } {
  if (!Array.isArray(criteria) || criteria.length === 0) throw optionInvalid(where, 'criteria', criteria, "Give at least one: [{ column: 'sales', direction: 'high' }].");
  if (source.numRows === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no customers.', 'Pass at least one.');
  const read = (criteria as readonly Criterion[]).map((criterion, i) => readCriterion(where, source, criterion, i, usual));
  const weights = weightsOf(where, criteria as readonly Criterion[]);
  const scaleless = read.find((criterion, c) => criterion.scaleless && weights[c]! > 0);
  if (scaleless !== undefined) throw new ClienteleError('VALUE_INVALID', { where, column: scaleless.column }, `half of the values of column ${valueText(scaleless.column)} or more are equal, so it has no interquartile range to be measured in.`, "Use normalization 'rank', 'min-max' or 'z' for it.");
  return { read, weights };
}

/** Old rank, and how many places up (above 0) or down. */
function movement(ids: Column | undefined, ranks: Int32Array, last: Table): [string, Column][] {
  if (ids === undefined || !last.has('customer') || !last.has('rank')) throw new ClienteleError('COLUMN_MISSING', { where: 'screen', option: 'last' }, 'customers cannot be followed without "customer" here and "customer" and "rank" in the last screening.', "Pass the last screening's table.");
  const old = last.column('rank');
  const rows = matchRows(ids, last.column('customer'));
  const before = Float64Array.from(rows, (row) => (row === -1 ? NaN : Number(old.data[row])));
  return [['lastRank', { type: 'number', data: before }], ['movement', { type: 'number', data: before.map((rank, i) => rank - ranks[i]!) }]];
}

/** What a reader of scores should know: gaps filled, criteria that rank nobody, customers without a score. */
export function criteriaWarnings(read: readonly ReadCriterion[], weights: Float64Array, score: Float64Array): Warning[] {
  const filled = read.filter(({ missing }) => missing > 0).map(({ column, missing }) => ({ code: 'VALUES_FILLED', message: `${missing} ${missing === 1 ? 'value' : 'values'} of ${column} were missing and counted by the criterion's rule.` }));
  const constant = score.length === 1 ? [] : read.filter((criterion, c) => criterion.constant && weights[c]! > 0)
    .map(({ column }) => ({ code: 'CRITERION_CONSTANT', message: `${column} is the same for all customers, so it ranks nobody and its weight is lost. Leave it out, or give a column that differs.` }));
  const unscored = score.reduce((count, value) => count + Number(Number.isNaN(value)), 0);
  const without = unscored === 0 ? [] : [{ code: 'NOT_SCORED', message: `${unscored} ${unscored === 1 ? 'customer has' : 'customers have'} no value in any criterion, so no score: ranked last, never selected. Fill the gaps, or leave such customers out.` }];
  return [...filled, ...constant, ...without];
}
