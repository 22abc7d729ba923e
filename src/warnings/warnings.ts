import { checkKeys, checkWord, dateText, diagnosticsLines, type Diagnostics, type Warning } from '../core/index.js';
import { escapeHtml, showableResult, Table, table, type Showable } from '../columns/index.js';
import type { Customers, Transactions } from '../transactions/index.js';
import { logOf, STAKE_DAYS, type CustomerLog } from './customer-log.js';
import type { Judge } from './judge.js';
import { makeJudges } from './make-judges.js';
import { STANDARD_RULES, type WarningRule } from './rules.js';
import { SEVERITIES, type Severity } from './severity.js';
import { findRows, foundColumns, rankedRows, type RuleCounts } from './warning-rows.js';
import { RULE_LABELS, SEVERITY_LABELS, type Language } from './words.js';

export interface WarningsOptions {
  /** rules as data; {@link STANDARD_RULES} by default: overdue, frequency-drop, spend-drop */
  readonly rules?: readonly WarningRule[];
  /** day the warnings stand for, inclusive, 'YYYY-MM-DD'; the last date of the log by default. Rows after it are left out and counted */
  readonly asOf?: string;
  /** least severity listed, `'watch'` by default; counts by rule hold all */
  readonly from?: Severity;
  /** language of reasons and labels, `'en'` by default; keys stay */
  readonly labels?: Language;
  /** for summarized customers: column of each customer's money in the 365 days to asOf */
  readonly money?: string;
}

/** Who is slipping; shows itself as the head of the list. */
export interface WarningsResult extends Showable {
  /**
   * One row per finding, worst severity first, then most money at stake (unknown last), then id: customer, rule, severity, stage, value, limit,
   * base, score, history (`own`, `pooled`: held against all customers, `segment`: against those of the same segment, `given`), reason, moneyAtStake (net money of the 365
   * days to asOf), label (the rule in words).
   */
  readonly table: Table;
  /** one row per rule: rule, customers, judged, pooled, tooLittle (not judged), watch, warn, critical */
  readonly rules: Table;
  readonly meta: { readonly asOf: string; readonly asOfSource: 'given' | 'last-order'; readonly customers: number; readonly source: string };
  readonly diagnostics: Diagnostics;
}

/**
 * Customers who slip away, from an order log (客户流失预警): rules as data held against every customer, findings ranked.
 *
 * A rule says nothing of customers who are content, and nothing of customers with too little history, who are counted in
 * `rules`; where `overdue` holds them against all customers instead, `history` and the reason say so. The habit is the
 * customer's own, so a weekly buyer is missed after weeks and a yearly one after years.
 *
 * @param data an order log, or customers made by `summarize` (only for rules that need no single orders); not modified
 * @param options see {@link WarningsOptions}
 * @returns findings, counts per rule, diagnostics
 * @throws ClienteleError `OPTION_INVALID` naming the rule's field; `VALUE_INVALID`
 * @example
 * const found = warnings(orders, { asOf: '2026-01-31' });
 * found.table.row(0);   // { customer: 'C17', rule: 'overdue', severity: 'critical', stage: 'lost', value: 95, limit: 60, base: 20, … }
 *
 * One pass over rows gathered by customer. O(rows + findings); runs through 10 million rows on one thread.
 */
export function warnings(data: Transactions | Customers, options: WarningsOptions = {}): WarningsResult {
  const where = 'warnings';
  checkKeys(where, options, ['rules', 'asOf', 'from', 'labels', 'money']);
  const labels = checkWord(where, 'labels', options.labels ?? 'en', ['en', 'zh']);
  const from = SEVERITIES.indexOf(checkWord(where, 'from', options.from ?? 'watch', SEVERITIES));
  const log = logOf(where, data, options.asOf, options.money);
  const judges = makeJudges(where, options.rules ?? STANDARD_RULES, log);
  const found = findRows(log, judges, from);
  const columns = foundColumns(log, judges, found, rankedRows(log, found), labels);
  const rule = columns.find(([name]) => name === 'rule')![1];
  const words = judges.map(({ kind, name }) => (kind === name ? RULE_LABELS[kind]?.[labels] : undefined) ?? name);
  const all = new Table([...columns, ['label', rule.type === 'category' ? { ...rule, values: words } : rule]]);
  const rules = countsTable(log, judges, found.counts);
  const meta = { asOf: dateText(log.asOf), asOfSource: log.asOfGiven ? 'given' as const : 'last-order' as const, customers: log.count, source: log.source };
  return shown({ table: all, rules, meta, diagnostics: diagnosticsOf(log, data.diagnostics, judges, found.counts) }, labels);
}

