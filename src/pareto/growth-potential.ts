import { checkKeys, ClienteleError, optionInvalid, type Diagnostics } from '../core/index.js';
import { groupRows, orderBest, quantileCuts, ranksOf, showableResult, Table, type Column, type Showable, type TableInput } from '../columns/index.js';
import { checkedNumbers, customerValues, type CustomerValues } from '../transactions/index.js';
import { idAndValue } from './ranked.js';

/** What a customer could spend at most, and what is known of them. */
export interface GrowthPotentialOptions {
  /** `'revenue'` (default), `'profit'`, or a column's name: what they spend now */
  readonly of?: 'revenue' | 'profit' | (string & {});
  /** column with what the customer spends in all, with everyone: an estimate of your own. Without it, see `peers`. */
  readonly wallet?: string;
  /**
   * without `wallet`: what the best of like customers spend stands for it, the quantile 1 - 1 / `peers` of their group; 10
   * (the 90 % quantile) by default
   */
  readonly peers?: number;
  /** column that says which customers are alike: a segment, a region; all are alike when absent */
  readonly by?: string;
  /** columns of spend by category; each is compared with peers by itself, so that gaps in one category show */
  readonly categories?: readonly string[];
  /** column with the yearly growth of spend (0.1 for 10 %): adds `nextYear`, what grows by itself within the potential */
  readonly trend?: string;
}

/** Customers by what they could still bring. */
export interface GrowthPotentialResult {
  /**
   * in the order given: customer, what they spend, `wallet`, `shareOfWallet`, `potential` (wallet - spend, at least 0),
   * `rank` by potential, with `categories` also `bestCategory` (the largest gap), with `trend` also `nextYear`
   */
  readonly table: Table;
  readonly diagnostics: Diagnostics;
}

/**
 * What customers could still bring: their wallet less what they already spend with us.
 *
 * Without an estimate of the wallet, what the best tenth of like customers spend stands for it: a ceiling seen in one's
 * own data, which is too low where even the best buy elsewhere. A wallet below the spend is raised to it; one below 0 is no estimate and
 * is refused.
 *
 * @param customers any table or plain columns with ids. Not modified.
 * @throws ClienteleError `OPTION_INVALID`; `COLUMN_MISSING`; `VALUE_INVALID`, also for spend or a wallet below 0
 * @example
 * growthPotential({ customer: ['a', 'b'], revenue: [100, 400], all: [1000, 500] }, { wallet: 'all' }).table.row(0);
 * // { customer: 'a', revenue: 100, wallet: 1000, shareOfWallet: 0.1, potential: 900, rank: 1 }
 *
 * O(n).
 */
export function growthPotential(customers: TableInput, options: GrowthPotentialOptions = {}): GrowthPotentialResult & Showable {
  const where = 'growthPotential';
  checkKeys(where, options, ['of', 'wallet', 'peers', 'by', 'categories', 'trend']);
  const { peers = 10, wallet, categories = [] } = options;
  if (!Number.isInteger(peers) || peers < 2 || peers > 1000) throw optionInvalid(where, 'peers', peers, 'Give a whole number, 2 to 1000: 10 compares with the best tenth.');
  if (wallet !== undefined && categories.length > 0) throw optionInvalid(where, 'categories', categories.join(', '), 'Choose wallet (known) or categories (compared with peers), not both.');
  const read = customerValues(where, customers, options.of ?? 'revenue');
  const row = read.values.findIndex((value) => value < 0);
  if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where, column: read.column, row }, `column ${read.column} has values below 0, which are no spend.`, 'Leave such customers out or count them as 0.');
  const groups = options.by === undefined ? undefined : groupsOf(where, read, options.by);
  const gaps = categories.map((column) => gapsOf(checkedNumbers(where, read.source, column), groups, peers));
  const missing = gaps.length > 0 ? sumOfGaps(gaps) : wallet === undefined ? gapsOf(read.values, groups, peers) : walletGaps(walletOf(where, read.source, wallet), read.values);
  const whole = missing.map((gap, i) => gap + read.values[i]!);
  const ids = read.source.has('customer') ? read.source.column('customer') : undefined;
  const columns: [string, Column][] = [
    ...idAndValue(read),
    ['wallet', { type: 'number', data: whole }],
    ['shareOfWallet', { type: 'number', data: whole.map((total, i) => (total > 0 ? read.values[i]! / total : NaN)) }],
    ['potential', { type: 'number', data: missing }],
    ['rank', { type: 'integer', data: ranksOf(orderBest(missing, ids)) }],
  ];
  if (gaps.length > 0) columns.push(['bestCategory', { type: 'category', data: Int32Array.from(missing, (_, i) => widest(gaps, i)), values: [...categories] }]);
  if (options.trend !== undefined) {
    const trend = checkedNumbers(where, read.source, options.trend);
    columns.push(['nextYear', { type: 'number', data: missing.map((gap, i) => Math.min(gap, read.values[i]! * trend[i]!)) }]);
  }
  const table = new Table(columns);
  return showableResult({ table, diagnostics: read.diagnostics }, { text: () => table.sortBy('rank').toString(), html: () => table.sortBy('rank').toHTML() });
}

function sumOfGaps(gaps: readonly Float64Array[]): Float64Array {
  return gaps[0]!.map((_, i) => gaps.reduce((sum, gap) => sum + gap[i]!, 0));
}

function walletOf(where: string, source: Table, column: string): Float64Array {
  const wallet = checkedNumbers(where, source, column);
  const row = wallet.findIndex((value) => value < 0);
  if (row === -1) return wallet;
  throw new ClienteleError('VALUE_INVALID', { where, column, row, value: String(wallet[row]) }, `column ${column}, row ${row}: a wallet of ${wallet[row]!} is below 0.`, 'Give what the customer spends in all, or leave such customers out.');
}

function walletGaps(wallet: Float64Array, spend: Float64Array): Float64Array {
  return wallet.map((total, i) => Math.max(0, total - spend[i]!));
}

function groupsOf(where: string, { source }: CustomerValues, by: string): Int32Array {
  if (!source.has(by)) throw new ClienteleError('COLUMN_MISSING', { where, column: by }, `column "${by}" is missing (found: ${source.names.join(', ')}).`, 'Check the name.');
  const { codes, count } = groupRows(source.column(by));
  return codes.map((code) => (code === -1 ? count : code));      // those of no group are alike
}

/** What each spends less than the best of its group. */
function gapsOf(values: Float64Array, groups: Int32Array | undefined, peers: number): Float64Array {
  const members: number[][] = [];
  values.forEach((value, i) => (members[groups?.[i] ?? 0] ??= []).push(value));
  const best = Array.from(members, (own) => (own === undefined ? 0 : quantileCuts(Float64Array.from(own), peers)[peers - 2]!));
  return values.map((value, i) => Math.max(0, best[groups?.[i] ?? 0]! - value));
}

function widest(gaps: readonly Float64Array[], i: number): number {
  let at = -1;
  gaps.forEach((gap, c) => {
    if (gap[i]! > 0 && (at === -1 || gap[i]! > gaps[at]![i]!)) at = c;
  });
  return at;
}
