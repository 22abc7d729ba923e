import { Table } from '../columns/index.js';
import type { Language } from './words.js';

/** Chinese headings; in English the names of the columns are the headings. */
const HEADINGS: Readonly<Record<string, string>> = {
  cohort: '首次购买', size: '客户数', running: '未结束的期', offset: '之后第几期', active: '购买客户数', rate: '占比', revenueRate: '金额留存率', group: '分组', overall: '合计行', customers: '客户数', repeatCustomers: '再次购买客户数',
  low: '下限', high: '上限', orders: '订单数', ordersPerCustomer: '人均订单数', repeatOrderShare: '重复订单占比', order: '第几单', next: '有下一单的客户数', rung: '阶梯代码', stage: '阶段代码', label: '名称', share: '占比',
  item: '题目代码', weight: '权重', n: '回答数', mean: '均值',
};

/** A table as people read it: Chinese headings over the same columns, for text and HTML only. */
export function shown(table: Table, language: Language): Table {
  if (language === 'en') return table;
  return new Table([...table.entries()].map(([name, column]) => [Object.hasOwn(HEADINGS, name) ? HEADINGS[name]! : name, column]));
}
