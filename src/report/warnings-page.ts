import { checkKeys, checkWhole, checkWord, notThisResult } from '../core/index.js';
import { cellOf, isTable, numbersOf, type Table } from '../columns/index.js';
import { ruleLabel, SEVERITIES, type Alerts, type WarningsResult } from '../warnings/index.js';
import { formatsOf, localeOf, type Formats, type Language } from './format.js';
import { plainDocumentOf } from './page/document.js';
import { html, NOTHING, type Html } from './page/html.js';

/** How the page is written. */
export interface WarningsPageOptions {
  /** `'en'` (default) or `'zh'`; reasons keep the language they were found in */
  readonly language?: Language;
  /** how numbers are written, as a language tag: `'de-DE'`; that of the language by default */
  readonly locale?: string;
  /** heading of the page */
  readonly title?: string;
  /** what `alerts` said of the same day: the page then begins with what is new */
  readonly alerts?: Pick<Alerts, 'alerts' | 'digest'>;
  /** most findings in the list, the worst first; 500 by default, 0 for none. How many are left out is said. */
  readonly most?: number;
}

interface Words {
  readonly title: string;
  asOf(day: string, source: string, customers: string): string;
  readonly severities: Readonly<Record<(typeof SEVERITIES)[number], string>>;
  readonly news: string;
  readonly kinds: Readonly<Record<'new' | 'worse' | 'cleared' | 'reminder', string>>;
  readonly quiet: string;
  readonly list: string;
  leftOut(shown: string, all: string): string;
  readonly nothing: string;
  readonly rules: string;
  readonly remarks: string;
  readonly columns: Readonly<Record<'customer' | 'rule' | 'severity' | 'reason' | 'money' | 'alert' | 'judged' | 'pooled' | 'tooLittle', string>>;
}

const WORDS: Readonly<Record<Language, Words>> = {
  en: {
    title: 'Customers who slip away', asOf: (day, source, customers) => `${customers} customers as of ${day}, from ${source}`, severities: { info: 'For information', watch: 'Watch', warn: 'Warning', critical: 'Critical' },
    news: 'New since the last run', kinds: { new: 'new', worse: 'worse', cleared: 'cleared', reminder: 'reminder' }, quiet: 'Nothing new since the last run.', list: 'All findings, worst first',
    leftOut: (shown, all) => `The first ${shown} of ${all}.`, nothing: 'No rule found anything.', rules: 'Rules', remarks: 'Remarks',
    columns: { customer: 'Customer', rule: 'Rule', severity: 'Severity', reason: 'Reason', money: 'Money at stake', alert: 'Alert', judged: 'Judged', pooled: 'Held against others', tooLittle: 'Too little history' },
  },
  zh: {
    title: '正在流失的客户', asOf: (day, source, customers) => `截至 ${day}，${customers} 位客户，数据来自 ${source}`, severities: { info: '提示', watch: '关注', warn: '预警', critical: '严重' },
    news: '自上次运行以来的新情况', kinds: { new: '新增', worse: '恶化', cleared: '解除', reminder: '提醒' }, quiet: '自上次运行以来没有新情况。', list: '全部预警（从最严重起）',
    leftOut: (shown, all) => `共 ${all} 条，显示前 ${shown} 条。`, nothing: '没有规则发出预警。', rules: '规则', remarks: '备注',
    columns: { customer: '客户', rule: '规则', severity: '级别', reason: '原因', money: '相关金额', alert: '预警', judged: '已判断', pooled: '参照其他客户', tooLittle: '历史不足' },
  },
};

/**
 * One HTML page about customers who slip away: how many, what is new since the last run, the findings ranked, and what each
 * rule could judge. One file without script; nothing is loaded, all text is escaped.
 *
 * @param found a result of `warnings`
 * @returns the page as text
 * @throws ClienteleError `VALUE_INVALID` for something else; `OPTION_INVALID`
 * @example
 * writeFileSync('warnings.html', warningsPage(warnings(orders), { alerts: week }));
 */
