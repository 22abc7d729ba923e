import { categoryColumn, cellOf, Table, type Column } from '../../columns/index.js';
import type { Language } from '../format.js';

/** Headings of the tables of a survey, by their column. */
const HEADINGS: Readonly<Record<Language, Readonly<Record<string, string>>>> = {
  en: {
    group: 'Group', wave: 'Wave', item: 'Item', items: 'Items', dimension: 'Dimension', figure: 'Figure', component: 'Component', feature: 'Feature', label: 'Name', asked: 'Asked', n: 'Answers', effectiveN: 'Effective answers',
    value: 'Value', standardError: 'Standard error', low: 'Low', high: 'High', publish: 'Publish', promoters: 'Promoters', passives: 'Passives', detractors: 'Detractors', state: 'State', stateLabel: 'State', sure: 'Sure',
    from: 'From', to: 'To', difference: 'Difference', statistic: 'Statistic', p: 'p', pAdjusted: 'p, corrected', different: 'Different',
    correlation: 'Correlation', correlationError: 'its error', correlationLow: 'low', correlationHigh: 'high', coefficient: 'Coefficient', coefficientError: 'its error', coefficientLow: 'low', coefficientHigh: 'high', inflation: 'Inflation',
    relativeWeight: 'Relative weight', relativeWeightError: 'its error', relativeWeightLow: 'low', relativeWeightHigh: 'high', share: 'Share', explained: 'Explained (R²)',
    importance: 'Importance', importanceError: 'its error', importanceLow: 'low', importanceHigh: 'high', performance: 'Performance', performanceError: 'its error', performanceLow: 'low', performanceHigh: 'high',
    quadrant: 'Quadrant', quadrantLabel: 'Quadrant', importanceCut: 'Importance, cut', performanceCut: 'Performance, cut', category: 'Category', clear: 'Clear',
    better: 'Better', betterError: 'its error', betterLow: 'low', betterHigh: 'high', worse: 'Worse', worseError: 'its error', worseLow: 'low', worseHigh: 'high', questionable: 'Questionable',
    mean: 'Mean', sd: 'Standard deviation', restCorrelation: 'Correlation with the rest', alphaWithout: 'Alpha without', events: 'Faults', units: 'Units', topic: 'Topic', complaints: 'Complaints', cost: 'Cost', cumulated: 'Cumulated', vital: 'Vital',
  },
  zh: {
    group: '分组', wave: '波次', item: '项目', items: '项目组', dimension: '维度', figure: '指标', component: '分项', feature: '功能', label: '名称', asked: '询问数', n: '答卷数', effectiveN: '有效答卷数',
    value: '数值', standardError: '标准误', low: '下限', high: '上限', publish: '可发布', promoters: '推荐者', passives: '中立者', detractors: '贬损者', state: '状态', stateLabel: '状态', sure: '确定',
    from: '自', to: '至', difference: '差异', statistic: '统计量', p: 'p 值', pAdjusted: '校正 p 值', different: '显著',
    correlation: '相关系数', correlationError: '其标准误', correlationLow: '下限', correlationHigh: '上限', coefficient: '回归系数', coefficientError: '其标准误', coefficientLow: '下限', coefficientHigh: '上限', inflation: '方差膨胀',
    relativeWeight: '相对权重', relativeWeightError: '其标准误', relativeWeightLow: '下限', relativeWeightHigh: '上限', share: '占比', explained: '解释度（R²）',
    importance: '重要性', importanceError: '其标准误', importanceLow: '下限', importanceHigh: '上限', performance: '绩效', performanceError: '其标准误', performanceLow: '下限', performanceHigh: '上限',
    quadrant: '象限', quadrantLabel: '象限', importanceCut: '重要性分界', performanceCut: '绩效分界', category: '类别', clear: '明确',
    better: '满意系数', betterError: '其标准误', betterLow: '下限', betterHigh: '上限', worse: '不满意系数', worseError: '其标准误', worseLow: '下限', worseHigh: '上限', questionable: '可疑占比',
    mean: '均值', sd: '标准差', restCorrelation: '与其余项的相关', alphaWithout: '去除后的 α', events: '问题数', units: '单位数', topic: '主题', complaints: '投诉数', cost: '费用', cumulated: '累计', vital: '关键',
  },
};

const YES_NO: Readonly<Record<Language, readonly [no: string, yes: string]>> = { en: ['no', 'yes'], zh: ['否', '是'] };
/** Keys beside which a label stands. */
const LABELLED: Readonly<Record<string, string>> = { state: 'stateLabel', quadrant: 'quadrantLabel' };

/** A table as people read it: headings in words, yes and no in words; a key is left out where its label stands beside it. */
export function readableTable(table: Table, language: Language): { readonly headings: readonly string[]; readonly table: Table } {
  const names = table.names.filter((name) => !(Object.hasOwn(LABELLED, name) && table.has(LABELLED[name]!)));
  const own = HEADINGS[language];
  return {
    headings: names.map((name) => (Object.hasOwn(own, name) ? own[name]! : name)),
    table: new Table(names.map((name) => [name, inWords(table.column(name), language)] as const)),
  };
}

function inWords(column: Column, language: Language): Column {
  if (column.type !== 'flag') return column;
  return categoryColumn(Array.from({ length: column.data.length }, (_, row) => {
    const cell = cellOf(column, row);
    return cell === null ? null : YES_NO[language][cell === true ? 1 : 0];
  }));
}
