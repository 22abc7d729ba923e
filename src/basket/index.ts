/** What goes together: baskets, association rules, and what to offer whom. */
export { fromBaskets, type FromBasketsOptions } from './from-baskets.js';
export { fromOrderLines, type FromOrderLinesOptions } from './from-order-lines.js';
export { basketsOf, type BasketsOfOptions } from './baskets-of.js';
export { type BasketKind, type Baskets } from './baskets.js';
export { type Delimiter } from './basket-lines.js';
export { associationRules, frequentItemsets, type AssociationRule, type AssociationRules, type AssociationRulesOptions, type FrequentItemsetsOptions } from './association-rules.js';
export type { RuleTest } from './candidate-rules.js';
export type { Correction } from '../math/index.js';
export { ruleMeasures, type RuleMeasures } from './rule-measures.js';
export { nextBestOffer, type NextBestOfferOptions, type RulesInput } from './next-best-offer.js';
export { crossSell, type CrossSellOptions } from './cross-sell.js';
export { upSell, type UpSellOptions } from './up-sell.js';
export { replenishment, type Replenishment, type ReplenishmentOptions } from './replenishment.js';
export type { OfferOptions, Offers } from './offers.js';
export type { DoNotOffer } from './do-not-offer.js';
export type { OfferKind } from './offer-words.js';
