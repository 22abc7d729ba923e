import { checkKeys, checkWord, optionInvalid } from '../core/index.js';
import { cellOf, isTable, type Table } from '../columns/index.js';
import type { Chart } from './chart/chart.js';
import { formatsOf, localeOf, type Formats, type Language } from './format.js';
import { chartFigure } from './page/charts.js';
import { documentOf } from './page/document.js';
import { html, NOTHING, type Html } from './page/html.js';

/** How the cells of a column are written. */
export type CellFormat = 'text' | 'count' | 'number' | 'money' | 'percent';

/** A table of the page. */
export interface PageTable {
  readonly title: string;
  readonly table: Table;
  /** columns shown, in order, each with its heading and format; all as they are when absent */
  readonly columns?: readonly { readonly name: string; readonly title: string; readonly format: CellFormat }[];
  /** most rows shown; 200 by default. How many are left out is said. */
  readonly rows?: number;
}

/** What stands on the page, from top to bottom. */
export interface ResultsPageParts {
  readonly title: string;
  /** below the title: as of when, from where */
  readonly about?: string;
  /** what stands out, in sentences */
  readonly findings?: readonly string[];
  readonly charts?: readonly Chart[];
  readonly tables?: readonly PageTable[];
  /** what became of the input: warnings, rows left out */
  readonly remarks?: readonly string[];
}

/** How the page is written. */
export interface ResultsPageOptions {
  /** `'en'` (default) or `'zh'`: of the page's own words */
  readonly language?: Language;
  /** how numbers are written, as a language tag; that of the language by default */
  readonly locale?: string;
}

const WORDS = {
  en: { skip: 'To the tables', noScript: 'Charts need JavaScript, which is switched off here.', charts: 'Charts', input: 'What became of the input', leftOut: (n: string) => `${n} more rows are not shown.` },
  zh: { skip: '跳到表格', noScript: '图表需要 JavaScript，当前已关闭。', charts: '图表', input: '输入数据的处理情况', leftOut: (n: string) => `另有 ${n} 行未列出。` },
} as const;

/**
 * One HTML page of results for people who do not run programs: sentences, charts with tooltips, tables, remarks.
 *
 * One file that works offline, as `reportPage` makes: nothing is loaded, all text is escaped; without script it still has
 * every table.
 *
 * @returns the page as text, about 0.9 MB
 * @throws ClienteleError (as a rejected promise) `OPTION_INVALID`; `COLUMN_MISSING`
 * @example
 * const page = await resultsPage({ title: 'Where the money is', findings: [answer.sentence], charts: [charts.paretoCurve(customers)], tables: [{ title: 'Shares', table: answer.shares }] });
 */
export async function resultsPage(parts: ResultsPageParts, options: ResultsPageOptions = {}): Promise<string> {
  const where = 'resultsPage';
  checkKeys(where, options, ['language', 'locale']);
  checkKeys(where, parts, ['title', 'about', 'findings', 'charts', 'tables', 'remarks']);
  const language = checkWord(where, 'language', options.language ?? 'en', ['en', 'zh']);
  const formats = formatsOf(localeOf(where, language, options.locale));
  const words = WORDS[language];
  const { title, about, findings = [], charts = [], tables = [], remarks = [] } = parts;
  if (typeof title !== 'string' || title === '') throw optionInvalid(where, 'title', title, 'Give the page a title.');
  const body = html`<h1 dir="auto">${title}</h1>
${about === undefined ? NOTHING : html`<p class="as-of">${about}</p>`}
${findings.map((sentence) => html`<p class="findings" dir="auto">${sentence}</p>`)}
<noscript><p>${words.noScript}</p></noscript>
${charts.length === 0 ? NOTHING : html`<section id="charts"><h2>${words.charts}</h2><div class="charts">${charts.map((chart, i) => chartFigure(`chart-${i + 1}`, () => chart))}</div></section>`}
<div id="tables">${tables.map((table) => tableSection(where, table, formats, words.leftOut))}</div>
${remarks.length === 0 ? NOTHING : html`<section><h2>${words.input}</h2><ul>${remarks.map((line) => html`<li dir="auto">${line}</li>`)}</ul></section>`}`;
  return documentOf({ title, language, body, skip: html`<a class="skip" href="#tables">${words.skip}</a>` });
}

function tableSection(where: string, { title, table, columns, rows = 200 }: PageTable, formats: Formats, leftOut: (n: string) => string): Html {
  if (!isTable(table)) throw optionInvalid(where, 'tables', title, 'Give each a Table.');
  const shown = columns ?? table.names.map((name) => ({ name, title: name, format: formatOf(table, name) }));
  const cells = shown.map(({ name }) => table.column(name));
  const head = shown.map((column) => html`<th scope="col"${column.format === 'text' ? NOTHING : html` class="number"`}>${column.title}</th>`);
  const lines = Array.from({ length: Math.min(rows, table.numRows) }, (_, i) => html`<tr>${shown.map(({ format }, c) => cell(cellOf(cells[c]!, i), format, formats))}</tr>`);
  const more = table.numRows > rows ? html`<p>${leftOut(formats.count(table.numRows - rows))}</p>` : NOTHING;
  return html`<section><h2>${title}</h2>
<div class="wide" tabindex="0" role="region" aria-label="${title}"><table><thead><tr>${head}</tr></thead><tbody>${lines}</tbody></table></div>${more}</section>`;
}

function formatOf(table: Table, name: string): CellFormat {
  const { type } = table.column(name);
  return type === 'integer' ? 'count' : type === 'number' ? 'number' : 'text';
}

function cell(value: unknown, format: CellFormat, formats: Formats): Html {
  if (format === 'text') return html`<td dir="auto">${value === null ? '–' : String(value)}</td>`;
  const number = value === null ? NaN : Number(value);
  return html`<td class="number">${format === 'number' ? shortNumber(number, formats.locale) : formats[format](number)}</td>`;
}

/** Four digits that count below 1000, two decimals above. */
function shortNumber(value: number, locale: string): string {
  return Number.isFinite(value) ? new Intl.NumberFormat(locale, Math.abs(value) < 1000 ? { maximumSignificantDigits: 4 } : { maximumFractionDigits: 2 }).format(value) : '–';
}
