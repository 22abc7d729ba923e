import { checkKeys, checkWhole, checkWord, ClienteleError, dayOfText, optionInvalid, valueText, type Warning } from '../core/index.js';
import { cellOf, compareText, groupRows, numbersOf, table, type Table } from '../columns/index.js';
import { betaI, wilsonLimits } from '../math/index.js';
import { associationRules, nextBestOffer, type AssociationRulesOptions, type NextBestOfferOptions } from '../basket/index.js';
import { daysOf, checkLog, type Transactions } from '../transactions/index.js';

export interface EvaluateOffersOptions {
  /** last day that is known, 'YYYY-MM-DD', inclusive: rules are learned on it, purchases after it are held out */
  readonly cutoff: string;
  /** last held-out day, 'YYYY-MM-DD', inclusive; the end of the log by default */
  readonly until?: string;
  /** numbers of offers that are judged, whole; 1, 3, 5, 10 by default */
  readonly n?: readonly number[];
  /** how rules are learned; as in {@link associationRules} */
  readonly rules?: AssociationRulesOptions;
  readonly combine?: NextBestOfferOptions['combine'];
}

/** How often offers hit what was bought next. */
export interface OffersEvaluation {
  /**
   * One row per method and n: method (`rules`, `most-popular`, `rules-then-popular`: rules filled up with the most popular), n,
   * customers, offers (made), hits (customers who bought at least one of their n), hitRate (hits / customers), precision (items bought /
   * offers), recall (items bought of all new ones), won and lost (customers hit by this method alone, and by most-popular alone),
   * pValue (two-sided, that won and lost differ by chance; missing for most-popular itself), hitRateLow and hitRateHigh (95 % limits).
   */
  readonly table: Table;
  readonly meta: {
    readonly cutoff: string;
    /** customers known at the cutoff who bought something new to them afterwards: all that can be hit */
    readonly customers: number;
    /** known customers who bought nothing new, so nobody could hit */
    readonly nothingNew: number;
    /** customers of {@link customers} with at least one offer by rules */
    readonly withRules: number;
    readonly rules: number;
  };
  readonly warnings: readonly Warning[];
}

const METHODS = ['rules', 'most-popular', 'rules-then-popular'] as const;

/**
 * Do offers by rules hit? Learn on the orders up to a cutoff, and look at what each customer bought for the first time after it.
 *
 * The measure to beat is the plain list of the most popular items (by customers) that a customer does not own yet. Both are judged on
 * the same customers; an item bought before the cutoff is never an offer nor a hit.
 *
 * @param transactions an order log with products that goes on after the cutoff; not modified
 * @param options see {@link EvaluateOffersOptions}
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID` where nothing is known before, or nothing new bought after the cutoff
 * @example
 * evaluateOffers(orders, { cutoff: '2025-06-30', n: [3], rules: { minSupport: 0.005, minConfidence: 0.1 } }).table;
 *
 * Each n is a test of its own: choose the n that matters before looking, since of many p-values one is soon small.
 *
 * Source: hit rate, precision and recall at n as in Deshpande & Karypis (2004); limits by Wilson (1927); the exact form of McNemar's
 * test (1947), as both methods are judged on the same customers. O(rows + customers × (rules + items)).
 */
export function evaluateOffers(transactions: Transactions, options: EvaluateOffersOptions): OffersEvaluation {
  const where = 'evaluateOffers';
  checkKeys(where, options, ['cutoff', 'until', 'n', 'rules', 'combine'], ['cutoff']);
  checkLog(where, transactions);
  if (!transactions.has('product')) throw new ClienteleError('COLUMN_MISSING', { where, column: 'product' }, 'the log has no products.', "Say which column it is when reading: { product: '…' }.");
  const cutoff = day(where, 'cutoff', options.cutoff), until = options.until === undefined ? Infinity : day(where, 'until', options.until);
  if (until <= cutoff) throw optionInvalid(where, 'until', options.until, `Give a day after the cutoff, ${options.cutoff}.`);
  const n = checkCounts(where, options.n ?? [1, 3, 5, 10]);
  const combine = checkWord(where, 'combine', options.combine ?? 'max', ['max', 'mean']);

  const days = daysOf(where, transactions);
  const known = transactions.where((row) => days[row]! <= cutoff);
  const later = transactions.where((row) => days[row]! > cutoff && days[row]! <= until);
  if (known.numRows === 0) throw optionInvalid(where, 'cutoff', options.cutoff, 'No row of the log is that old: choose a later cutoff.');
  const before = boughtBy(where, known), after = boughtBy(where, later);
  if (before.size === 0) throw optionInvalid(where, 'cutoff', options.cutoff, 'No purchase of a product is that old, only returns or rows without a product: choose a later cutoff.');
  const popular = mostPopular(before);
  const most = Math.max(...n);
  const learned = associationRules(known, options.rules ?? {});
  const offers = nextBestOffer(learned, known, { top: most, combine });
  const byRules = offersBy(offers.table);
  const judged = judge(before, after, byRules, popular, n);
  if (judged.customers === 0) throw new ClienteleError('VALUE_INVALID', { where, option: 'cutoff' }, 'no customer known at the cutoff bought anything new after it.', 'Choose an earlier cutoff.');
  return {
    table: judged.table,
    meta: { cutoff: options.cutoff, customers: judged.customers, nothingNew: judged.nothingNew, withRules: judged.withRules, rules: learned.rules.length },
    warnings: learned.diagnostics.warnings,
  };
}

