import type { Language } from '../format.js';

/** What the charts of churn and early warning say, in one language. */
export interface ChurnWords {
  readonly survival: { readonly title: string; readonly time: string; readonly share: string; readonly all: string; readonly group: string; about(customers: string, events: string): string };
  readonly control: { readonly titles: Readonly<Record<'ewma' | 'cusum' | 'shewhart', string>>; readonly period: string; readonly value: string; readonly sums: string; readonly alarm: string; readonly smooth: string; readonly plus: string; readonly minus: string; readonly series: string; about(mean: string, base: string, alarms: string): string };
  readonly ageing: { readonly title: string; readonly bucket: string; readonly open: string; readonly invoices: string; readonly names: Readonly<Record<'not_due' | 'credit', string>>; days(bucket: string): string; about(open: string, overdue: string, share: string): string };
  readonly churn: { readonly title: string; readonly rate: string; readonly group: string; readonly ofChurn: string; readonly limits: string; about(churned: string, customers: string): string };
  readonly alerts: { readonly title: string; readonly kinds: Readonly<Record<'new' | 'worse' | 'cleared' | 'reminder', string>>; readonly kind: string; readonly day: string; readonly subject: string; readonly reason: string; about(runs: string, alerts: string): string; others(count: string): string };
  readonly roc: { readonly roc: string; readonly precisionRecall: string; readonly recall: string; readonly precision: string; readonly falseAlarms: string; readonly rule: string; readonly threshold: string; readonly perThousand: string; readonly chance: string; about(cutoff: string, horizon: string, customers: string, lost: string): string };
}

const WORDS: Readonly<Record<Language, ChurnWords>> = {
  en: {
    survival: { title: 'How long customers stay', time: 'Time', share: 'Share still there', all: 'all', group: 'Group', about: (customers, events) => `${customers} customers, ${events} left` },
    control: {
      titles: { ewma: 'Control chart: EWMA', cusum: 'Control chart: CUSUM', shewhart: 'Control chart: Shewhart' }, period: 'Period', value: 'value', sums: 'Standard deviations summed', alarm: 'alarm', smooth: 'smoothed', plus: 'above', minus: 'below', series: 'Series',
      about: (mean, base, alarms) => `base: mean ${mean} of the first ${base} periods; alarms: ${alarms}`,
    },
    ageing: { title: 'What is owed, and for how long', bucket: 'Days past due', open: 'Open', invoices: 'Invoices', names: { not_due: 'not due', credit: 'overpaid' }, days: (bucket) => bucket, about: (open, overdue, share) => `${open} open, ${overdue} overdue (${share})` },
    churn: { title: 'Where churn happens', rate: 'Share that left', group: 'Group', ofChurn: 'of all churn', limits: 'limits', about: (churned, customers) => `${churned} of ${customers} customers left` },
    alerts: {
      title: 'Alerts over time', kinds: { new: 'new', worse: 'worse', cleared: 'cleared', reminder: 'reminder' }, kind: 'Alert', day: 'Day', subject: 'Customer and rule', reason: 'Reason',
      about: (runs, alerts) => `${runs} runs, ${alerts} alerts`, others: (count) => `, the ${count} with the worst or most shown`,
    },
    roc: {
      roc: 'Do the rules tell who will be lost? (ROC)', precisionRecall: 'Do the rules tell who will be lost? (precision and recall)', recall: 'Lost customers caught', precision: 'Alarms that were right', falseAlarms: 'Staying customers alarmed', rule: 'Rule',
      threshold: 'Threshold', perThousand: 'Alarms per 1,000', chance: 'chance', about: (cutoff, horizon, customers, lost) => `${customers} customers on ${cutoff}; ${lost} lost in the ${horizon} days after it`,
    },
  },
  zh: {
    survival: { title: '客户留存多久', time: '时长', share: '留存比例', all: '全部', group: '组', about: (customers, events) => `${customers} 位客户，其中 ${events} 位流失` },
    control: {
      titles: { ewma: '控制图：EWMA', cusum: '控制图：CUSUM', shewhart: '控制图：休哈特' }, period: '期', value: '数值', sums: '累计标准差', alarm: '预警', smooth: '平滑值', plus: '偏高', minus: '偏低', series: '序列',
      about: (mean, base, alarms) => `基准：前 ${base} 期平均 ${mean}；预警 ${alarms} 次`,
    },
    ageing: { title: '应收账款账龄', bucket: '逾期天数', open: '未收金额', invoices: '发票数', names: { not_due: '未到期', credit: '多付' }, days: (bucket) => `${bucket} 天`, about: (open, overdue, share) => `未收 ${open}，其中逾期 ${overdue}（${share}）` },
    churn: { title: '流失分布', rate: '流失率', group: '组', ofChurn: '占全部流失', limits: '区间', about: (churned, customers) => `${customers} 位客户中 ${churned} 位流失` },
    alerts: {
      title: '预警时间线', kinds: { new: '新增', worse: '恶化', cleared: '解除', reminder: '提醒' }, kind: '预警', day: '日期', subject: '客户与规则', reason: '原因',
      about: (runs, alerts) => `运行 ${runs} 次，预警 ${alerts} 条`, others: (count) => `，只显示最严重或最多的 ${count} 个`,
    },
    roc: {
      roc: '规则能否识别将流失的客户（ROC）', precisionRecall: '规则能否识别将流失的客户（精确率与召回率）', recall: '识别出的流失客户', precision: '预警正确的比例', falseAlarms: '误报的留存客户', rule: '规则',
      threshold: '阈值', perThousand: '每千人预警数', chance: '随机', about: (cutoff, horizon, customers, lost) => `截至 ${cutoff} 的 ${customers} 位客户；其后 ${horizon} 天流失 ${lost} 位`,
    },
  },
};

/** The wording of the charts of churn and early warning in a language. */
export function churnWords(language: Language): ChurnWords {
  return WORDS[language];
}
