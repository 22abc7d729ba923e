import type { Language } from './format.js';

/** What the page says, in one language. */
export interface Wording {
  readonly title: string;
  readonly customers: string;
  readonly orders: string;
  readonly revenue: string;
  readonly meanBasket: string;
  readonly segments: string;
  readonly columns: Readonly<Record<string, string>>;
  readonly input: string;
  readonly nothingToSay: string;
  readonly definitions: string;
  readonly definitionList: readonly (readonly [term: string, meaning: string])[];
  asOf(day: string, given: boolean, source: string): string;
  standsOut(top: { label: string; share: string; revenueShare: string }): string;
}

/** The page's wording in both languages. */
export const WORDING: Readonly<Record<Language, Wording>> = {
  en: {
    title: 'Customers and segments',
    customers: 'Customers',
    orders: 'Orders',
    revenue: 'Revenue',
    meanBasket: 'Mean order',
    segments: 'Segments and what to do',
    columns: {
      label: 'Segment', customers: 'Customers', share: 'Share', revenue: 'Revenue', revenueShare: 'Share of revenue',
      medianRecency: 'Median days since last order', medianFrequency: 'Median orders', medianMonetary: 'Median money', action: 'Suggested action',
    },
    input: 'What became of the input',
    nothingToSay: 'Every row was used; nothing needed a remark.',
    definitions: 'How each number is defined',
    definitionList: [
      ['Recency', 'days from the last purchase to the as-of day'],
      ['Frequency', 'orders in the window: distinct order ids, distinct days, or rows where the log has no ids'],
      ['Monetary', 'money in the window, returns netted unless they were excluded'],
      ['Scores', 'each measure is cut into groups; the highest score is the best: most recent, most orders, most money'],
      ['Segment', 'the name that the segment map gives to the combination of scores'],
    ],
    asOf: (day, given, source) => `As of ${day} (${given ? 'given' : 'last order'}), from ${source}`,
    standsOut: ({ label, share, revenueShare }) => `“${label}” brings the most: ${share} of the customers and ${revenueShare} of the revenue.`,
  },
  zh: {
    title: '客户与客户分群',
    customers: '客户数',
    orders: '订单数',
    revenue: '销售额',
    meanBasket: '平均每单金额',
    segments: '分群与建议行动',
    columns: {
      label: '分群', customers: '客户数', share: '占比', revenue: '销售额', revenueShare: '销售额占比',
      medianRecency: '距上次购买天数(中位数)', medianFrequency: '订单数(中位数)', medianMonetary: '金额(中位数)', action: '建议行动',
    },
    input: '输入数据的处理情况',
    nothingToSay: '所有行均已使用，没有需要说明的问题。',
    definitions: '各项数字的定义',
    definitionList: [
      ['最近一次消费 (R)', '最后一次购买到截止日的天数'],
      ['消费频率 (F)', '统计期内的订单数：不同订单号、不同日期，或没有订单号时的行数'],
      ['消费金额 (M)', '统计期内的金额，退货冲减，除非被排除'],
      ['得分', '每项指标分组，最高分最好：最近、次数最多、金额最高'],
      ['分群', '分群规则赋予得分组合的名称'],
    ],
    asOf: (day, given, source) => `截至 ${day}（${given ? '指定日期' : '最后一笔订单'}），数据来源 ${source}`,
    standsOut: ({ label, share, revenueShare }) => `“${label}”贡献最大：占客户的 ${share}，占销售额的 ${revenueShare}。`,
  },
};
