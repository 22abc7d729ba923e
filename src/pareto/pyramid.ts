import { checkKeys, checkWord, optionInvalid, type Diagnostics } from '../core/index.js';
import { ranksOf, shareCount, showableResult, Table, type Showable } from '../columns/index.js';
import { customerValues, type ValuesInput } from '../transactions/index.js';
import { checkedTotal } from './checked-values.js';
import { groupTable, idAndValue, rankedRows } from './ranked.js';

/** How wide the tiers are. */
export interface PyramidOptions {
  /** `'revenue'` (default), `'profit'`, or a column's name */
  readonly of?: 'revenue' | 'profit' | (string & {});
  /** shares of customers that are VIP, major and ordinary; 1, 4 and 15 % by default, the rest is small */
  readonly tiers?: readonly [vip: number, major: number, ordinary: number];
  readonly labels?: 'en' | 'zh';
}

/** Customers in four tiers by what they bring. */
export interface PyramidResult {
  /** per customer, in the order given: customer, value, `rank`, `tier`, `label` */
  readonly table: Table;
  /** per tier, best first: customers, share of customers, value, share */
  readonly tiers: Table;
  readonly diagnostics: Diagnostics;
}

const KEYS = ['vip', 'major', 'ordinary', 'small'] as const;
const LABELS = { en: ['VIP', 'Major', 'Ordinary', 'Small'], zh: ['VIP客户', '主要客户', '普通客户', '小客户'] } as const;

/**
 * The customer pyramid: VIP, major, ordinary and small customers by their number, 1, 4, 15 and 80 %.
 *
 * Tiers end at the cumulated share of customers, rounded up (1 %, 5 % and 20 % of 995 are 10, 50 and 199). Equal values at
 * a border are parted by id.
 *
 * @param customers what `summarize` makes, any table, plain columns, or one value per customer. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`
 * @example
 * pyramid([90, 5, 3, 1, 1]).table.row(0);   // { revenue: 90, rank: 1, tier: 'vip', label: 'VIP' }
 *
 * Source: Curry & Curry, The Customer Marketing Method (2000). O(n).
 */
export function pyramid(customers: ValuesInput, options: PyramidOptions = {}): PyramidResult & Showable {
  checkKeys('pyramid', options, ['of', 'tiers', 'labels']);
  const shares = checkTiers(options.tiers ?? [0.01, 0.04, 0.15]);
  const labels = LABELS[checkWord('pyramid', 'labels', options.labels ?? 'en', ['en', 'zh'])];
  const read = customerValues('pyramid', customers, options.of ?? 'revenue');
  const total = checkedTotal('pyramid', read.values);
  const ranks = ranksOf(rankedRows(read));
  const n = ranks.length;
  const ends = [shares[0], round12(shares[0] + shares[1]), round12(shares[0] + shares[1] + shares[2])].map((share) => shareCount(share, n, 'ceil'));
  const codes = ranks.map((rank) => ends.filter((end) => rank > end).length);
  const table = new Table([
    ...idAndValue(read),
    ['rank', { type: 'integer', data: ranks }],
    ['tier', { type: 'category', data: codes, values: KEYS }],
    ['label', { type: 'category', data: codes, values: labels }],
  ]);
  const tiers = groupTable('tier', KEYS, labels, codes, read.values, total);
  return showableResult({ table, tiers, diagnostics: read.diagnostics }, { text: () => tiers.toString(), html: () => tiers.toHTML() });
}

function checkTiers(tiers: unknown): readonly [number, number, number] {
  const good = Array.isArray(tiers) && tiers.length === 3 && (tiers as unknown[]).every((share) => typeof share === 'number' && share > 0 && share < 1);
  if (good && (tiers as number[]).reduce((a, b) => a + b, 0) < 1) return tiers as [number, number, number];
  throw optionInvalid('pyramid', 'tiers', Array.isArray(tiers) ? tiers.join(', ') : tiers, 'Give the shares of VIP, major and ordinary customers, above 0 and together below 1: [0.01, 0.04, 0.15].');
}

/** 0.01 + 0.04 + 0.15 is 0.2, though not in doubles. */
function round12(share: number): number {
  return Math.round(share * 1e12) / 1e12;
}
