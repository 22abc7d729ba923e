import { notThisResult } from '../core/index.js';
import { RULE_LABELS, type Language } from './words.js';

/** Rules of operations, beside those of orders. */
const OPERATIONS: Readonly<Record<string, string>> = {
  'receivables': '应收逾期', 'credit-limit': '信用额度超限', 'sales-progress': '销售进度', 'sales-expense-ratio': '销售费用率', 'sales-expense-amount': '销售费用额', 'major-change': '重大变故',
};

/** A rule's name on a page or a chart: its key in English, as the tables have it; in Chinese its label, a name of your own as it is. */
export function ruleLabel(rule: string, language: Language): string {
  if (typeof rule !== 'string') throw notThisResult('ruleLabel', rule, 'the key of a rule', "Pass its text: 'overdue'.");
  if (language === 'en') return rule;
  const [kind, measure] = rule.startsWith('major-change: ') ? ['major-change', rule.slice('major-change: '.length)] : [rule, undefined];
  const label = Object.hasOwn(RULE_LABELS, kind) ? RULE_LABELS[kind]!.zh : Object.hasOwn(OPERATIONS, kind) ? OPERATIONS[kind]! : rule;
  return measure === undefined ? label : `${label}：${measure}`;
}
