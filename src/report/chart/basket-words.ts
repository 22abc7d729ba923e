import type { OfferKind } from '../../basket/index.js';
import type { Language } from '../format.js';

/** What the charts of baskets and offers say, in one language. */
export interface BasketWords {
  readonly noRules: string;
  readonly noOffers: string;
  readonly rule: string;
  readonly support: string;
  readonly confidence: string;
  readonly lift: string;
  readonly baskets: string;
  readonly scatter: string;
  readonly graph: string;
  readonly antecedent: string;
  readonly consequent: string;
  readonly offers: string;
  readonly offered: string;
  readonly item: string;
  readonly kind: string;
  readonly others: string;
  readonly kinds: Readonly<Record<OfferKind, string>>;
  about(rules: string, baskets: string): string;
  best(shown: string, all: string): string;
  toCustomers(offered: string, customers: string, withheld: string): string;
}

const WORDS: Readonly<Record<Language, BasketWords>> = {
  en: {
    noRules: 'Nothing to show: there are no rules here.', noOffers: 'Nothing to show: there are no offers here.',
    rule: 'Rule', support: 'Support', confidence: 'Confidence', lift: 'Lift', baskets: 'Baskets', scatter: 'What sells together: support, confidence and lift of each rule', graph: 'What sells together: who buys these also buys that',
    antecedent: 'Who buys …', consequent: '… also buys', offers: 'What to offer: customers by item', offered: 'Customers', item: 'Item', kind: 'Offer', others: 'other items',
    kinds: { 'next-best': 'Next best offer', 'cross-sell': 'Cross-sell', 'up-sell': 'Up-sell', 'replenish': 'Time to buy again' },
    about: (rules, baskets) => `${rules} rules from ${baskets} baskets`,
    best: (shown, all) => `the ${shown} of highest lift of ${all}`,
    toCustomers: (offered, customers, withheld) => `${offered} of ${customers} customers get an offer, ${withheld} are held back`,
  },
  zh: {
    noRules: '没有可显示的内容：这里没有规则。', noOffers: '没有可显示的内容：这里没有推荐。',
    rule: '规则', support: '支持度', confidence: '置信度', lift: '提升度', baskets: '购物篮数', scatter: '哪些商品一起购买：各规则的支持度、置信度与提升度', graph: '哪些商品一起购买：买了这些，也买那个',
    antecedent: '购买了……', consequent: '……也购买', offers: '推荐什么：各商品的客户数', offered: '客户数', item: '商品', kind: '推荐类型', others: '其他商品',
    kinds: { 'next-best': '下一最佳推荐', 'cross-sell': '交叉销售', 'up-sell': '向上销售', 'replenish': '补货提醒' },
    about: (rules, baskets) => `${baskets} 个购物篮中的 ${rules} 条规则`,
    best: (shown, all) => `显示 ${all} 条中提升度最高的 ${shown} 条`,
    toCustomers: (offered, customers, withheld) => `${customers} 位客户中 ${offered} 位获得推荐，${withheld} 位暂不推荐`,
  },
};

/** The wording of the charts of baskets and offers in a language. */
export function basketWords(language: Language): BasketWords {
  return WORDS[language];
}
