import { checkKeys, optionInvalid, valueText, type Warning } from '../core/index.js';
import type { TableInput } from '../columns/index.js';
import type { Transactions } from '../transactions/index.js';
import type { AssociationRule } from './association-rules.js';
import { readCatalog, type Catalog } from './catalog.js';
import { offersByRules, type NextBestOfferOptions, type RulesInput } from './next-best-offer.js';
import { OFFER_OPTIONS, type Offers } from './offers.js';

export interface CrossSellOptions extends NextBestOfferOptions {
  /** columns `product` and `category`, and `margin` where scores are to be multiplied by it */
  readonly catalog: TableInput;
  /** true: only categories the customer never bought from; false (default): a category other than that of the items the rule begins with */
  readonly newCategory?: boolean;
}

/**
 * Cross-sell (交叉销售): the next best offers that lead into another category.
 *
 * Rules whose items have no category in the catalog are not used, and the items are counted.
 *
 * @param rules, data as in {@link nextBestOffer}
 * @throws ClienteleError `COLUMN_MISSING` without categories; as {@link nextBestOffer}
 * @example
 * crossSell(rules, orders, { catalog: { product: ['beer', 'nappies'], category: ['drinks', 'baby care'] } });
 */
export function crossSell(rules: RulesInput, data: Transactions | TableInput, options: CrossSellOptions): Offers {
  const where = 'crossSell';
  checkKeys(where, options, [...OFFER_OPTIONS, 'combine', 'catalog', 'newCategory'], ['catalog']);
  const { newCategory = false } = options;
  if (typeof newCategory !== 'boolean') throw optionInvalid(where, 'newCategory', newCategory, 'Give true or false.');
  const catalog = readCatalog(where, options.catalog, ['category']);
  const category = (item: string): string | undefined => catalog.entries.get(item)?.category;
  return offersByRules(where, rules, data, options, {
    kind: 'cross-sell', catalog, warnings: (all) => unknownCategories(all, catalog),
    usable: ({ antecedent, consequent }) => category(consequent) !== undefined && antecedent.every((item) => category(item) !== undefined && category(item) !== category(consequent)),
    ...(newCategory ? { unfit: (owned): ((item: string) => boolean) => {
      const known = new Set(owned.map(category));
      return (item) => known.has(category(item));
    } } : {}),
    sentence: (sentence, item, words) => words.crossed(sentence, category(item)!),
  });
}

function unknownCategories(rules: readonly AssociationRule[], { entries }: Catalog): Warning[] {
  const unknown = new Set(rules.flatMap(({ antecedent, consequent }) => [...antecedent, consequent]).filter((item) => entries.get(item)?.category === undefined));
  return unknown.size === 0 ? [] : [{ code: 'CATEGORY_UNKNOWN', message: `${unknown.size} items of the rules have no category in the catalog (${[...unknown].slice(0, 3).map((item) => valueText(item)).join(', ')}), so their rules are not used. Add them.` }];
}
