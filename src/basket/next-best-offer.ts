import { checkKeys, checkWord, ClienteleError, valueText, type Warning } from '../core/index.js';
import { compareText, type TableInput } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import type { AssociationRule } from './association-rules.js';
import { readCatalog, type Catalog } from './catalog.js';
import { withhold } from './do-not-offer.js';
import { checkOffers, OFFER_OPTIONS, offersOf, type Offer, type OfferOptions, type Offers } from './offers.js';
import { SENTENCES, type OfferSentences } from './offer-words.js';
import { ownedBy, type Owned } from './owned.js';

export interface NextBestOfferOptions extends OfferOptions {
  /** an item several rules speak for scores by the best of them (`'max'`, default), or by their mean */
  readonly combine?: 'max' | 'mean';
  /** what products bring: columns `product` and `margin`; scores are multiplied by it. Items without a margin are not offered, and counted */
  readonly catalog?: TableInput;
}

/** Rules, or a result that holds them. */
export type RulesInput = readonly AssociationRule[] | { readonly rules: readonly AssociationRule[] };

/**
 * What to offer each customer next: items they do not own, by the rules whose antecedent they own.
 *
 * Score of an item: the best (or mean) confidence × (lift - 1) of those rules, times the item's margin where a catalog gives one.
 * Only scores above 0 are offered, so a merely popular item (lift 1) never is. Equal scores are ordered by the item's text.
 *
 * @param rules from {@link associationRules}, or the same read back from JSON
 * @param data what customers bought: an order log with products, or columns `customer` and `product`; not modified
 * @param options see {@link NextBestOfferOptions}
 * @returns offers with their reason; further columns: confidence and lift of the rule behind the offer (`because`: its antecedent), rules (how many speak for it)
 * @throws ClienteleError `COLUMN_MISSING`; `OPTION_INVALID`; `VALUE_INVALID`
 * @example
 * const { rules } = associationRules(orders, { minSupport: 0.01 });
 * nextBestOffer(rules, orders, { doNotOffer: { customer: ['C7'], reason: ['open-complaint'] } }).table.row(0);
 *
 * O(rows + Σ over customers of the rules that begin with an item they own).
 */
export function nextBestOffer(rules: RulesInput, data: Transactions | TableInput, options: NextBestOfferOptions = {}): Offers {
  const where = 'nextBestOffer';
  checkKeys(where, options, [...OFFER_OPTIONS, 'combine', 'catalog']);
  return offersByRules(where, rules, data, options, { kind: 'next-best', catalog: options.catalog === undefined ? undefined : readCatalog(where, options.catalog) });
}

/** What tells one kind of offer by rules from another. */
export interface RuleOffering {
  readonly kind: 'next-best' | 'cross-sell';
  readonly catalog: Catalog | undefined;
  /** rules that may be used; all by default */
  readonly usable?: (rule: AssociationRule) => boolean;
  /** items not for a customer, beside those owned, by what is owned; none by default */
  readonly unfit?: (owned: readonly string[]) => (item: string) => boolean;
  readonly sentence?: (sentence: string, item: string, words: OfferSentences) => string;
  readonly warnings?: (rules: readonly AssociationRule[]) => readonly Warning[];
}

/** Offers by rules, of either kind. */
export function offersByRules(where: string, input: RulesInput, data: Transactions | TableInput, options: NextBestOfferOptions, offering: RuleOffering): Offers {
  const { top, labels, excluded } = checkOffers(where, options);
  const combine = checkWord(where, 'combine', options.combine ?? 'max', ['max', 'mean']);
  const all = checkRules(where, input);
  const owned = ownedBy(where, data);
  const holding = withhold(where, options.doNotOffer, owned.ids, owned.customers, labels);
  const margins = marginsOf(offering.catalog, all);
  const rules = all.filter((rule) => !excluded.has(rule.consequent) && (margins === undefined || margins.of.has(rule.consequent)) && (offering.usable?.(rule) ?? true));
  const index = indexRules(rules, owned);
  const words = SENTENCES[labels];

  const offers: Offer[] = [], confidence: number[] = [], lift: number[] = [], behind: number[] = [];
  for (let c = 0; c < owned.customers; c++) {
    if (holding.held[c] === 1) continue;
    const unfit = offering.unfit?.(Array.from(owned.codes.subarray(owned.start[c], owned.start[c + 1]), (code) => owned.items[code]!));
    // Below 0 before the margin is no offer either: times a loss it would look like one.
    const scored = [...scoresOf(c, owned, index, combine)].filter(([, own]) => own.score > 0).map(([item, own]) => ({ item: index.items[item]!, ...own, score: own.score * (margins?.of.get(index.items[item]!) ?? 1) }));
    const best = scored.filter(({ item, score }) => score > 0 && unfit?.(item) !== true).sort((a, b) => b.score - a.score || compareText(a.item, b.item)).slice(0, top);
    best.forEach(({ item, score, rule, rules: count }, k) => {
      const by = rules[rule]!;
      const because = by.antecedent.join(' + ');
      const sentence = words.rule(because, item, by.confidence, by.lift);
      offers.push({ customer: c, rank: k + 1, item, score, because, reason: offering.sentence?.(sentence, item, words) ?? sentence });
      confidence.push(by.confidence);
      lift.push(by.lift);
      behind.push(count);
    });
  }
  return offersOf(offering.kind, owned.ids, owned.customers, offers, { confidence: Float64Array.from(confidence), lift: Float64Array.from(lift), rules: Int32Array.from(behind) }, holding, labels, [...(offering.warnings?.(all) ?? []), ...(margins?.warnings ?? [])]);
}

