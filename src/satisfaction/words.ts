/** Names of the measures. */
export const MEASURES = {
  en: {
    nps: 'Net promoter score', csat: 'Customer satisfaction (share satisfied)', ces: 'Customer effort score', acsi: 'Satisfaction index (0 to 100)', index: 'Satisfaction index C = perceived / expected',
    servqual: 'SERVQUAL: perceived minus expected', deliveredValue: 'Delivered value', importancePerformance: 'Importance and performance', kano: 'Kano categories', thingsGoneWrong: 'Things gone wrong',
    itemGroups: 'Weighted item groups (0 to 100)', cronbachAlpha: "Cronbach's alpha", responseRate: 'Response rate', complaintEffect: 'Effect of complaints', complaintPareto: 'Where complaints concentrate', drivers: 'Drivers of overall satisfaction',
  },
  zh: {
    nps: '净推荐值', csat: '满意率', ces: '客户费力度', acsi: '顾客满意度指数（0 至 100）', index: '满意度指数 C = 感知 / 期望',
    servqual: 'SERVQUAL：感知减期望', deliveredValue: '顾客让渡价值', importancePerformance: '重要性与绩效', kano: 'Kano 类别', thingsGoneWrong: '问题发生率',
    itemGroups: '加权指标组（0 至 100）', cronbachAlpha: '克朗巴赫 α 系数', responseRate: '应答率', complaintEffect: '投诉的影响', complaintPareto: '投诉集中在哪里', drivers: '总体满意度的驱动因素',
  },
} as const;

type Labels = Readonly<Record<'en' | 'zh', Readonly<Record<string, string>>>>;

/** A key's label; a key of the user's own stays as it is. */
export function labelOf(labels: Labels, language: 'en' | 'zh', key: string): string {
  const own = labels[language];
  return Object.hasOwn(own, key) ? own[key]! : key;
}

export const STATES: Labels = {
  en: { disappointed: 'Disappointed', satisfied: 'Satisfied', delighted: 'Delighted' },
  zh: { disappointed: '失望', satisfied: '满意', delighted: '惊喜' },
};

export const DIMENSIONS: Labels = {
  en: { tangibles: 'Tangibles', reliability: 'Reliability', responsiveness: 'Responsiveness', assurance: 'Assurance', empathy: 'Empathy', unweighted: 'Unweighted', weighted: 'Weighted' },
  zh: { tangibles: '有形性', reliability: '可靠性', responsiveness: '响应性', assurance: '保证性', empathy: '移情性', unweighted: '未加权', weighted: '加权' },
};

export const COMPONENTS: Labels = {
  en: { product: 'Product value', service: 'Service value', personnel: 'Personnel value', image: 'Image value', money: 'Money cost', time: 'Time cost', energy: 'Energy cost', psychic: 'Psychic cost', value: 'Total value', cost: 'Total cost', difference: 'Delivered value (difference)', ratio: 'Delivered value (ratio)' },
  zh: { product: '产品价值', service: '服务价值', personnel: '人员价值', image: '形象价值', money: '货币成本', time: '时间成本', energy: '体力成本', psychic: '精神成本', value: '顾客总价值', cost: '顾客总成本', difference: '让渡价值（差）', ratio: '让渡价值（比）' },
};

export const ITEM_GROUPS: Labels = {
  en: { hard: 'Hard indicators', soft: 'Soft indicators', material: 'Material level', spiritual: 'Spiritual level', social: 'Social level', total: 'Total' },
  zh: { hard: '硬指标', soft: '软指标', material: '物质满意层', spiritual: '精神满意层', social: '社会满意层', total: '总计' },
};

export const QUADRANTS: Labels = {
  en: { concentrate_here: 'Concentrate here', keep_up: 'Keep up the good work', low_priority: 'Low priority', possible_overkill: 'Possible overkill' },
  zh: { concentrate_here: '重点改进', keep_up: '继续保持', low_priority: '次要改进', possible_overkill: '可能过度' },
};

export const KANO_CATEGORIES: Labels = {
  en: { M: 'Must-be', O: 'One-dimensional', A: 'Attractive', I: 'Indifferent', R: 'Reverse', Q: 'Questionable' },
  zh: { M: '必备', O: '期望', A: '魅力', I: '无差异', R: '反向', Q: '可疑' },
};

export const COMPLAINT_ROWS: Labels = {
  en: { silent: 'Did not complain', quick: 'Complained, settled quickly', slow: 'Complained, settled slowly', unsatisfied: 'Complained, not satisfied', total: 'Total' },
  zh: { silent: '未投诉', quick: '投诉后迅速解决', slow: '投诉后较慢解决', unsatisfied: '投诉后仍不满意', total: '总计' },
};

export const DRIVER_FIGURES: Labels = {
  en: { correlation: 'correlation', relativeWeight: 'relative weight', importance: 'importance', performance: 'performance' },
  zh: { correlation: '相关系数', relativeWeight: '相对权重', importance: '重要性', performance: '绩效' },
};

export const KANO_COEFFICIENTS: Labels = {
  en: { better: 'better', worse: 'worse' },
  zh: { better: '满意系数', worse: '不满意系数' },
};

/** What all answers together are called. */
export const ALL_ANSWERS = { en: 'all answers', zh: '全部答卷' } as const;
