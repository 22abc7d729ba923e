import { diagnosticsLines } from '../../core/index.js';
import { cellOf, numbersOf } from '../../columns/index.js';
import type { Formats } from '../format.js';
import { html, NOTHING, type Html } from './html.js';
import type { Page } from './page.js';

/** "As of 2025-12-31 (last order), from orders.csv" */
export function asOfLine({ scored, words, before }: Page): Html {
  if (scored.meta === undefined) return NOTHING;
  const { asOf: day, asOfSource, source, from } = scored.meta;
  const line = words.asOf(day, asOfSource === 'given', source);
  const since = from === undefined ? '' : words.since(from);
  const compared = before?.meta === undefined ? '' : words.comparedWith(before.meta.asOf);
  return html`<p class="as-of">${line}${since}${compared}</p>`;
}

/** Customers, orders, revenue, mean order; beside them, what they were at the earlier date. */
export function headline(page: Page): Html {
  const { words, formats, scored } = page;
  const now = figures(page, 'now');
  const then = page.before === undefined ? undefined : figures(page, 'before');
  const list = [
    [words.customers, formats.count(scored.table.numRows), then && formats.count(then.customers)],
    [words.orders, formats.count(now.orders), then && formats.count(then.orders)],
    [words.revenue, formats.money(now.revenue), then && formats.money(then.revenue)],
    [words.meanBasket, formats.money(now.mean), then && formats.money(then.mean)],
  ] as const;
  return html`<dl class="figures">${list.map(([name, value, earlier]) => html`<div><dt>${name}</dt><dd>${value}${earlier === undefined ? NOTHING : html`<small>${words.earlier(earlier)}</small>`}</dd></div>`)}</dl>`;
}

function figures({ where, scored, before }: Page, when: 'now' | 'before'): { customers: number; orders: number; revenue: number; mean: number } {
  const { segments, table } = when === 'before' && before !== undefined ? before : scored;
  const sum = (name: string): number => numbersOf(where, segments, name).reduce((total, value) => total + (Number.isNaN(value) ? 0 : value), 0);
  const [orders, revenue] = [sum('orders'), sum('revenue')];
  return { customers: table.numRows, orders, revenue, mean: orders === 0 ? NaN : revenue / orders };
}

/** Segments whose customers were good and are slipping away. */
const SLIPPING: readonly string[] = ['at_risk', 'cannot_lose', 'important_keep', 'important_rescue'];

/** What stands out, in a sentence each. */
export function findings(page: Page): Html {
  const { where, scored: { segments, table }, words, formats, moved } = page;
  const [shares, customers, revenue] = ['revenueShare', 'customers', 'revenue'].map((name) => numbersOf(where, segments, name)) as [Float64Array, Float64Array, Float64Array];
  const sentences: string[] = [];
  const top = shares.reduce((best, share, i) => (share > (best === -1 ? 0 : shares[best]!) ? i : best), -1);
  if (top !== -1) sentences.push(words.brings({ label: label(top), share: formats.percent(customers[top]! / table.numRows), revenueShare: formats.percent(shares[top]!) }));
  const slipping = [...customers.keys()].filter((i) => SLIPPING.includes(String(cellOf(segments.column('segment'), i))) && customers[i]! > 0);
  if (slipping.length > 0) {
    const sum = (of: Float64Array): number => slipping.reduce((total, i) => total + (Number.isNaN(of[i]!) ? 0 : of[i]!), 0);
    sentences.push(words.slipping({ customers: formats.count(sum(customers)), labels: slipping.map(label), revenue: formats.money(sum(revenue)) }));
  }
  if (moved !== undefined) sentences.push(words.movedSentence({ up: formats.count(moved.upgrades), down: formats.count(moved.downgrades), entered: formats.count(moved.entered) }));
  return sentences.length === 0 ? NOTHING : html`<p class="findings" dir="auto">${sentences.join(page.language === 'zh' ? '' : ' ')}</p>`;

  function label(i: number): string {
    return String(cellOf(segments.column('label'), i) ?? '');
  }
}

/** Columns of the segment table, in order, with the format of each. */
const SEGMENT_COLUMNS: readonly (readonly [name: string, format: Exclude<keyof Formats, 'locale'> | 'text'])[] = [
  ['label', 'text'], ['action', 'text'], ['customers', 'count'], ['share', 'percent'], ['revenue', 'money'], ['revenueShare', 'percent'],
  ['medianRecency', 'days'], ['medianFrequency', 'count'], ['medianMonetary', 'money'],
];

/** The segments and what to do about each. */
export function segmentsSection({ scored: { segments }, words, formats }: Page): Html {
  const head = SEGMENT_COLUMNS.map(([name, format]) => (format === 'text' ? html`<th scope="col">${words.columns[name]!}</th>` : html`<th scope="col" class="number">${words.columns[name]!}</th>`));
  const rows = Array.from({ length: segments.numRows }, (_, i) => html`<tr>${SEGMENT_COLUMNS.map(([name, format], c) => {
    const cell = cellOf(segments.column(name), i);
    const text = format === 'text' ? String(cell ?? '') : formats[format](cell === null ? NaN : Number(cell));
    if (format !== 'text') return html`<td class="number">${text}</td>`;
    return c === 0 ? html`<th scope="row" dir="auto">${text}</th>` : html`<td class="action" dir="auto">${text}</td>`;
  })}</tr>`);
  return html`<section id="segments" aria-labelledby="segments-head"><h2 id="segments-head">${words.segments}</h2>
<div class="wide" tabindex="0" role="region" aria-labelledby="segments-head"><table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table></div></section>`;
}

/** What became of the input. */
export function remarks({ scored, moved, words }: Page): Html {
  const lines = [...diagnosticsLines(scored.diagnostics), ...(moved?.warnings ?? []).map(({ code, message }) => `${code}: ${message}`)];
  const body = lines.length === 0 ? html`<p>${words.nothingToSay}</p>` : html`<ul>${lines.map((line) => html`<li dir="auto">${line.trim()}</li>`)}</ul>`;
  return html`<section><h2>${words.input}</h2>${body}</section>`;
}

/** How each number is defined, with the limits of the scores. */
export function definitions({ scored: { model }, words, formats }: Page): Html {
  const list = words.definitionList.map(([term, meaning]) => html`<dt>${term}</dt><dd>${meaning}</dd>`);
  const limits = model.dimensions.filter(({ cuts }) => cuts !== undefined && cuts.length > 0)
    .map(({ key, method, bins, cuts }) => html`<dt>${key.toUpperCase()}</dt><dd>${words.cutAt(bins, method, cuts!.map((cut) => formats.count(cut)).join(words.listMark))}</dd>`);
  return html`<section><h2>${words.definitions}</h2><dl class="terms">${list}${limits}</dl></section>`;
}
