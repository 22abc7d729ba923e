import { checkKeys, checkWhole, ClienteleError, dateText, optionInvalid } from '../core/index.js';
import { cellOf, compareText, dayOption, groupRows, numbersOf, takeColumn } from '../columns/index.js';
import { daysOf, checkLog, type Transactions } from '../transactions/index.js';
import { trimNames } from './baskets.js';
import { withhold } from './do-not-offer.js';
import { checkOffers, OFFER_OPTIONS, offersOf, type Offer, type OfferOptions, type Offers } from './offers.js';
import { SENTENCES } from './offer-words.js';

export interface ReplenishmentOptions extends OfferOptions {
  /** day the offers stand for, inclusive, 'YYYY-MM-DD'; the last date of the log by default. Rows after it are left out */
  readonly asOf?: string;
  /** due when the days since the last purchase pass this many own gaps; 0.9 by default */
  readonly due?: number;
  /** given up beyond this many own gaps, and counted; 3 by default */
  readonly until?: number;
  /** gaps between own purchase days of the item that must be known; 2 by default */
  readonly minGaps?: number;
}

/** Offers to buy again, and the pairs of customer and item they were chosen from. */
export interface Replenishment extends Offers {
  readonly pairs: {
    /** customers and items with a gap of their own */
    readonly judged: number;
    /** bought on too few days to know a gap */
    readonly tooLittle: number;
    /** silent for more than `until` gaps: no longer bought */
    readonly lapsed: number;
  };
  readonly asOf: string;
}

/**
 * Who is about to run out of what: items a customer buys again and again, due by the customer's own gap for that item.
 *
 * Gap: days from the first to the last purchase day of the item, over the number of purchase days less one. Due when the days since
 * the last purchase are above 0.9 gaps; the nearer ranks (most gaps first) come first.
 *
 * @param transactions an order log with products; returns are no purchases; not modified
 * @param options see {@link ReplenishmentOptions}
 * @returns offers; score = days since the last purchase / gap; `because` repeats the item; further columns: last, expected (dates), gap (days), purchaseDays
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID` for no order log, or no row by asOf
 * @example
 * replenishment(orders, { asOf: '2026-01-31' }).table.row(0);   // { customer: 'C1', rank: 1, kind: 'replenish', item: 'nappies', score: 1.1, … }
 *
 * O(rows + offers log offers).
 */
export function replenishment(transactions: Transactions, options: ReplenishmentOptions = {}): Replenishment {
  const where = 'replenishment';
  checkKeys(where, options, [...OFFER_OPTIONS, 'asOf', 'due', 'until', 'minGaps']);
  checkLog(where, transactions);
  if (!transactions.has('product')) throw new ClienteleError('COLUMN_MISSING', { where, column: 'product' }, 'the log has no products.', "Say which column it is when reading: { product: '…' }.");
  const { top, labels, excluded } = checkOffers(where, options);
  const { due = 0.9, until = 3 } = options;
  if (!(due > 0 && due < Infinity)) throw optionInvalid(where, 'due', due, 'Give a number of gaps above 0.');
  if (!(until > due)) throw optionInvalid(where, 'until', until, `Give a number of gaps above due (${due}); Infinity never gives up.`);
  const minGaps = checkWhole(where, 'minGaps', options.minGaps ?? 2, 1);
  const bought = pairsOf(where, transactions, options.asOf);
  const holding = withhold(where, options.doNotOffer, bought.ids, bought.customers, labels);
  const words = SENTENCES[labels];

  let tooLittle = 0, lapsed = 0;
  const found: { offer: Omit<Offer, 'rank'>; pair: number; gap: number }[] = [];
  for (let pair = 0; pair < bought.count; pair++) {
    const days = bought.days[pair]!;
    if (days - 1 < minGaps) {
      tooLittle++;
      continue;
    }
    const gap = (bought.last[pair]! - bought.first[pair]!) / (days - 1);
    const since = bought.asOf - bought.last[pair]!;
    const item = bought.items[bought.item[pair]!]!;
    if (since > until * gap) lapsed++;
    else if (since > due * gap && holding.held[bought.customer[pair]!] === 0 && !excluded.has(item)) {
      found.push({ offer: { customer: bought.customer[pair]!, item, score: since / gap, because: item, reason: words.replenish(item, since, gap, days) }, pair, gap });
    }
  }
  found.sort((a, b) => a.offer.customer - b.offer.customer || b.offer.score - a.offer.score || compareText(a.offer.item, b.offer.item));
  let rank = 0;
  const ranked = found.map((one, k) => ({ ...one, offer: { ...one.offer, rank: (rank = k > 0 && found[k - 1]!.offer.customer === one.offer.customer ? rank + 1 : 1) } })).filter(({ offer }) => offer.rank <= top);
  const date = (of: (one: (typeof ranked)[number]) => number): { type: 'date'; data: Int32Array } => ({ type: 'date', data: Int32Array.from(ranked, of) });
  const offers = offersOf('replenish', bought.ids, bought.customers, ranked.map(({ offer }) => offer), {
    last: date(({ pair }) => bought.last[pair]!), expected: date(({ pair, gap }) => bought.last[pair]! + Math.round(gap)),
    gap: Float64Array.from(ranked, ({ gap }) => gap), purchaseDays: Int32Array.from(ranked, ({ pair }) => bought.days[pair]!),
  }, holding, labels, transactions.diagnostics.warnings);
  return Object.assign(offers, { pairs: { judged: bought.count - tooLittle, tooLittle, lapsed }, asOf: dateText(bought.asOf) });
}

