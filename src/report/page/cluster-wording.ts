import type { Language } from '../format.js';

/** What the page about clusters says, in one language. */
export interface ClusterWording {
  readonly title: string;
  readonly skip: string;
  readonly noScript: string;
  readonly customers: string;
  readonly clusters: string;
  readonly cluster: string;
  readonly money: string;
  readonly share: string;
  readonly moneyShare: string;
  readonly apart: string;
  readonly profiles: string;
  readonly charts: string;
  readonly rules: string;
  readonly rule: string;
  readonly precision: string;
  readonly howMany: string;
  readonly input: string;
  readonly nothingToSay: string;
  readonly definitions: string;
  readonly definitionList: readonly (readonly [term: string, meaning: string])[];
  readonly measures: Readonly<Record<'k' | 'inertia' | 'silhouette' | 'calinskiHarabasz' | 'daviesBouldin' | 'gap' | 'adjustedRand' | 'jaccard', string>>;
  mean(feature: string): string;
  explained(share: string): string;
  asOf(day: string, given: boolean, source: string | undefined): string;
}

const WORDING: Readonly<Record<Language, ClusterWording>> = {
  en: {
    title: 'Segments found in the data', skip: 'To the segments', noScript: 'Charts need JavaScript, which is switched off here.',
    customers: 'Customers', clusters: 'Segments', cluster: 'Segment', money: 'Money', share: 'Share', moneyShare: 'Share of money', apart: 'What sets it apart',
    profiles: 'What each segment is like', charts: 'Charts', rules: 'Who is in which segment, by rule', rule: 'Rule', precision: 'Right', howMany: 'How many segments',
    input: 'What became of the input', nothingToSay: 'Every customer was used; nothing needed a remark.', definitions: 'How the numbers are defined',
    measures: { k: 'Segments', inertia: 'Inertia', silhouette: 'Silhouette', calinskiHarabasz: 'Calinski-Harabasz', daviesBouldin: 'Davies-Bouldin', gap: 'Gap', adjustedRand: 'Adjusted Rand', jaccard: 'Jaccard' },
    mean: (feature) => `${feature}, mean`,
    explained: (share) => `The rules below put ${share} of the customers into their own segment.`,
    asOf: (day, given, source) => `As of ${day} (${given ? 'given' : 'last order'})${source === undefined ? '' : `, from ${source}`}`,
    definitionList: [
      ['Segment', 'Customers who are alike in their scaled features; numbered by mean money, highest first, and named by what is high or low in them.'],
      ['What sets it apart', 'The distance of the mean from that of all customers, in standard deviations (sd); a quarter of one or more is named.'],
      ['Silhouette', 'How much nearer a customer is to its own segment than to the next one: 1 far nearer, 0 in between, below 0 nearer to the other. From 0.5 on one speaks of groups of their own.'],
      ['Inertia', 'Squared distances to the centres, added up: always less with more segments.'],
      ['Adjusted Rand, Jaccard', 'How well the segments come back when customers are drawn again: 1 entirely.'],
      ['Right', 'Share of the customers under a rule whose own segment the rule names.'],
    ],
  },
  zh: {
    title: '数据中发现的客户分群', skip: '跳到分群', noScript: '图表需要 JavaScript，当前已关闭。',
    customers: '客户数', clusters: '群数', cluster: '分群', money: '金额', share: '占比', moneyShare: '金额占比', apart: '突出之处',
    profiles: '各群的特征', charts: '图表', rules: '按规则判断客户属于哪一群', rule: '规则', precision: '正确率', howMany: '分几群',
    input: '输入数据的处理情况', nothingToSay: '所有客户均已使用，没有需要说明的问题。', definitions: '指标定义',
    measures: { k: '群数', inertia: '组内平方和', silhouette: '轮廓系数', calinskiHarabasz: 'Calinski-Harabasz', daviesBouldin: 'Davies-Bouldin', gap: 'Gap', adjustedRand: '调整 Rand', jaccard: 'Jaccard' },
    mean: (feature) => `平均${feature}`,
    explained: (share) => `下列规则使 ${share} 的客户落入其原有分群。`,
    asOf: (day, given, source) => `截至 ${day}（${given ? '指定日期' : '最后一笔订单'}）${source === undefined ? '' : `，数据来源 ${source}`}`,
    definitionList: [
      ['分群', '标准化后各指标相近的客户；按平均金额从高到低编号，并按高低特征命名。'],
      ['突出之处', '该群平均值与全体平均值相差几个标准差；达到四分之一个标准差才列出。'],
      ['轮廓系数', '客户距本群比距最近的另一群近多少：1 表示近得多，0 表示居中，负值表示更接近另一群；0.5 以上才算自然成群。'],
      ['组内平方和', '到各群中心距离的平方和；群数越多越小。'],
      ['调整 Rand、Jaccard', '重新抽样后分群能否重现：1 表示完全重现。'],
      ['正确率', '符合某规则的客户中，确属该规则所指分群的比例。'],
    ],
  },
};

export function clusterWording(language: Language): ClusterWording {
  return WORDING[language];
}
