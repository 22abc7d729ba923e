/** What goes together: baskets, association rules, and what to offer whom. */
export { fromBaskets, type FromBasketsOptions } from './from-baskets.js';
export { basketsOf, type BasketsOfOptions } from './baskets-of.js';
export { type BasketKind, type Baskets } from './baskets.js';
export { type Delimiter } from './basket-lines.js';
export { associationRules, frequentItemsets, type AssociationRule, type AssociationRules, type AssociationRulesOptions, type FrequentItemsetsOptions } from './association-rules.js';
export { type Correction, type RuleTest } from './candidate-rules.js';
export { ruleMeasures, type RuleMeasures } from './rule-measures.js';