function day(where: string, option: string, value: unknown): number {
  const found = typeof value === 'string' ? dayOfText(value) : undefined;
  if (found !== undefined) return found;
  throw optionInvalid(where, option, value, "Give an existing day as 'YYYY-MM-DD' text.");
}

function checkCounts(where: string, n: readonly number[]): readonly number[] {
  if (!Array.isArray(n) || n.length === 0) throw optionInvalid(where, 'n', valueText(n), 'Give a list of whole numbers: [1, 3, 5].');
  n.forEach((one) => checkWhole(where, 'n', one, 1, 1000));
  return n as readonly number[];
}

/** Items each customer bought, by id as text; returns are no purchases. */
type Bought = ReadonlyMap<string, ReadonlySet<string>>;

function boughtBy(where: string, log: Transactions): Bought {
  const customers = groupRows(log.column('customer')), products = groupRows(log.column('product'));
  const ids = Array.from(customers.firstRow, (row) => String(cellOf(log.column('customer'), row)));
  const names = Array.from(products.firstRow, (row) => String(cellOf(log.column('product'), row)).trim());
  const amounts = numbersOf(where, log, 'amount');
  const found = new Map<string, Set<string>>();
  for (let row = 0; row < log.numRows; row++) {
    const c = customers.codes[row]!, p = products.codes[row]!;
    if (c === -1 || p === -1 || names[p] === '' || amounts[row]! < 0) continue;
    const own = found.get(ids[c]!);
    if (own === undefined) found.set(ids[c]!, new Set([names[p]!]));
    else own.add(names[p]!);
  }
  return found;
}

/** Items by how many customers bought them, equal ones by their text. */
function mostPopular(bought: Bought): string[] {
  const counts = new Map<string, number>();
  for (const own of bought.values()) for (const item of own) counts.set(item, (counts.get(item) ?? 0) + 1);
  return [...counts.keys()].sort((a, b) => counts.get(b)! - counts.get(a)! || compareText(a, b));
}

function offersBy(offers: Table): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  const ids = offers.column('customer'), items = offers.column('item');
  for (let row = 0; row < offers.numRows; row++) {
    const id = String(cellOf(ids, row)), item = String(cellOf(items, row));
    const own = found.get(id);
    if (own === undefined) found.set(id, [item]);
    else own.push(item);
  }
  return found;
}

interface Tally {
  offers: number;
  hits: number;
  bought: number;
  won: number;
  lost: number;
}

function judge(before: Bought, after: Bought, byRules: ReadonlyMap<string, readonly string[]>, popular: readonly string[], n: readonly number[]): { table: Table; customers: number; nothingNew: number; withRules: number } {
  const most = Math.max(...n);
  const tallies = METHODS.flatMap(() => n.map((): Tally => ({ offers: 0, hits: 0, bought: 0, won: 0, lost: 0 })));
  let customers = 0, nothingNew = 0, withRules = 0, fresh = 0;
  for (const [id, owned] of before) {
    const items = new Set([...(after.get(id) ?? [])].filter((item) => !owned.has(item)));
    if (items.size === 0) {
      nothingNew++;
      continue;
    }
    customers++;
    fresh += items.size;
    const own = byRules.get(id) ?? [];
    if (own.length > 0) withRules++;
    const usual = firstNotOwned(popular, owned, most);
    const lists = [own, usual, [...own, ...usual.filter((item) => !own.includes(item))]];
    n.forEach((top, k) => {
      const hits = lists.map((list) => list.slice(0, top).filter((item) => items.has(item)).length);
      lists.forEach((list, m) => {
        const tally = tallies[m * n.length + k]!;
        tally.offers += Math.min(top, list.length);
        tally.bought += hits[m]!;
        if (hits[m]! > 0) tally.hits++;
        if (hits[m]! > 0 && hits[1] === 0) tally.won++;
        if (hits[m] === 0 && hits[1]! > 0) tally.lost++;
      });
    });
  }
  const whole = (name: keyof Tally): Int32Array => Int32Array.from(tallies, (tally) => tally[name]);
  return {
    customers, nothingNew, withRules,
    table: table({
      method: METHODS.flatMap((method) => n.map(() => method)), n: Int32Array.from(METHODS.flatMap(() => n)), customers: new Int32Array(tallies.length).fill(customers), offers: whole('offers'), hits: whole('hits'),
      hitRate: Float64Array.from(tallies, ({ hits }) => hits / customers), precision: Float64Array.from(tallies, ({ bought, offers }) => bought / offers), recall: Float64Array.from(tallies, ({ bought }) => bought / fresh),
      won: whole('won'), lost: whole('lost'), pValue: Float64Array.from(tallies, ({ won, lost }, at) => (METHODS[Math.floor(at / n.length)] === 'most-popular' ? NaN : exactMcNemar(won, lost))),
      hitRateLow: Float64Array.from(tallies, ({ hits }) => wilsonLimits(hits, customers, 0.95)[0]), hitRateHigh: Float64Array.from(tallies, ({ hits }) => wilsonLimits(hits, customers, 0.95)[1]),
    }),
  };
}

/** Twice the chance of as many heads of a fair coin as the larger count or more, at most 1; 1 where neither won. */
function exactMcNemar(won: number, lost: number): number {
  const most = Math.max(won, lost), least = Math.min(won, lost);
  return most === least ? 1 : Math.min(1, 2 * betaI(0.5, most, least + 1));
}

function firstNotOwned(popular: readonly string[], owned: ReadonlySet<string>, most: number): string[] {
  const found: string[] = [];
  for (let k = 0; k < popular.length && found.length < most; k++) if (!owned.has(popular[k]!)) found.push(popular[k]!);
  return found;
}
