type Words = Readonly<Record<'en' | 'zh', string>>;

/** How a fact is written. */
export type FactFormat = 'text' | 'count' | 'money' | 'percent' | 'days';

/** A column of a known result: what it is called in the view, in words, and how it is written. */
export interface ViewColumn {
  readonly column: string;
  readonly name: string;
  readonly label: Words;
  readonly format: FactFormat;
  /** true for a key that `label` says in words: it is no fact where there is a column `label` */
  readonly key?: boolean;
  /** what people call its values, where they have no label beside them */
  readonly words?: Readonly<Record<string, Words>>;
}

/** A result that is known by its name. */
export interface ViewPart {
  readonly label: Words;
  readonly columns: readonly ViewColumn[];
}

const fact = (column: string, name: string, en: string, zh: string, format: FactFormat = 'text'): ViewColumn => ({ column, name, label: { en, zh }, format });

const key = (column: string, name: string, en: string, zh: string): ViewColumn => ({ ...fact(column, name, en, zh), key: true });

const SEVERITIES: Readonly<Record<string, Words>> = { info: { en: 'For information', zh: '提示' }, watch: { en: 'Watch', zh: '关注' }, warn: { en: 'Warning', zh: '预警' }, critical: { en: 'Critical', zh: '严重' } };

/** Known results and the columns that are taken where they are there. */
export const VIEW_PARTS: Readonly<Record<string, ViewPart>> = {
  rfm: {
    label: { en: 'RFM', zh: 'RFM' },
    columns: [
      fact('recency', 'recency', 'Days since last order', '距上次购买天数', 'days'), fact('frequency', 'frequency', 'Orders', '订单数', 'count'), fact('monetary', 'monetary', 'Money', '金额', 'money'),
      fact('score', 'rfmScore', 'Score', '得分'), key('segment', 'segment', 'Segment key', '分群代码'), fact('label', 'segmentLabel', 'Segment', '分群'), fact('why', 'segmentWhy', 'Why', '原因'),
    ],
  },
  clv: {
    label: { en: 'Value', zh: '价值' },
    columns: [
      fact('pAlive', 'pAlive', 'Probability of being a customer still', '仍活跃概率', 'percent'), fact('expectedPurchases', 'expectedPurchases', 'Purchases expected', '预期购买次数', 'count'),
      fact('expectedSpend', 'expectedSpend', 'Spend per purchase expected', '预期每次金额', 'money'), fact('clv', 'clv', 'Value to come', '未来价值', 'money'), fact('clvLow', 'clvLow', 'Value, low', '价值下限', 'money'), fact('clvHigh', 'clvHigh', 'Value, high', '价值上限', 'money'),
    ],
  },
  profit: {
    label: { en: 'Profit', zh: '利润' },
    columns: [
      fact('margin', 'margin', 'Margin', '毛利', 'money'), fact('costToServe', 'costToServe', 'Cost to serve', '服务成本', 'money'), fact('profit', 'profit', 'Profit', '利润', 'money'),
      fact('profitRate', 'profitRate', 'Profit rate', '利润率', 'percent'), fact('rank', 'profitRank', 'Rank by profit', '利润排名', 'count'),
    ],
  },
  abc: {
    label: { en: 'Class', zh: '类别' },
    columns: [fact('class', 'abcClass', 'ABC class', 'ABC 类别'), fact('rank', 'abcRank', 'Rank by money', '金额排名', 'count'), fact('share', 'abcShare', 'Share of all', '占总额', 'percent')],
  },
  churn: { label: { en: 'Churn', zh: '流失' }, columns: [fact('probability', 'churnProbability', 'Probability of churn', '流失概率', 'percent')] },
  satisfaction: {
    label: { en: 'Satisfaction', zh: '满意度' },
    columns: [fact('score', 'satisfactionScore', 'Score', '得分', 'count'), fact('index', 'satisfactionIndex', 'Index', '指数', 'count'), fact('group', 'satisfactionGroup', 'Group', '类别'), fact('label', 'satisfactionLabel', 'Satisfaction', '满意度')],
  },
  loyalty: {
    label: { en: 'Loyalty', zh: '忠诚' },
    columns: [
      key('stage', 'loyaltyStage', 'Stage key', '阶段代码'), key('rung', 'loyaltyRung', 'Rung key', '阶梯代码'), key('type', 'loyaltyType', 'Type key', '类型代码'),
      fact('label', 'loyaltyLabel', 'Loyalty', '忠诚'), fact('index', 'loyaltyIndex', 'Loyalty index', '忠诚指数', 'count'), fact('reason', 'loyaltyReason', 'Why', '原因'),
    ],
  },
  warnings: {
    label: { en: 'Warnings', zh: '预警' },
    columns: [
      fact('count', 'warnings', 'Warnings', '预警数', 'count'), { ...fact('severity', 'worstSeverity', 'Severity', '严重程度'), words: SEVERITIES }, key('rule', 'worstRule', 'Rule key', '规则代码'), fact('label', 'worstWarning', 'Warning', '预警'),
      fact('reason', 'worstReason', 'Why', '原因'), fact('moneyAtStake', 'moneyAtStake', 'Money at stake', '涉及金额', 'money'),
    ],
  },
  offers: {
    label: { en: 'Offers', zh: '推荐' },
    columns: [fact('count', 'offers', 'Offers', '推荐数', 'count'), fact('item', 'offer', 'Offer', '推荐'), key('kind', 'offerKind', 'Kind key', '类型代码'), fact('label', 'offerLabel', 'Kind', '类型'), fact('reason', 'offerReason', 'Why', '原因')],
  },
};
