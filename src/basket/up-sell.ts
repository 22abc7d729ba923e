import { checkKeys, ClienteleError, optionInvalid, valueText, type Warning } from '../core/index.js';
import { asTable, cellOf, columnMissing, compareText, groupRows, numbersOf, sortedQuantile, takeColumn, textColumn, type Table, type TableInput } from '../columns/index.js';
import { readCatalog, type Catalog } from './catalog.js';
import { withhold } from './do-not-offer.js';
import { checkOffers, OFFER_OPTIONS, offersOf, type Offer, type OfferOptions, type Offers } from './offers.js';
import { SENTENCES } from './offer-words.js';

export interface UpSellOptions extends OfferOptions {
  /** columns `product`, `category`, and `tier` (order of service levels) or `price`, which orders the products of a category */
  readonly catalog: TableInput;
  /** use is near the top from this share of the limit on; 0.8 by default */
  readonly useShare?: number;
  /** spend is near the top above this quantile of the spend on the same product; 0.8 by default: the highest fifth */
  readonly spendQuantile?: number;
}

/** Below so many customers with one product, its quantiles say nothing. */
const FEW = 5;

/**
 * Up-sell (向上销售): the next price or service tier of the same category, to those who are near the top of their own.
 *
 * Near the top: `use` at least 80 % of `limit`, or `spend` above the 80 % quantile (type 7) of all who have the same product, where at
 * least 5 have it. Of several products in one category the customer's highest counts. Who has the highest tier gets no offer.
 * Products held that the catalog lacks, or gives no category, tier or price, are counted in a warning.
 *
 * @param holdings one row per customer and product held: `customer`, `product`, and `use` with `limit`, or `spend`, or all three; not modified
 * @param options see {@link UpSellOptions}
 * @returns offers; `because` is the product held; score = use / limit, or the share of its customers who spend no more; further columns:
 *   measure (`use`, `spend`), value and limit of it
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID` by row for a number that is not finite, or a customer who
 *   holds a product in two rows
 * @example
 * upSell({ customer: ['a'], product: ['S'], use: [9], limit: [10] }, { catalog: { product: ['S', 'M'], category: ['plan', 'plan'], price: [10, 20] } });
 *
 * O(n log n).
 */
export function upSell(holdings: TableInput, options: UpSellOptions): Offers {
  const where = 'upSell';
  checkKeys(where, options, [...OFFER_OPTIONS, 'catalog', 'useShare', 'spendQuantile'], ['catalog']);
  const { useShare = 0.8, spendQuantile = 0.8 } = options;
  for (const [option, value] of [['useShare', useShare], ['spendQuantile', spendQuantile]] as const) if (!(value > 0 && value <= 1)) throw optionInvalid(where, option, value, 'Give a share above 0, at most 1.');
  const { top, labels, excluded } = checkOffers(where, options);
  const rows = asTable(where, holdings);
  const catalog = readCatalog(where, options.catalog, ['category', ...(asTable(where, options.catalog).has('tier') ? [] : ['price' as const])]);
  const held = read(where, rows);
  const customers = groupRows(rows.column('customer'));
  const ids = takeColumn(rows.column('customer'), customers.firstRow);
  refuseRepeats(where, customers.codes, held.product, (row) => valueText(cellOf(rows.column('customer'), row)));
  const holding = withhold(where, options.doNotOffer, ids, customers.count, labels);
  const limits = spendLimits(held, spendQuantile);
  const words = SENTENCES[labels];
  const nextOf = new Map<string, string | undefined>();

  const best: { offer: Offer; measure: string; value: number; limit: number }[] = [];
  for (const row of highest(customers.codes, held.product, catalog)) {
    const c = customers.codes[row]!;
    const item = held.product[row]!;
    if (!nextOf.has(item)) nextOf.set(item, nextTier(catalog, item, excluded));
    const next = nextOf.get(item);
    if (next === undefined || holding.held[c] === 1) continue;
    const byUse = held.limit[row]! > 0 ? held.use[row]! / held.limit[row]! : NaN;
    const own = limits.get(item);
    const spend = held.spend[row]!;
    if (byUse >= useShare) best.push({ offer: { customer: c, rank: 0, item: next, score: byUse, because: item, reason: words.use(item, held.use[row]!, held.limit[row]!, next) }, measure: 'use', value: held.use[row]!, limit: held.limit[row]! });
    else if (own !== undefined && spend > own.limit) best.push({ offer: { customer: c, rank: 0, item: next, score: notAbove(own.sorted, spend) / own.sorted.length, because: item, reason: words.spend(item, spend, own.limit, next) }, measure: 'spend', value: spend, limit: own.limit });
  }
  best.sort((a, b) => a.offer.customer - b.offer.customer || b.offer.score - a.offer.score || compareText(a.offer.item, b.offer.item));
  const ranked = best.map((one, k) => ({ ...one, offer: { ...one.offer, rank: rankIn(best, k) } })).filter(({ offer }) => offer.rank <= top);
  const more = { measure: textColumn(ranked.map(({ measure }) => measure)), value: Float64Array.from(ranked, ({ value }) => value), limit: Float64Array.from(ranked, ({ limit }) => limit) };
  return offersOf('up-sell', ids, customers.count, ranked.map(({ offer }) => offer), more, holding, labels, unknownProducts(held.product, catalog));
}

interface Holdings {
  readonly product: readonly (string | undefined)[];
  readonly use: Float64Array;
  readonly limit: Float64Array;
  readonly spend: Float64Array;
}

