import { checkWhole, checkWord, ClienteleError, valueText, type Warning } from '../core/index.js';
import { escapeHtml, showableResult, table, takeColumn, textColumn, type Column, type ColumnInput, type Showable, type Table } from '../columns/index.js';
import type { DoNotOffer, Withholding } from './do-not-offer.js';
import { OFFER_LABELS, SENTENCES, type Language, type OfferKind } from './offer-words.js';

/** What every list of offers can be told. */
export interface OfferOptions {
  /** most offers a customer gets; 3 by default */
  readonly top?: number;
  /** customers who get none: an open complaint, overdue debt */
  readonly doNotOffer?: DoNotOffer;
  /** items never offered */
  readonly exclude?: readonly string[];
  /** language of reasons and labels, `'en'` by default; keys stay */
  readonly labels?: Language;
}

export const OFFER_OPTIONS = ['top', 'doNotOffer', 'exclude', 'labels'] as const;

/** What to offer whom; shows itself as the head of the list. */
export interface Offers extends Showable {
  /** one row per customer and offer, in the order of the customers, best first: customer, rank, kind, label, item, score, because, reason, then columns of the kind */
  readonly table: Table;
  /** customers who get no offers: customer, reason, label */
  readonly withheld: Table;
  readonly meta: {
    readonly kind: OfferKind;
    /** customers with a purchase (by the day the offers stand for), or those who hold products */
    readonly customers: number;
    /** customers with at least one offer */
    readonly offered: number;
    readonly withheld: number;
  };
  readonly warnings: readonly Warning[];
}

/** One offer to a customer. */
export interface Offer {
  readonly customer: number;
  readonly rank: number;
  readonly item: string;
  readonly score: number;
  readonly because: string;
  readonly reason: string;
}

/** The common options, checked. */
export function checkOffers(where: string, options: OfferOptions): { top: number; labels: Language; excluded: ReadonlySet<string> } {
  const { exclude = [] } = options;
  if (!Array.isArray(exclude) || exclude.some((item) => typeof item !== 'string')) throw new ClienteleError('OPTION_INVALID', { where, option: 'exclude', value: valueText(exclude) }, 'option exclude is no list of item names.', "Give an array of text: ['tobacco'].");
  return { top: checkWhole(where, 'top', options.top ?? 3, 1), labels: checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']), excluded: new Set(exclude.map((item) => item.trim())) };
}

/** Offers as a table with what belongs to them; `more` are columns of the kind, one entry per offer. */
export function offersOf(kind: OfferKind, ids: Column, customers: number, offers: readonly Offer[], more: Readonly<Record<string, ColumnInput>>, { withheld, held, warnings }: Withholding, labels: Language, said: readonly Warning[]): Offers {
  const label = OFFER_LABELS[kind][labels];
  const same = (value: string): Column => ({ type: 'category', data: new Int32Array(offers.length), values: [value] });
  const all = table({
    customer: takeColumn(ids, offers.map(({ customer }) => customer)), rank: Int32Array.from(offers, ({ rank }) => rank), kind: same(kind), label: same(label),
    item: textColumn(offers.map(({ item }) => item)), score: Float64Array.from(offers, ({ score }) => score), because: textColumn(offers.map(({ because }) => because)), reason: textColumn(offers.map(({ reason }) => reason)), ...more,
  });
  const meta = { kind, customers, offered: new Set(offers.map(({ customer }) => customer)).size, withheld: held.reduce((a, b) => a + b, 0) };
  return shown({ table: all, withheld, meta, warnings: [...said, ...warnings] }, SENTENCES[labels].list(label, offers.length, meta.offered, customers, meta.withheld));
}

function shown(result: Omit<Offers, keyof Showable>, line: string): Offers {
  const { table: all, warnings } = result;
  const brief = (): Table => all.select(['customer', 'rank', 'item', 'score', 'reason']);
  return showableResult(result, {
    text: () => [line, '', brief().toString(), ...warnings.map((w) => `${w.code}: ${w.message}`)].join('\n'),
    html: () => `<p>${escapeHtml(line)}</p>${brief().toHTML()}`,
  });
}
