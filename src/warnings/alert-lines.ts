import { notThisResult } from '../core/index.js';
import type { Alert, AlertDigest } from './alert-state.js';
import { ruleLabel } from './rule-label.js';
import { SEVERITIES } from './severity.js';
import { SEVERITY_LABELS, type Language } from './words.js';

const COUNTS: Readonly<Record<keyof AlertDigest, string>> = { new: '新增', worse: '恶化', cleared: '解除', reminder: '提醒', open: '未结', muted: '静默', unconfirmed: '待确认', quiet: '无变化' };

/** What a run told and held back, counted. */
export function digestLine(digest: AlertDigest, language: Language): string {
  if (typeof digest !== 'object' || digest === null || typeof digest.open !== 'number') throw notThisResult('digestLine', digest, 'a digest of alerts', 'Pass alerts(…).digest.');
  const counts = Object.entries(digest) as [keyof AlertDigest, number][];
  return language === 'zh' ? counts.map(([name, n]) => `${COUNTS[name]} ${n}`).join('，') : counts.map(([name, n]) => `${n} ${name}`).join(', ');
}

/** One alert in a line: what happened, how bad, to whom, by which rule, why. */
export function alertLine(alert: Alert, language: Language): string {
  if (typeof alert !== 'object' || alert === null || !Object.hasOwn(COUNTS, alert.kind) || SEVERITIES[alert.rank] === undefined) throw notThisResult('alertLine', alert, 'an alert', 'Pass one of alerts(…).alerts.');
  const { kind, rank, customer, rule, reason } = alert;
  const severity = SEVERITIES[rank]!;
  if (language === 'zh') return `${COUNTS[kind]} ${SEVERITY_LABELS[severity].zh} ${customer} ${ruleLabel(rule, language)}${reason === '' ? '' : `：${reason}`}`;
  return `${kind.toUpperCase()} ${severity} ${customer} ${rule}${reason === '' ? '' : `: ${reason}`}`;
}
