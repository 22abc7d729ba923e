import { OCTANTS } from './octants.js';

/** What the segments of the built-in maps are called, by their key: clusters that take their names from segments too. */
export const SEGMENT_LABELS: ReadonlyMap<string, { readonly en: string; readonly zh: string }> = new Map([
  ['champions', { en: 'Champions', zh: '冠军客户' }],
  ['loyal', { en: 'Loyal', zh: '忠诚客户' }],
  ['potential_loyalist', { en: 'Potential loyalists', zh: '潜在忠诚客户' }],
  ['new', { en: 'New', zh: '新客户' }],
  ['promising', { en: 'Promising', zh: '有希望的客户' }],
  ['need_attention', { en: 'Need attention', zh: '需要关注的客户' }],
  ['about_to_sleep', { en: 'About to sleep', zh: '即将沉睡的客户' }],
  ['at_risk', { en: 'At risk', zh: '流失风险客户' }],
  ['cannot_lose', { en: 'Cannot lose', zh: '不能失去的客户' }],
  ['hibernating', { en: 'Hibernating', zh: '休眠客户' }],
  ['lost', { en: 'Lost', zh: '已流失客户' }],
  ['recent', { en: 'Recent', zh: '近期客户' }],
  ['inactive', { en: 'Inactive', zh: '不活跃客户' }],
  ['prospect', { en: 'Prospects', zh: '潜在客户' }],
  ['others', { en: 'Others', zh: '其他客户' }],
  ...OCTANTS.map(({ key, label }) => [key, label] as const),
]);
