/** What the measures of customers are called by people; everything that names a measure looks here. */
export const MEASURE_LABELS: ReadonlyMap<string, { readonly en: string; readonly zh: string }> = new Map([
  ['recency', { en: 'Days since last order', zh: '距上次购买天数' }],
  ['frequency', { en: 'Orders', zh: '订单数' }],
  ['monetary', { en: 'Money', zh: '金额' }],
  ['revenue', { en: 'Revenue', zh: '销售额' }],
  ['tenure', { en: 'Days since first order', zh: '距首次购买天数' }],
  ['span', { en: 'Days from first to last order', zh: '首末次购买间隔天数' }],
  ['repeats', { en: 'Repeat order days', zh: '复购日数' }],
  ['meanRepeatSpend', { en: 'Mean money of a repeat day', zh: '复购日平均金额' }],
  ['gapMean', { en: 'Mean days between orders', zh: '平均购买间隔天数' }],
  ['gapSd', { en: 'Standard deviation of days between orders', zh: '购买间隔标准差' }],
]);

/** A measure's name in a sentence: its column's in English, as the docs and the data have it; a column of the user's own keeps its name. */
export function measureLabel(column: string, language: 'en' | 'zh'): string {
  return language === 'en' ? column : MEASURE_LABELS.get(column)?.zh ?? column;
}
