/** Languages of labels and reasons. */
export type Language = 'en' | 'zh';

/** Why an item is offered. */
export type OfferKind = 'next-best' | 'cross-sell' | 'up-sell' | 'replenish';

/** What people call an offer. */
export const OFFER_LABELS: Readonly<Record<OfferKind, Readonly<Record<Language, string>>>> = {
  'next-best': { en: 'Next best offer', zh: '下一最佳推荐' }, 'cross-sell': { en: 'Cross-sell', zh: '交叉销售' },
  'up-sell': { en: 'Up-sell', zh: '向上销售' }, 'replenish': { en: 'Time to buy again', zh: '补货提醒' },
};

/** What people call a reason to offer nothing; own reasons stand as they are. */
const WITHHELD_LABELS: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  'do-not-offer': { en: 'On the do-not-offer list', zh: '在不推荐名单上' }, 'open-complaint': { en: 'Open complaint', zh: '投诉未结' },
  'overdue-debt': { en: 'Overdue debt', zh: '欠款逾期' }, 'opted-out': { en: 'Wants no offers', zh: '拒绝营销' },
};

/** A reason in words. */
export function withheldLabel(reason: string, language: Language): string {
  return Object.hasOwn(WITHHELD_LABELS, reason) ? WITHHELD_LABELS[reason]![language] : reason;
}

const percent = (share: number): string => `${Number((share * 100).toPrecision(3))}%`;
const short = (value: number): string => (Math.abs(value) >= 1000 ? Math.round(value).toString() : String(Number(value.toPrecision(3))));

/** Sentences behind the offers; numbers to three digits. */
export interface OfferSentences {
  rule(antecedent: string, consequent: string, confidence: number, lift: number): string;
  crossed(sentence: string, category: string): string;
  use(item: string, use: number, limit: number, next: string): string;
  spend(item: string, spend: number, limit: number, next: string): string;
  replenish(item: string, since: number, gap: number, days: number): string;
  /** heading of a list */
  list(label: string, offers: number, offered: number, customers: number, withheld: number): string;
}

export const SENTENCES: Readonly<Record<Language, OfferSentences>> = {
  en: {
    rule: (antecedent, consequent, confidence, lift) => `Buys ${antecedent}: ${percent(confidence)} of such baskets also hold ${consequent}, ${short(lift)} times the usual share`,
    crossed: (sentence, category) => `${sentence}; another category, ${category}`,
    use: (item, use, limit, next) => `Uses ${percent(use / limit)} of the limit of ${item} (${short(use)} of ${short(limit)}); ${next} is the next tier`,
    spend: (item, spend, limit, next) => `Spends ${short(spend)} on ${item}, above ${short(limit)}, where its highest spenders begin; ${next} is the next tier`,
    replenish: (item, since, gap, days) => `Last bought ${item} ${since} days ago; buys it every ${short(gap)} days (${days} purchase days)`,
    list: (label, offers, offered, customers, withheld) => `${label}: ${offers} offers to ${offered} of ${customers} customers, ${withheld} withheld`,
  },
  zh: {
    rule: (antecedent, consequent, confidence, lift) => `购买过${antecedent}：此类购物篮中 ${percent(confidence)} 也含${consequent}，为平常的 ${short(lift)} 倍`,
    crossed: (sentence, category) => `${sentence}；属于另一品类：${category}`,
    use: (item, use, limit, next) => `${item}的用量已达上限的 ${percent(use / limit)}（${short(use)} / ${short(limit)}）；下一档为${next}`,
    spend: (item, spend, limit, next) => `在${item}上消费 ${short(spend)}，高于其最高消费群的起点 ${short(limit)}；下一档为${next}`,
    replenish: (item, since, gap, days) => `${since} 天前购买过${item}；平均每 ${short(gap)} 天购买一次（共 ${days} 个购买日）`,
    list: (label, offers, offered, customers, withheld) => `${label}：${customers} 位客户中 ${offered} 位获得 ${offers} 条推荐，${withheld} 位暂不推荐`,
  },
};