function read(where: string, rows: Table): Holdings {
  for (const name of ['customer', 'product']) if (!rows.has(name)) throw columnMissing(where, name, rows.names);
  if (!rows.has('spend') && !(rows.has('use') && rows.has('limit'))) throw columnMissing(where, rows.has('use') ? 'limit' : 'spend', rows.names);
  const numbers = (name: string): Float64Array => {
    const values = rows.has(name) ? numbersOf(where, rows, name) : new Float64Array(rows.numRows).fill(NaN);
    const row = values.findIndex((value) => Math.abs(value) === Infinity);
    if (row !== -1) throw new ClienteleError('VALUE_INVALID', { where, column: name, row, value: String(values[row]) }, `row ${row}: ${name} is ${values[row]}.`, 'Give a finite number, or leave it missing.');
    return values;
  };
  const column = rows.column('product');
  const product = Array.from({ length: rows.numRows }, (_, row) => {
    const name = cellOf(column, row);
    return name === null ? undefined : String(name).trim();
  });
  return { product, use: numbers('use'), limit: numbers('limit'), spend: numbers('spend') };
}

/** Which of two rows is the true one cannot be known, and both would count among the spenders. */
function refuseRepeats(where: string, customers: Int32Array, product: Holdings['product'], customerText: (row: number) => string): void {
  const seen = new Map<string, number>();
  product.forEach((item, row) => {
    if (item === undefined || customers[row] === -1) return;
    const key = `${customers[row]} ${item}`;
    const other = seen.get(key);
    if (other !== undefined) throw new ClienteleError('VALUE_INVALID', { where, column: 'product', row, value: valueText(item) }, `row ${row}: customer ${customerText(row)} holds ${valueText(item)} in row ${other} already.`, 'Give one row per customer and product: add the two up, or keep the one that counts.');
    seen.set(key, row);
  });
}

/** Where a product stands among those of its category. */
function orderOf({ entries, has }: Catalog, item: string): number {
  const entry = entries.get(item);
  return entry === undefined ? NaN : has('tier') ? entry.tier : entry.price;
}

/** The lowest product above, of equal ones the cheapest, then by text. */
function nextTier(catalog: Catalog, item: string, excluded: ReadonlySet<string>): string | undefined {
  const entry = catalog.entries.get(item);
  const from = orderOf(catalog, item);
  if (entry?.category === undefined) return undefined;
  const cheapest = (name: string): number => catalog.entries.get(name)!.price;
  return [...catalog.entries.keys()].filter((name) => catalog.entries.get(name)!.category === entry.category && orderOf(catalog, name) > from && !excluded.has(name))
    .sort((a, b) => orderOf(catalog, a) - orderOf(catalog, b) || (cheapest(a) < cheapest(b) ? -1 : cheapest(a) > cheapest(b) ? 1 : compareText(a, b)))[0];
}

/** Per customer and category the row of the highest product. */
function highest(customers: Int32Array, product: Holdings['product'], catalog: Catalog): number[] {
  const best = new Map<string, number>();
  product.forEach((item, row) => {
    const category = item === undefined ? undefined : catalog.entries.get(item)?.category;
    if (category === undefined || customers[row] === -1 || Number.isNaN(orderOf(catalog, item!))) return;
    const key = `${customers[row]} ${category}`;
    const other = best.get(key);
    if (other === undefined || orderOf(catalog, item!) > orderOf(catalog, product[other]!)) best.set(key, row);
  });
  return [...best.values()];
}

function spendLimits({ product, spend }: Holdings, quantile: number): Map<string, { limit: number; sorted: Float64Array }> {
  const by = new Map<string, number[]>();
  product.forEach((item, row) => {
    if (item === undefined || Number.isNaN(spend[row]!)) return;
    const own = by.get(item);
    if (own === undefined) by.set(item, [spend[row]!]);
    else own.push(spend[row]!);
  });
  const limits = new Map<string, { limit: number; sorted: Float64Array }>();
  for (const [item, values] of by) {
    if (values.length < FEW) continue;
    const sorted = Float64Array.from(values).sort();
    limits.set(item, { sorted, limit: sortedQuantile(sorted, quantile) });
  }
  return limits;
}

/** How many of ascending values are not above one. */
function notAbove(sorted: Float64Array, value: number): number {
  let low = 0, high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function rankIn(best: readonly { offer: Offer }[], k: number): number {
  let rank = 1;
  while (k - rank >= 0 && best[k - rank]!.offer.customer === best[k]!.offer.customer) rank++;
  return rank;
}

/** Products held that nothing can be offered for, as the catalog does not say where they stand. */
function unknownProducts(product: Holdings['product'], catalog: Catalog): Warning[] {
  const { entries } = catalog;
  const unknown = new Set(product.filter((item): item is string => item !== undefined && !entries.has(item)));
  const unranked = new Set(product.filter((item): item is string => item !== undefined && entries.has(item) && (entries.get(item)!.category === undefined || Number.isNaN(orderOf(catalog, item)))));
  const said = (products: ReadonlySet<string>, code: string, what: string, mend: string): Warning[] => (products.size === 0 ? [] : [{ code, message: `${products.size} products held ${what} (${[...products].slice(0, 3).join(', ')}), so nothing is offered for them. ${mend}` }]);
  return [...said(unknown, 'PRODUCT_UNKNOWN', 'are not in the catalog', 'Add them.'), ...said(unranked, 'PRODUCT_UNRANKED', `have no category or no ${catalog.has('tier') ? 'tier' : 'price'} in the catalog`, 'Fill it in.')];
}