function countsTable(log: CustomerLog, judges: readonly Judge[], counts: readonly RuleCounts[]): Table {
  const whole = (of: (own: RuleCounts) => number): Int32Array => Int32Array.from(counts, of);
  return table({
    rule: judges.map(({ name }) => name), customers: whole(() => log.count), judged: whole((own) => own.judged), pooled: whole((own) => own.pooled), tooLittle: whole((own) => own.tooLittle),
    watch: whole((own) => own.found[1]!), warn: whole((own) => own.found[2]!), critical: whole((own) => own.found[3]!),
  });
}

function diagnosticsOf(log: CustomerLog, before: Diagnostics, judges: readonly Judge[], counts: readonly RuleCounts[]): Diagnostics {
  const silent = judges.filter((_, j) => counts[j]!.judged === 0);
  const mute = silent.filter(({ replays }) => replays).map(({ name }) => name);
  const said: Warning[] = [...before.warnings, ...judges.flatMap(({ remarks = [] }) => remarks)];
  for (const { name } of silent.filter(({ replays }) => !replays)) said.push({ code: 'NOBODY_GIVEN', message: `rule ${name} judged nobody: its tables hold none of the customers of the log with what it needs. Check that their ids are written as in the log and of one type.` });
  if (mute.length > 0) said.push({ code: 'TOO_LITTLE_HISTORY', message: `no customer has history enough for ${mute.join(', ')}, so ${mute.length === 1 ? 'it is' : 'they are'} silent. Give a longer log, or rules with shorter windows.` });
  if (log.stake.some(Number.isNaN)) said.push({ code: 'MONEY_UNKNOWN', message: `summarized customers do not tell the money of the last ${STAKE_DAYS} days for those older than that. Pass the order log, or name a column of it in \`money\`.` });
  const { read, used, afterAsOf } = log.rows;
  const leftOut = log.entries === undefined ? before.rows.leftOut : { ...before.rows.leftOut, ...(afterAsOf > 0 ? { 'after-as-of': afterAsOf } : {}) };
  return {
    ...before, rows: log.entries === undefined ? before.rows : { ...before.rows, used: used + (before.rows.used - read), leftOut },
    customers: { seen: log.count + log.noPurchase, kept: log.count, leftOut: log.noPurchase > 0 ? { 'no-purchase': log.noPurchase } : {} },
    warnings: said,
  };
}

function shown(result: Omit<WarningsResult, keyof Showable>, labels: Language): WarningsResult {
  const { table: all, meta, rules } = result;
  const count = (severity: Severity): string => {
    const column = rules.has(severity) ? (rules.column(severity).data as Int32Array) : new Int32Array(0);
    return `${column.reduce((a, b) => a + b, 0)} ${SEVERITY_LABELS[severity][labels]}`;
  };
  const counts = (['critical', 'warn', 'watch'] as const).map(count);
  const given = meta.asOfSource === 'given';
  const line = labels === 'zh' ? `截至 ${meta.asOf}（${given ? '指定日期' : '最后一笔订单'}，数据来源 ${meta.source}）共 ${meta.customers} 位客户：${counts.join('、')}`
    : `${meta.customers} customers as of ${meta.asOf} (${given ? 'given; from' : 'last order in'} ${meta.source}): ${counts.join(', ')}`;
  const brief = (): Table => all.select(['customer', 'label', 'severity', 'reason', 'moneyAtStake']);
  return showableResult(result, {
    text: () => [line, '', brief().toString(), '', rules.toString(), ...diagnosticsLines(result.diagnostics)].join('\n'),
    html: () => `<p>${escapeHtml(line)}</p>${brief().toHTML()}${rules.toHTML()}`,
  });
}
