import { checkKeys, checkWord, ClienteleError, diagnosticsLines, notThisResult, optionInvalid, type Diagnostics } from '../core/index.js';
import { cellFormatter, isTable, type Table } from '../columns/index.js';
import type { ComplaintPareto, Drivers, ImportancePerformance, KanoResult, SurveyResult } from '../satisfaction/index.js';
import type { Chart, ChartOptions } from './chart/chart.js';
import * as charts from './chart/index.js';
import { localeOf, type Language } from './format.js';
import { chartFigure } from './page/charts.js';
import { documentOf } from './page/document.js';
import { html, NOTHING, type Html } from './page/html.js';
import { readableTable } from './page/survey-columns.js';

/** What a page about a survey can hold. */
export type SurveyPart = SurveyResult | KanoResult | Drivers | ImportancePerformance | ComplaintPareto;

/** How the page is written. */
export interface SurveyPageOptions {
  /** `'en'` (default) or `'zh'`; labels of results keep the language they were made with */
  readonly language?: Language;
  /** how numbers of charts are written, as a language tag; that of the language by default */
  readonly locale?: string;
  /** heading of the page */
  readonly title?: string;
  /** a line below it: which file, how many rows */
  readonly source?: string;
}

const WORDS = {
  en: { title: 'What customers say', skip: 'Skip to the results', noScript: 'Charts need a script; every table stands here without.', differences: 'Differences tested', components: 'Components', items: 'Items', models: 'What the items explain together', cuts: 'Where low ends and high begins', remarks: 'Remarks', limits: (level: string) => `Low and high are ${level} confidence limits; publish says whether there are enough answers.` },
  zh: { title: '客户之声', skip: '跳到结果', noScript: '图表需要脚本；所有表格不需要。', differences: '差异检验', components: '分项', items: '项目', models: '项目共同解释的部分', cuts: '高低的分界', remarks: '说明', limits: (level: string) => `下限与上限为 ${level} 置信限；“可发布”表示答卷足够。` },
} as const;

/** Names of the options. */
export const SURVEY_PAGE_OPTIONS: readonly string[] = ['language', 'locale', 'title', 'source'];

/**
 * One HTML page about the results of a survey: each figure with its chart, table, tested differences and remarks.
 *
 * It is one file and works offline, as {@link reportPage}'s. All text is escaped.
 *
 * @param parts results of `nps`, `csat`, `acsi`, `kano`, `importancePerformance`, `drivers` …, in the order they are to stand
 * @returns the page as text
 * @throws ClienteleError (as a rejected promise) `OPTION_INVALID`; `VALUE_INVALID` for no results, or what is none
 * @example
 * const page = await surveyPage([nps(answers, { wave: 'quarter' }), kano(features)], { title: 'Spring survey' });
 */
export async function surveyPage(parts: readonly SurveyPart[], options: SurveyPageOptions = {}): Promise<string> {
  const where = 'surveyPage';
  checkKeys(where, options, SURVEY_PAGE_OPTIONS);
  const language = checkWord(where, 'language', options.language ?? 'en', ['en', 'zh']);
  const locale = localeOf(where, language, options.locale);
  for (const name of ['title', 'source'] as const) if (options[name] !== undefined && typeof options[name] !== 'string') throw optionInvalid(where, name, options[name], 'Give text.');
  if (!Array.isArray(parts) || parts.length === 0) throw new ClienteleError('VALUE_INVALID', { where }, 'there are no results.', 'Pass what nps, csat, kano and the like returned, in a list.');
  for (const part of parts as readonly unknown[]) if (typeof part !== 'object' || part === null || !('table' in part) || !isTable(part.table) || !('label' in part)) throw notThisResult(where, part, 'a result of a survey', 'Pass what nps, csat, kano and the like returned.');
  const words = WORDS[language];
  const sections = parts.map((part: SurveyPart, i) => section(part, i, { language, locale }));
  return documentOf({
    language, title: options.title ?? words.title, skip: { to: 'part-1', text: words.skip },
    main: [options.source === undefined ? NOTHING : html`<p class="as-of" dir="auto">${options.source}</p>`, html`<noscript><p>${words.noScript}</p></noscript>`, ...sections],
  });
}

function section(part: SurveyPart, i: number, options: ChartOptions & { readonly language: Language }): Html {
  const words = WORDS[options.language];
  const make = chartOf(part, options);
  const remarks = diagnosticsLines(part.diagnostics as Diagnostics);
  const more = (['components', 'items', 'models', 'cuts', 'differences'] as const).flatMap((name): Html[] => {
    const table = (part as unknown as Record<string, unknown>)[name];
    return isTable(table) && table.numRows > 0 ? [html`<h3>${words[name]}</h3>${tableHtml(table, options.language)}`] : [];
  });
  return html`<section id="part-${i + 1}"><h2 dir="auto">${part.label}</h2>${'level' in part ? html`<p>${words.limits(`${Math.round(part.level * 1000) / 10}%`)}</p>` : NOTHING}${make === undefined ? NOTHING : html`<div class="charts">${chartFigure(`chart-${i + 1}`, make)}</div>`}
${tableHtml(part.table, options.language)}${more}${remarks.length === 0 ? NOTHING : html`<h3>${words.remarks}</h3><ul>${remarks.map((line) => html`<li dir="auto">${line}</li>`)}</ul>`}</section>`;
}

function chartOf(part: SurveyPart, options: ChartOptions): (() => Chart) | undefined {
  if ('cuts' in part) return () => charts.importancePerformance(part, options);
  if ('vital' in part) return () => charts.complaintPareto(part, options);
  // One figure alone needs no picture.
  if ('models' in part || part.table.numRows === 1) return undefined;
  if (part.measure === 'kano') return () => charts.kanoMap(part as KanoResult, options);
  return () => charts.surveyTrend(part as SurveyResult, options);
}

const ROWS_SHOWN = 200;

function tableHtml(table: Table, language: Language): Html {
  const { headings, table: shown } = readableTable(table, language);
  const rows = Math.min(ROWS_SHOWN, shown.numRows);
  const columns = shown.names.map((name) => ({ right: ['number', 'integer'].includes(shown.column(name).type), format: cellFormatter(shown.column(name), rows) }));
  const cell = ({ right, format }: (typeof columns)[number], row: number): Html => (right ? html`<td class="number">${format(row)}</td>` : html`<td dir="auto">${format(row)}</td>`);
  const body = Array.from({ length: rows }, (_, row) => html`<tr>${columns.map((column) => cell(column, row))}</tr>`);
  const rest = table.numRows - rows;
  return html`<div class="wide figure-table" tabindex="0" role="region"><table><thead><tr>${headings.map((heading, c) => (columns[c]!.right ? html`<th scope="col" class="number">${heading}</th>` : html`<th scope="col">${heading}</th>`))}</tr></thead><tbody>${body}</tbody></table>${rest > 0 ? html`<p>… ${rest}</p>` : NOTHING}</div>`;
}