export function warningsPage(found: WarningsResult, options: WarningsPageOptions = {}): string {
  const where = 'warningsPage';
  checkKeys(where, options, ['language', 'locale', 'title', 'alerts', 'most']);
  const language = checkWord(where, 'language', options.language ?? 'en', ['en', 'zh']);
  const formats = formatsOf(localeOf(where, language, options.locale));
  const most = checkWhole(where, 'most', options.most ?? 500, 0);
  if (typeof found !== 'object' || found === null || !isTable(found.table) || !isTable(found.rules) || typeof found.meta !== 'object') throw notThisResult(where, found, 'a result of warnings', 'Pass what warnings(orders) returned.');
  const words = WORDS[language];
  const title = options.title ?? words.title;
  const { meta } = found;
  return plainDocumentOf({
    language, title,
    main: [
      html`<p class="as-of">${words.asOf(meta.asOf, meta.source, formats.count(meta.customers))}</p>`,
      figures(where, found.rules, words, formats),
      options.alerts === undefined ? NOTHING : newsOf(options.alerts, words, formats, most, language),
      findingsOf(where, found.table, words, formats, most),
      rulesOf(where, found.rules, words, formats, language),
      found.diagnostics.warnings.length === 0 ? NOTHING : html`<h2>${words.remarks}</h2><ul>${found.diagnostics.warnings.map(({ message }) => html`<li>${message}</li>`)}</ul>`,
    ],
  });
}

/** Findings by severity, over all rules. */
function figures(where: string, rules: Table, words: Words, formats: Formats): Html {
  const counts = (['critical', 'warn', 'watch'] as const).map((severity) => html`<div><dt>${words.severities[severity]}</dt><dd>${formats.count(numbersOf(where, rules, severity).reduce((a, b) => a + b, 0))}</dd></div>`);
  return html`<dl class="figures">${counts}</dl>`;
}

function newsOf({ alerts }: Pick<Alerts, 'alerts' | 'digest'>, words: Words, formats: Formats, most: number, language: Language): Html {
  if (alerts.length === 0) return html`<h2>${words.news}</h2><p>${words.quiet}</p>`;
  const { columns } = words;
  const rows = alerts.slice(0, most).map((alert) => html`<tr><td>${words.kinds[alert.kind]}</td><td>${words.severities[SEVERITIES[alert.rank]!]}</td><th scope="row">${alert.customer}</th><td>${ruleLabel(alert.rule, language)}</td><td>${alert.reason}</td><td class="number">${formats.money(alert.moneyAtStake ?? NaN)}</td></tr>`);
  const left = alerts.length > most ? html`<p>${words.leftOut(formats.count(most), formats.count(alerts.length))}</p>` : NOTHING;
  return html`<h2>${words.news}</h2>${left}${tableOf([columns.alert, columns.severity, columns.customer, columns.rule, columns.reason], [columns.money], rows)}`;
}

function findingsOf(where: string, table: Table, words: Words, formats: Formats, most: number): Html {
  if (table.numRows === 0) return html`<h2>${words.list}</h2><p>${words.nothing}</p>`;
  const shown = Math.min(most, table.numRows);
  const left = shown < table.numRows ? html`<p>${words.leftOut(formats.count(shown), formats.count(table.numRows))}</p>` : NOTHING;
  const [customer, label, severity, reason] = ['customer', 'label', 'severity', 'reason'].map((name) => table.column(name));
  const money = numbersOf(where, table, 'moneyAtStake');
  const rows = Array.from({ length: shown }, (_, i) => html`<tr><th scope="row">${String(cellOf(customer!, i))}</th><td>${words.severities[cellOf(severity!, i) as (typeof SEVERITIES)[number]]}</td><td>${String(cellOf(label!, i))}</td><td>${String(cellOf(reason!, i))}</td><td class="number">${formats.money(money[i]!)}</td></tr>`);
  const { columns } = words;
  return html`<h2>${words.list}</h2>${left}${shown === 0 ? NOTHING : tableOf([columns.customer, columns.severity, columns.rule, columns.reason], [columns.money], rows)}`;
}

function rulesOf(where: string, rules: Table, words: Words, formats: Formats, language: Language): Html {
  const names = ['judged', 'pooled', 'tooLittle', 'watch', 'warn', 'critical'] as const;
  const numbers = names.map((name) => numbersOf(where, rules, name));
  const rows = Array.from({ length: rules.numRows }, (_, i) => html`<tr><th scope="row">${ruleLabel(String(cellOf(rules.column('rule'), i)), language)}</th>${numbers.map((column) => html`<td class="number">${formats.count(column[i]!)}</td>`)}</tr>`);
  const { columns, severities } = words;
  return html`<h2>${words.rules}</h2>${tableOf([columns.rule], [columns.judged, columns.pooled, columns.tooLittle, severities.watch, severities.warn, severities.critical], rows)}`;
}

function tableOf(texts: readonly string[], numbers: readonly string[], rows: readonly Html[]): Html {
  return html`<div class="wide" tabindex="0"><table><thead><tr>${texts.map((name) => html`<th scope="col">${name}</th>`)}${numbers.map((name) => html`<th scope="col" class="number">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
}