/** Customers with a purchase by the day, and the items they bought, with distinct purchase days. */
function pairsOf(where: string, log: Transactions, asOf: string | undefined) {
  const days = daysOf(where, log);
  const end = asOf === undefined ? days.reduce((a, b) => Math.max(a, b), -Infinity) : dayOption(where, 'asOf', asOf);
  const customers = groupRows(log.column('customer')), products = groupRows(log.column('product'));
  const column = log.column('product');
  const { codeOf, items } = trimNames(Array.from(products.firstRow, (row) => String(cellOf(column, row))));
  const amounts = numbersOf(where, log, 'amount');
  const first = days.reduce((a, b) => Math.min(a, b), Infinity);
  const keys = new Float64Array(log.numRows);
  for (let row = 0; row < keys.length; row++) {
    const item = products.codes[row] === -1 ? -1 : codeOf[products.codes[row]!]!;
    keys[row] = item === -1 || customers.codes[row] === -1 || amounts[row]! < 0 || days[row]! > end ? NaN : customers.codes[row]! * items.length + item;
  }
  const pairs = groupRows({ type: 'number', data: keys });
  if (pairs.count === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'no purchase of a product is left by asOf.', 'Pass purchases, and an asOf not before them.');
  // The distinct days of a pair are groups of (pair, day).
  const span = end - first + 1;
  const visits = groupRows({ type: 'number', data: keys.map((key, row) => (Number.isNaN(key) ? NaN : pairs.codes[row]! * span + days[row]! - first)) });
  const count = new Int32Array(pairs.count), from = new Int32Array(pairs.count).fill(0x7fffffff), to = new Int32Array(pairs.count).fill(-0x7fffffff);
  for (const row of visits.firstRow) {
    const pair = pairs.codes[row]!;
    count[pair]!++;
    if (days[row]! < from[pair]!) from[pair] = days[row]!;
    if (days[row]! > to[pair]!) to[pair] = days[row]!;
  }
  // Who only returned something, or came after the day, bought nothing by then.
  const buyers = [...new Set(Array.from(pairs.firstRow, (row) => customers.codes[row]!))].sort((a, b) => a - b);
  const place = new Map(buyers.map((c, k) => [c, k]));
  return {
    count: pairs.count, customers: buyers.length, ids: takeColumn(log.column('customer'), buyers.map((c) => customers.firstRow[c]!)), items, asOf: end, days: count, first: from, last: to,
    customer: Int32Array.from(pairs.firstRow, (row) => place.get(customers.codes[row]!)!), item: Int32Array.from(pairs.firstRow, (row) => codeOf[products.codes[row]!]!),
  };
}