/** Rules by the first item of their antecedent; items as codes, those of the data first. */
interface RuleIndex {
  readonly items: readonly string[];
  readonly byFirst: ReadonlyMap<number, readonly number[]>;
  readonly antecedent: readonly (readonly number[])[];
  readonly consequent: readonly number[];
  readonly worth: readonly number[];
  /** customer who last owned (or was offered) an item */
  readonly ownedBy: Int32Array;
}

function indexRules(rules: readonly AssociationRule[], { items }: Owned): RuleIndex {
  const codes = new Map(items.map((item, code) => [item, code]));
  const codeOf = (item: string): number => {
    let code = codes.get(item);
    if (code === undefined) codes.set(item, (code = codes.size));
    return code;
  };
  const antecedent = rules.map((rule) => rule.antecedent.map(codeOf));
  const consequent = rules.map((rule) => codeOf(rule.consequent));
  const byFirst = new Map<number, number[]>();
  antecedent.forEach(([first], rule) => {
    const own = byFirst.get(first!);
    if (own === undefined) byFirst.set(first!, [rule]);
    else own.push(rule);
  });
  return { items: [...codes.keys()], byFirst, antecedent, consequent, worth: rules.map(({ confidence, lift }) => confidence * (lift - 1)), ownedBy: new Int32Array(codes.size).fill(-1) };
}

interface Scored {
  score: number;
  /** the rule that speaks loudest */
  rule: number;
  rules: number;
}

function scoresOf(c: number, { start, codes }: Owned, { byFirst, antecedent, consequent, worth, ownedBy: mark }: RuleIndex, combine: 'max' | 'mean'): Map<number, Scored> {
  const found = new Map<number, Scored & { sum: number }>();
  for (let i = start[c]!; i < start[c + 1]!; i++) mark[codes[i]!] = c;
  for (let i = start[c]!; i < start[c + 1]!; i++) {
    for (const rule of byFirst.get(codes[i]!) ?? []) {
      const item = consequent[rule]!;
      if (mark[item] === c || !antecedent[rule]!.every((left) => mark[left] === c)) continue;
      const own = found.get(item);
      const value = worth[rule]!;
      if (own === undefined) found.set(item, { score: value, sum: value, rule, rules: 1 });
      else {
        own.sum += value;
        own.rules++;
        if (value > worth[own.rule]! || (value === worth[own.rule]! && rule < own.rule)) own.rule = rule;
        own.score = combine === 'max' ? worth[own.rule]! : own.sum / own.rules;
      }
    }
  }
  return found;
}

function checkRules(where: string, input: RulesInput): readonly AssociationRule[] {
  const rules: unknown = Array.isArray(input) ? input : (input as { rules?: unknown } | undefined)?.rules;
  if (!Array.isArray(rules)) throw new ClienteleError('VALUE_INVALID', { where, value: valueText(input) }, 'these are no rules.', 'Pass what associationRules returned, or its rules.');
  return rules.map((rule: unknown, row) => {
    const { antecedent, consequent, confidence, lift } = (rule ?? {}) as Partial<AssociationRule>;
    const right = Array.isArray(antecedent) && antecedent.length > 0 && antecedent.every((item) => typeof item === 'string') && typeof consequent === 'string' && Number.isFinite(confidence) && Number.isFinite(lift);
    if (!right) throw new ClienteleError('VALUE_INVALID', { where, row, value: valueText(JSON.stringify(rule)) }, `rule ${row} is not complete.`, 'A rule has antecedent (a list of items), consequent, confidence and lift.');
    return rule as AssociationRule;
  });
}

function marginsOf(catalog: Catalog | undefined, rules: readonly AssociationRule[]): { of: ReadonlyMap<string, number>; warnings: readonly Warning[] } | undefined {
  if (catalog === undefined || !catalog.has('margin')) return undefined;
  const of = new Map([...catalog.entries].filter(([, { margin }]) => !Number.isNaN(margin)).map(([item, { margin }]) => [item, margin]));
  const unknown = new Set(rules.map(({ consequent }) => consequent).filter((item) => !of.has(item)));
  return { of, warnings: unknown.size === 0 ? [] : [{ code: 'MARGIN_UNKNOWN', message: `${unknown.size} items that rules speak for have no margin in the catalog (${[...unknown].slice(0, 3).map((item) => valueText(item)).join(', ')}), so they are not offered. Add them, or leave the column margin out.` }] };
}
