import { cellOf, columnMissing, isPresent, numbersOf, type Column, type Table } from '../../columns/index.js';
import type { PageColumn, PageCustomers } from '../page-script/page-data.js';
import { html, jsonScript, NOTHING, type Html } from './html.js';
import type { Page, ShownCustomers } from './page.js';

/** Columns every table of customers has, where the result has them. */
const COLUMNS: readonly string[] = ['customer', 'label', 'recency', 'frequency', 'monetary', 'score'];

/**
 * The customers of the table, those with the most money first.
 *
 * @throws ClienteleError `COLUMN_MISSING` for a column asked for that is not there
 */
export function shownCustomers(where: string, table: Table, most: number, more: readonly string[]): ShownCustomers {
  for (const name of more) if (!table.has(name)) throw columnMissing(where, name, table.names);
  const columns = [...new Set([...COLUMNS.filter((name) => table.has(name)), ...more])];
  const order = Array.from({ length: table.numRows }, (_, i) => i);
  if (table.has('monetary')) {
    const money = numbersOf(where, table, 'monetary');
    order.sort((a, b) => (Number.isNaN(money[b]!) ? -Infinity : money[b]!) - (Number.isNaN(money[a]!) ? -Infinity : money[a]!) || a - b);
  }
  return { table: table.select(columns).take(order.slice(0, most)), columns, leftOut: Math.max(0, table.numRows - most) };
}

/** The table of customers: its rows are written by the script, from data. */
export function customersSection({ customers: { table, columns, leftOut }, words, formats, scored, language }: Page): Html {
  if (table.numRows === 0) return NOTHING;
  const title = (name: string): string => (Object.hasOwn(words.customerColumns, name) ? words.customerColumns[name]! : name);
  const data: PageCustomers = {
    locale: formats.locale,
    ...(/^[A-Za-z]{3}$/.test(scored.meta?.currency ?? '') ? { currency: scored.meta!.currency!.toUpperCase() } : {}),
    columns: columns.map((name) => pageColumn(name, title(name), table.column(name))),
    chosenBy: 'label',
    words: words.tableWords,
  };
  const heads = data.columns.map((column) => html`<th scope="col" aria-sort="none"${raw(column.format)}><button type="button">${column.title}</button></th>`);
  const left = leftOut === 0 ? NOTHING : html`<p>${words.leftOut(formats.count(table.numRows), formats.count(leftOut))}</p>`;
  return html`<section id="customers" lang="${language === 'zh' ? 'zh-CN' : 'en'}"><h2 id="customers-head">${words.customersHead}</h2>${left}
<div class="controls"><label>${words.search} <input type="search" id="customers-search" autocomplete="off"></label>
<label>${words.columns['label']!} <select id="customers-choice"></select></label></div>
<div class="wide" tabindex="0" role="region" aria-labelledby="customers-head"><table><thead><tr>${heads}</tr></thead><tbody></tbody></table></div>
<div class="controls"><button type="button" id="customers-previous">${words.previous}</button> <button type="button" id="customers-next">${words.next}</button>
<span id="customers-status" role="status"></span></div>
${jsonScript('customers-data', data)}</section>`;
}

function raw(format: PageColumn['format']): Html {
  return format === 'text' ? NOTHING : html` class="number"`;
}

function pageColumn(name: string, title: string, column: Column): PageColumn {
  const number = column.type === 'number' || column.type === 'integer';
  const format = name === 'monetary' ? 'money' : number ? 'count' : 'text';
  const rows = Array.from({ length: column.type === 'text' ? column.offsets.length - 1 : column.data.length }, (_, i) => i);
  if (column.type === 'category') return { name, title, format, values: column.values, cells: Array.from(column.data) };
  if (!number) return { name, title, format, cells: rows.map((i) => textOrNull(column, i)) };
  return { name, title, format, cells: rows.map((i) => (isPresent(column, i) ? rounded(column.data[i]!) : null)) };
}

function textOrNull(column: Column, i: number): string | null {
  const cell = cellOf(column, i);
  return cell === null ? null : String(cell);
}

/** To a hundredth: the page shows no more, and shorter numbers make a smaller page. */
function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
