import { MEASURE_LABELS } from '../../transactions/index.js';
import type { Language } from '../format.js';

/** What charts say, in one language. */
export interface ChartWords {
  readonly nothing: string;
  readonly rfmHeatmap: { readonly byMoney: string; readonly byCustomers: string };
  readonly segmentBars: { readonly share: string; readonly what: string; readonly ofCustomers: string; readonly ofRevenue: string; title(measure: string): string };
  readonly treemap: { readonly customers: string; readonly revenue: string };
  readonly flow: { title: string; before: string; after: string; entered: string; left: string; change: string; changes: Readonly<Record<string, string>> };
  readonly pareto: { title(measure: string): string; customers: string; cumulative(measure: string): string; twenty(share: string, measure: string): string };
  readonly distribution: { title(measure: string): string; middle(value: string): string; above(share: string, limit: string): string; customers: string };
  readonly segment: string;
  readonly from: string;
  readonly to: string;
  readonly customers: string;
  readonly share: string;
  readonly meanMoney: string;
  readonly measures: Readonly<Record<string, string>>;
  score(key: string, column: string, bins: number): string;
  asOf(day: string | undefined, customers: string): string;
}

const WORDS: Readonly<Record<Language, ChartWords>> = {
  en: {
    nothing: 'Nothing to show: there are no customers here.',
    rfmHeatmap: { byMoney: 'Where the money is: recency and frequency', byCustomers: 'Where the customers are: recency and frequency' },
    segmentBars: { share: 'Segments: share of customers and of revenue', what: 'Measure', ofCustomers: 'of customers', ofRevenue: 'of revenue', title: (measure) => `Segments: ${lower(measure)}` },
    treemap: { customers: 'Segments by number of customers', revenue: 'Segments by revenue' },
    flow: {
      title: 'Who moved between segments', before: 'before', after: 'after', entered: 'Newcomers', left: 'No longer there', change: 'Change',
      changes: { upgrade: 'up', downgrade: 'down', same: 'same', unranked: 'not ranked', entered: 'newcomers', left: 'gone' },
    },
    pareto: {
      title: (measure) => `How concentrated: ${lower(measure)} by customers, best first`, customers: 'Share of customers, best first', cumulative: (measure) => `Share of ${lower(measure)}`,
      twenty: (share, measure) => `20% of customers: ${share} of ${lower(measure)}`,
    },
    distribution: {
      title: (measure) => `Customers by ${lower(measure)}`, middle: (value) => `half of them at or below ${value}`,
      above: (share, limit) => `the highest ${share} lie above ${limit}, in the last bar`, customers: 'Customers',
    },
    segment: 'Segment', from: 'From', to: 'To', customers: 'Customers', share: 'Share', meanMoney: 'Mean money per customer',
    measures: {
      customers: 'Customers', share: 'Share', orders: 'Orders', meanBasket: 'Mean order', ...measuresIn('en'),
      medianRecency: 'Median days since last order', medianFrequency: 'Median orders', medianMonetary: 'Median money',
    },
    score: (key, column, bins) => `${SCORES_EN[column] ?? column} (${key.toUpperCase()}), 1 to ${bins}, ${bins} is best`,
    asOf: (day, customers) => `${day === undefined ? '' : `As of ${day}, `}${customers} customers`,
  },
  zh: {
    nothing: '没有可显示的内容：这里没有客户。',
    rfmHeatmap: { byMoney: '金额分布：最近度与频率', byCustomers: '客户分布：最近度与频率' },
    segmentBars: { share: '各分群的客户占比与销售额占比', what: '指标', ofCustomers: '客户占比', ofRevenue: '销售额占比', title: (measure) => `各分群的${measure}` },
    treemap: { customers: '分群规模（按客户数）', revenue: '分群规模（按销售额）' },
    flow: {
      title: '客户在分群之间的迁移', before: '之前', after: '之后', entered: '新进入', left: '已离开', change: '变化',
      changes: { upgrade: '上升', downgrade: '下降', same: '不变', unranked: '无法比较', entered: '新进入', left: '已离开' },
    },
    pareto: {
      title: (measure) => `集中度：按客户从高到低累计的${measure}`, customers: '客户占比（从高到低）', cumulative: (measure) => `${measure}占比`,
      twenty: (share, measure) => `20% 的客户贡献 ${share} 的${measure}`,
    },
    distribution: {
      title: (measure) => `客户按${measure}的分布`, middle: (value) => `一半客户不超过 ${value}`,
      above: (share, limit) => `最高的 ${share} 超过 ${limit}，计入最后一柱`, customers: '客户数',
    },
    segment: '分群', from: '从', to: '到', customers: '客户数', share: '占比', meanMoney: '人均金额',
    measures: {
      customers: '客户数', share: '占比', orders: '订单数', meanBasket: '平均每单金额', ...measuresIn('zh'),
      medianRecency: '距上次购买天数（中位数）', medianFrequency: '订单数（中位数）', medianMonetary: '金额（中位数）',
    },
    score: (key, column, bins) => `${SCORES_ZH[column] ?? column}（${key.toUpperCase()}），1 至 ${bins}，${bins} 最好`,
    asOf: (day, customers) => `${day === undefined ? '' : `截至 ${day}，`}${customers} 位客户`,
  },
};

const SCORES_EN: Readonly<Record<string, string>> = { recency: 'Recency score', frequency: 'Frequency score', monetary: 'Monetary score' };
const SCORES_ZH: Readonly<Record<string, string>> = { recency: '最近度得分', frequency: '频率得分', monetary: '金额得分' };

function measuresIn(language: Language): Record<string, string> {
  return Object.fromEntries([...MEASURE_LABELS].map(([column, label]) => [column, label[language]]));
}

/** The wording of charts in a language. */
export function chartWords(language: Language): ChartWords {
  return WORDS[language];
}

/** A measure's name for people; a column of the user's own keeps its name. */
export function measureName(words: ChartWords, column: string): string {
  return Object.hasOwn(words.measures, column) ? words.measures[column]! : column;
}

/** For the middle of a sentence; a column's own name stays as it is written. */
export function lower(text: string): string {
  return /^[A-Z][a-z]/.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
